"""What a draft that answers a need proposes: its title and its day."""

import re
from datetime import date, timedelta

TITLE = 30
_CLAUSE = re.compile(r"[，。；！？,.;!?\n]")
SATURDAY = 5


def title_of(text: str) -> str:
    """A first title for what answers a need: its first clause, cut where it is long."""
    first = next((part.strip() for part in _CLAUSE.split(text) if part.strip()), text.strip())
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"


def proposed_day(today: date, notice_days: int) -> date:
    """The first Saturday that leaves members so many days to claim."""
    earliest = today + timedelta(days=notice_days)
    return earliest + timedelta(days=(SATURDAY - earliest.weekday()) % 7)
