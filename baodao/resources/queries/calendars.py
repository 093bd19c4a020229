"""The calendar of a resource: on each day of a month the hours for which it is lent or wanted."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from baodao.kernel import clock
from baodao.kernel.days import YEARS
from baodao.resources.models import ListClaim, Resource
from baodao.resources.queries.lists import bookings_of
from baodao.resources.rules.lives import ListClaimState


class BookedHours(NamedTuple):
    """The part of a booking that falls on one day, from when until when."""

    claim: ListClaim
    begins: datetime
    ends: datetime

    @property
    def lent(self) -> bool:
        """Whether it is agreed; else it waits for a word."""
        return self.claim.state == ListClaimState.AGREED


@dataclass(frozen=True)
class ResourceDay:
    """One day with its hours, by time; days of the neighbouring months are `outside`, those before
    today are `over`."""

    on: date
    hours: tuple[BookedHours, ...]
    outside: bool
    today: bool
    over: bool


@dataclass(frozen=True)
class ResourceMonth:
    """The weeks from Monday to Sunday that a month touches."""

    first: date
    weeks: tuple[tuple[ResourceDay, ...], ...]

    @property
    def previous(self) -> date | None:
        """The month before; None before the first that an address can name."""
        return _near((self.first - timedelta(days=1)).replace(day=1))

    @property
    def next(self) -> date | None:
        """The month after; None after the last that an address can name."""
        return _near((self.first + timedelta(days=31)).replace(day=1))

    @property
    def days(self) -> list[ResourceDay]:
        """The days of the month with hours, for narrow screens."""
        return [day for week in self.weeks for day in week if day.hours and not day.outside]


def _near(month: date) -> date | None:
    return month if month.year in YEARS else None


def resource_month(resource: Resource, first: date) -> ResourceMonth:
    """The month that begins on `first`; what lasts over midnight stands on each of its days."""
    days = Calendar().monthdatescalendar(first.year, first.month)
    since, until = clock.midnight(days[0][0]), clock.end_of(days[-1][-1])
    rows = list(bookings_of(resource).filter(starts_at__lt=until, ends_at__gt=since))
    today = clock.today()
    return ResourceMonth(
        first,
        tuple(
            tuple(
                ResourceDay(
                    on,
                    _hours(rows, on),
                    outside=on.month != first.month,
                    today=on == today,
                    over=on < today,
                )
                for on in week
            )
            for week in days
        ),
    )


def _hours(rows: list[ListClaim], on: date) -> tuple[BookedHours, ...]:
    since, until = clock.midnight(on), clock.end_of(on)
    hours = []
    for row in rows:
        assert row.starts_at is not None
        assert row.ends_at is not None
        if row.starts_at < until and row.ends_at > since:
            begins, ends = max(row.starts_at, since), min(row.ends_at, until)
            hours.append(BookedHours(row, clock.local(begins), clock.local(ends)))
    return tuple(hours)
