"""Writes of offers: needs and what residents ask, offers, claims."""

"""Writing needs, offers, claims, rolls and themes."""
