"""Filters of the slice venues."""
