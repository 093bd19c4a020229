"""Formats of days and numbers by language, where they differ from those of Django."""
