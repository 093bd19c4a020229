"""Needs, the offers that answer them, and who claims what."""
