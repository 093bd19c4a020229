"""Organisational life: meetings, birthdays, learning material."""

TELLS: dict[str, str] = {}

STAYS: dict[str, str] = {}

ASKS: dict[str, str] = {}
