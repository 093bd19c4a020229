"""In which branch somebody was on a day, by the memberships that are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Stay:
    """One membership: in which branch from a day until another, both included, or until today, and
    when it was recorded."""

    branch_id: int
    from_on: date
    to_on: date | None
    recorded_at: datetime


def branch_on(stays: Iterable[Stay], day: date) -> int | None:
    """The branch of a person on `day`; None for somebody who never had a membership.

    Of several that hold the day it is the one recorded last. Without any it is the nearest before,
    then the first of all: a roster tells from when on a person is known here, so an earlier service
    belongs to where they were met first.
    """
    best = max(stays, key=lambda stay: _nearness(stay, day), default=None)
    return best.branch_id if best else None


def _nearness(stay: Stay, day: date) -> tuple[int, int, datetime]:
    """The greater, the better a stay answers for `day`."""
    if stay.from_on > day:
        return 0, -stay.from_on.toordinal(), stay.recorded_at
    if stay.to_on is not None and stay.to_on < day:
        return 1, stay.to_on.toordinal(), stay.recorded_at
    return 2, 0, stay.recorded_at
