"""Filters of the slice commitments."""
