"""Reading offers: needs in scope, what residents see, offers, claims."""

"""Reading needs, offers and claims, each as far as the actor may see."""
