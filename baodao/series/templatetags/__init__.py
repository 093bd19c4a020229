"""Filters of the slice series."""
