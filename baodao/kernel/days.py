"""Days, months, years and instants as an address or an option writes them: read, or refused.

The one reader of all of them. What lies outside the years of `YEARS` is refused as well: nothing
here is so old or so far, and beyond them the arithmetic of days ends. And a day as notices say it.
"""

import re
from datetime import date, datetime, timedelta

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop

YEARS = range(1900, 3000)
EXCERPT = 40
"""Characters of what cannot be read that the answer repeats."""

_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[-+:.0-9Z]*")


def read_day(text: str) -> date:
    """The civil date `2026-07-01`."""
    try:
        if _DAY.fullmatch(text):
            return _near(date.fromisoformat(text))
    except ValueError:
        pass
    raise _unreadable(
        "day.unreadable",
        gettext_noop("“%(text)s” is no day from %(first)s to %(last)s. Write it like 2026-07-01."),
        text,
    )


def read_instant(text: str) -> datetime:
    """The instant `2026-07-01T09:00`, in China where no zone is named; aware."""
    try:
        if _INSTANT.fullmatch(text):
            instant = datetime.fromisoformat(text)
            _near(instant.date())
            return instant.replace(tzinfo=instant.tzinfo or clock.ZONE)
    except ValueError:
        pass
    raise _unreadable(
        "instant.unreadable",
        gettext_noop(
            "“%(text)s” is no day and hour from %(first)s to %(last)s. Write it like "
            "2026-07-01T09:00."
        ),
        text,
    )


def read_month(text: str) -> date:
    """The first day of the month `2026-07`."""
    try:
        if _MONTH.fullmatch(text):
            return _near(date.fromisoformat(f"{text}-01"))
    except ValueError:
        pass
    raise _unreadable(
        "month.unreadable",
        gettext_noop("“%(text)s” is no month from %(first)s to %(last)s. Write it like 2026-07."),
        text,
    )


def read_span(text: str) -> tuple[date, date]:
    """The first and the last day of the month `2026-07`, or of the year `2026`."""
    if _YEAR.fullmatch(text):
        year = read_year(text)
        return date(year, 1, 1), date(year, 12, 31)
    first = read_month(text)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def read_year(text: str) -> int:
    """The year `2026`."""
    if _YEAR.fullmatch(text) and int(text) in YEARS:
        return int(text)
    raise _unreadable(
        "year.unreadable",
        gettext_noop("“%(text)s” is no year from %(first)s to %(last)s. Write it like 2026."),
        text,
    )


def month_day(on: date, today: date) -> str:
    """7月4日, as notices and choices say a day; with its year where that is not the year of
    `today`, lest a day of January read in December be taken for one that is over."""
    year = "" if on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def _unreadable(code: str, message: str, text: str) -> Refused:
    return Refused(code, message, text=text[:EXCERPT], first=YEARS[0], last=YEARS[-1])


def _near(day: date) -> date:
    """`day` itself; raises `ValueError` outside the years that are read."""
    if day.year not in YEARS:
        raise ValueError(day)
    return day
