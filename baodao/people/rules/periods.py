"""In which branch somebody was on a day, by the memberships that are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

OF_AGE = 18


@dataclass(frozen=True)
class Stay:
    """One membership: in which branch from a day until another, both included, or until today, and
    when it was recorded."""

    branch_id: int
    from_on: date
    to_on: date | None
    recorded_at: datetime


@dataclass(frozen=True)
class Belonging:
    """From when until when a person can have served, and all their stays; `died_on` is their last
    day, where it is known."""

    able_from: date
    stays: list[Stay]
    died_on: date | None = None

    @property
    def left_on(self) -> date | None:
        """The last day on which they were a member of any unit; None of who is one."""
        last = [stay.to_on for stay in self.stays]
        return max((day for day in last if day), default=None) if all(last) else None

    def branch_on(self, day: date) -> int:
        """See the function of this name."""
        return branch_on(self.stays, day)


def able_from(born_on: date, joined_on: date | None) -> date:
    """From which day on a member can have served: they are of age, and have joined the Party."""
    of_age = _of_age_from(born_on)
    return max(of_age, joined_on) if joined_on else of_age


@lru_cache(maxsize=32_768)
def _of_age_from(born_on: date) -> date:
    leap = born_on.month == 2 and born_on.day == 29
    return born_on.replace(year=born_on.year + OF_AGE, day=28 if leap else born_on.day)


def branch_on(stays: Iterable[Stay], day: date) -> int:
    """The branch of a person on `day`, who had at least one membership at some time.

    Of several that hold the day it is the one recorded last. Without any it is the nearest before,
    then the first of all: a roster tells from when on a person is known here, so an earlier service
    belongs to where they were met first.
    """
    return max(stays, key=lambda stay: _nearness(stay, day)).branch_id


def _nearness(stay: Stay, day: date) -> tuple[int, int, datetime]:
    """The greater, the better a stay answers for `day`."""
    if stay.from_on > day:
        return 0, -stay.from_on.toordinal(), stay.recorded_at
    if stay.to_on is not None and stay.to_on < day:
        return 1, stay.to_on.toordinal(), stay.recorded_at
    return 2, 0, stay.recorded_at
