"""Writing needs, offers, claims, rolls and themes."""
