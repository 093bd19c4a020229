"""Claims and activities: posts, activities, wishes, orders, pairings."""

TELLS: dict[str, str] = {}

STAYS: dict[str, str] = {}

ASKS: dict[str, str] = {}
