"""Offers, which needs they answer, and who claims what."""
