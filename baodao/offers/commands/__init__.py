"""Writing needs and what residents ask, offers, claims, rolls and themes."""
