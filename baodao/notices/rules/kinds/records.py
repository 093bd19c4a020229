"""Service records: confirmed, disputed, reversed."""

TELLS: dict[str, str] = {}

STAYS: dict[str, str] = {}

ASKS: dict[str, str] = {}
