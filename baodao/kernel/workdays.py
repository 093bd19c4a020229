"""On which days offices work in China: public holidays and the weekends that make up for them.

The State Council announces a year's holidays in the November before it. The package
`chinesecalendar` carries what was announced before its version; a table of one's own, kept in a
file beside the database, stands before it. In a year that neither knows Monday to Friday are taken
for working days, and the check of health says so.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

from baodao.kernel.errors import gettext_noop

SATURDAY = 5
WORK, FREE = "work", "free"

HOLIDAY = gettext_noop("public holiday")
MAKE_UP = gettext_noop("weekend on which offices work")
HOLIDAYS = {
    "New Year's Day": gettext_noop("New Year's Day"),
    "Spring Festival": gettext_noop("Spring Festival"),
    "Tomb-sweeping Day": gettext_noop("Tomb-sweeping Day"),
    "Labour Day": gettext_noop("Labour Day"),
    "Dragon Boat Festival": gettext_noop("Dragon Boat Festival"),
    "Mid-autumn Festival": gettext_noop("Mid-autumn Festival"),
    "National Day": gettext_noop("National Day"),
}
"""What the package calls the holidays, and their message ids."""

FIXED = {
    (1, 1): HOLIDAYS["New Year's Day"],
    **dict.fromkeys([(5, 1), (5, 2)], HOLIDAYS["Labour Day"]),
    **dict.fromkeys([(10, 1), (10, 2), (10, 3)], HOLIDAYS["National Day"]),
}
"""Which holidays fall on the same days of every year, by month and day, as the law says."""

Table = Mapping[date, bool]
"""Whether offices work, by day."""


class OwnTable:
    """The table of one's own: a file of lines `2027-01-01,free`, read again when it changes."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self._seen: tuple[Path, int] | None = None
        self._days: Table = {}

    @property
    def days(self) -> Table:
        """What the file says; nothing where there is none. Raises `ValueError` for a line that
        is neither."""
        try:
            seen = (self.file, self.file.stat().st_mtime_ns) if self.file else None
        except FileNotFoundError:
            seen = None
        if seen != self._seen:
            self._days = _parsed(seen[0].read_text()) if seen else {}
            self._seen = seen
        return self._days

    def keep(self, days: Table) -> None:
        """Write the whole table in the place of the one before."""
        if self.file is None:
            raise ValueError("no file is named")
        part = self.file.with_suffix(".part")
        lines = [f"{day},{WORK if days[day] else FREE}\n" for day in sorted(days)]
        part.write_text("".join(lines))
        part.replace(self.file)


def _parsed(text: str) -> Table:
    days = {}
    for line in text.splitlines():
        day, _comma, word = line.partition(",")
        days[date.fromisoformat(day)] = {WORK: True, FREE: False}[word]
    return days


own = OwnTable()


def is_known(year: int) -> bool:
    """Whether the holidays of this year stand in one of the tables."""
    if any(day.year == year for day in _own()):
        return True
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_workday(day: date) -> bool:
    """Whether offices work on this civil date."""
    kept = _own().get(day)
    if kept is not None:
        return kept
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def special_day(day: date) -> str:
    """The message id of what a civil date is beside a day of the week: a holiday by its name, where
    a table knows one, or a weekend on which offices work. Of a year that no table knows only the
    holidays are named that fall on the same days every year. Empty for every other day."""
    if not is_known(day.year):
        return FIXED.get((day.month, day.day), "")
    works, weekend = is_workday(day), day.weekday() >= SATURDAY
    if works:
        return MAKE_UP if weekend else ""
    if _own().get(day) is None:
        try:
            name = chinese_calendar.get_holiday_detail(day)[1]
        except NotImplementedError:
            name = None
        if name:
            return HOLIDAYS.get(name, HOLIDAY)
    return "" if weekend else HOLIDAY


def workday_after(day: date, count: int) -> date:
    """The `count`-th working day after a civil date, which itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def _own() -> Table:
    """The own table; nothing while its file cannot be read, which the check of health tells."""
    try:
        return own.days
    except (OSError, ValueError, KeyError):
        return {}
