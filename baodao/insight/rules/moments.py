"""As of which instant, and of which period: what an address says, and what it means."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baodao.kernel import clock, days
from baodao.kernel.errors import Refused, gettext_noop


@dataclass(frozen=True)
class AsOf:
    """The instant that figures are as of: what was recorded before it counts.

    `day` is set when the instant is the end of that day in China.
    """

    instant: datetime
    day: date | None = None

    @property
    def on(self) -> date:
        """The civil day on which the instant lies; the end of a day belongs to it."""
        return clock.local(self.instant - timedelta(microseconds=1)).date()

    def __str__(self) -> str:
        """As it stands in an address: a day, or an instant on China's clocks."""
        if self.day:
            return self.day.isoformat()
        return clock.local(self.instant).replace(tzinfo=None).isoformat()


def read_as_of(text: str, present: datetime) -> AsOf:
    """What an address or an option says: nothing and today are `present`, else a day or instant.

    Refuses what is neither, and what is still to come.
    """
    if not text:
        return AsOf(present)
    if len(text) > len("2026-07-01"):
        as_of = AsOf(days.read_instant(text))
    else:
        day = days.read_day(text)
        if day == clock.day_of(present):
            return AsOf(present)
        as_of = AsOf(clock.end_of(day), day)
    if as_of.instant > present:
        raise Refused(
            "as-of.future",
            gettext_noop("%(text)s is still to come. Choose today or an earlier day."),
            text=text,
        )
    return as_of


@dataclass(frozen=True)
class Period:
    """Whole months of one year, from `first` to `last` day; services are told by their day.

    As text `2026`, `2026-H1`, `2026-Q2` or `2026-07`.
    """

    text: str
    first: date
    last: date

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def months(self) -> int:
        """Its months as bits, January as the second: `1 << 1`."""
        return sum(1 << month for month in range(self.first.month, self.last.month + 1))

    @property
    def begins_at(self) -> datetime:
        return clock.midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        return clock.end_of(self.last)

    def __str__(self) -> str:
        return self.text


_PERIOD = re.compile(r"(20[0-9]{2})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")


def read_period(text: str, as_of: AsOf) -> Period:
    """What an address or an option says; nothing is the year in which the instant lies."""
    match = _PERIOD.fullmatch(text or str(as_of.on.year))
    if match is None:
        raise Refused(
            "period.unreadable",
            gettext_noop("“%(text)s” is no period. Write 2026, 2026-H1, 2026-Q2 or 2026-07."),
            text=text[:40],
        )
    year, half, quarter, month = match.groups()
    if half:
        return _months(match[0], int(year), 6 * int(half) - 5, 6)
    if quarter:
        return _months(match[0], int(year), 3 * int(quarter) - 2, 3)
    if month:
        return _months(match[0], int(year), int(month), 1)
    return _months(match[0], int(year), 1, 12)


def year_of(as_of: AsOf) -> Period:
    """The year in which the instant lies."""
    return read_period("", as_of)


def _months(text: str, year: int, first: int, count: int) -> Period:
    later = first + count - 1
    after = date(year + later // 12, later % 12 + 1, 1)
    return Period(text, date(year, first, 1), after - timedelta(days=1))


def periods_until(as_of: AsOf) -> list[Period]:
    """What a page offers to choose: this year, the one before, their halves, quarters, months."""
    periods = []
    for year in (as_of.on.year, as_of.on.year - 1):
        parts = ["", "-H1", "-H2", *(f"-Q{part}" for part in range(1, 5))]
        parts += [f"-{month:02d}" for month in range(1, 13)]
        periods += [read_period(f"{year}{part}", as_of) for part in parts]
    return [period for period in periods if period.first <= as_of.on]
