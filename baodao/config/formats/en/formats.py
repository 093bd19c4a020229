"""Formats in English that differ from those of Django: hours count to 24, as in Chinese."""

DATETIME_FORMAT = "N j, Y, H:i"
TIME_FORMAT = "H:i"
