"""Filters of the slice alliance."""
