"""Needs: collected, opened, met or not."""

TELLS: dict[str, str] = {}

STAYS: dict[str, str] = {}

ASKS: dict[str, str] = {}
