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


def month_ends(as_of: AsOf, count: int) -> list[AsOf]:
    """The ends of the `count` months before that of the instant, the latest first."""
    ends, first = [], as_of.on.replace(day=1)
    for _ in range(count):
        ends.append(AsOf(clock.midnight(first), first - timedelta(days=1)))
        first = (first - timedelta(days=1)).replace(day=1)
    return ends


@dataclass(frozen=True)
class Period:
    """From `first` to `last` day; services are told by their day.

    As text `2026`, `2026-H1`, `2026-Q2`, `2026-07`, a week `2026-W27` from Monday to Sunday, or two
    days, `2026-07-01--2026-07-15`.
    """

    text: str
    first: date
    last: date

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def whole_months(self) -> bool:
        """Whether it is whole months of one year: what is kept by month answers it."""
        after = self.last + timedelta(days=1)
        return self.first.day == after.day == 1 and self.first.year == self.last.year

    @property
    def months(self) -> int:
        """Its whole months of the year in which it begins, as bits, January as `1 << 1`."""
        begin = self.first.month if self.first.day == 1 else self.first.month + 1
        after = self.last + timedelta(days=1)
        until = after.month if after.year == self.first.year else 13
        return sum(1 << month for month in range(begin, until))

    @property
    def begins_at(self) -> datetime:
        return clock.midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        return clock.end_of(self.last)

    def __str__(self) -> str:
        return self.text


_PERIOD = re.compile(r"(20[0-9]{2})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])|W([0-5][0-9])))?")
_SPAN = re.compile(r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})--(20[0-9]{2}-[0-9]{2}-[0-9]{2})")
FIRST_YEAR = 2000
"""No period is of a year before."""
LONGEST = timedelta(days=366)
"""How long a span of days may be: what is longer is a year or several."""


def read_period(text: str, as_of: AsOf) -> Period:
    """What an address or an option says; nothing is the year in which the instant lies."""
    if span := _SPAN.fullmatch(text):
        return span_of(days.read_day(span[1]), days.read_day(span[2]))
    match = _PERIOD.fullmatch(text or str(as_of.on.year))
    if match is None:
        raise _unreadable(text)
    year, half, quarter, month, week = match.groups()
    if week:
        return _week(text, int(year), int(week))
    if half:
        return _months(match[0], int(year), 6 * int(half) - 5, 6)
    if quarter:
        return _months(match[0], int(year), 3 * int(quarter) - 2, 3)
    if month:
        return _months(match[0], int(year), int(month), 1)
    return _months(match[0], int(year), 1, 12)


def span_of(first: date, last: date) -> Period:
    """From one day to another; refused where the last is before the first, or after a year."""
    if not first <= last < first + LONGEST:
        raise Refused(
            "period.span",
            gettext_noop(
                "From %(first)s to %(last)s is no span. Choose a last day that is not before the "
                "first, and at most a year after it."
            ),
            first=first,
            last=last,
        )
    return Period(f"{first}--{last}", first, last)


def _unreadable(text: str) -> Refused:
    return Refused(
        "period.unreadable",
        gettext_noop(
            "“%(text)s” is no period. Write 2026, 2026-H1, 2026-Q2, 2026-07, 2026-W27 or "
            "2026-07-01--2026-07-15."
        ),
        text=text[:40],
    )


def _week(text: str, year: int, week: int) -> Period:
    """From Monday to Sunday, numbered as ISO 8601 has it."""
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError:
        raise _unreadable(text) from None
    return Period(text, first, first + timedelta(days=6))


def weeks_until(as_of: AsOf, count: int) -> list[Period]:
    """The `count` weeks until the one of the instant, the latest first."""
    weeks = []
    for back in range(count):
        year, week, _ = (as_of.on - timedelta(weeks=back)).isocalendar()
        weeks.append(_week(f"{year}-W{week:02d}", year, week))
    return weeks


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
    for year in range(as_of.on.year, max(as_of.on.year - 2, FIRST_YEAR - 1), -1):
        parts = ["", "-H1", "-H2", *(f"-Q{part}" for part in range(1, 5))]
        parts += [f"-{month:02d}" for month in range(1, 13)]
        periods += [read_period(f"{year}{part}", as_of) for part in parts]
    return [period for period in periods if period.first <= as_of.on]
