"""Writes of offers: needs and what residents ask, offers, claims."""
