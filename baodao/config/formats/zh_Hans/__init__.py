"""Formats in simplified Chinese."""
