"""Reading offers: needs in scope, what residents see, offers, claims."""
