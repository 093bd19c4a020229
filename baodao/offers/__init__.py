"""Offers, and which needs they answer."""
