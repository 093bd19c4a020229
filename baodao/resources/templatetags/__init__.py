"""Filters of the slice resources."""
