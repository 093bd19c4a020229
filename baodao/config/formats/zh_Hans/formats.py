"""Formats in simplified Chinese that differ from those of Django."""

MONTH_DAY_FORMAT = "n月j日"
