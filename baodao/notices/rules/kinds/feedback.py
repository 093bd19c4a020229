"""Feedback cards and reports."""

TELLS: dict[str, str] = {}

STAYS: dict[str, str] = {}

ASKS: dict[str, str] = {}
