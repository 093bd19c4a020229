"""What is to be booked on an account: pure, of what was served and what was booked already.

Hours come in lots, one a service; what is spent, given away or expired is of the oldest that the
account held then. What is given keeps the days of the lots of which it is: a gift makes no hours
young again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class EarningDeed:
    """A service that earns: its record, of which day and how long, when it was recorded, and when
    it was taken back, if it was."""

    source_id: UUID
    community_id: int
    served_on: date
    minutes: int
    recorded_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True)
class HourLot:
    """What an account was credited with at once: since when it counts, how much of it was not taken
    back, and `booked_at`, when it came in: later than `since` where it was given."""

    since: datetime
    minutes: int
    booked_at: datetime | None = None


@dataclass(frozen=True)
class Outgo:
    """Minutes that went out at an instant and did not come back."""

    at: datetime
    minutes: int


@dataclass(frozen=True)
class Credit:
    """Minutes to be credited for a deed; fewer than it lasted where the month was full."""

    deed: EarningDeed
    minutes: int


@dataclass(frozen=True)
class Taking:
    """Minutes to be taken back for a deed that was put right."""

    deed: EarningDeed
    minutes: int


def month_of(day: date) -> tuple[int, int]:
    """Year and month of a day."""
    return day.year, day.month


def credits_due(
    deeds: Iterable[EarningDeed],
    decided: Iterable[UUID],
    months: Mapping[tuple[int, int], int],
    cap: int,
) -> list[Credit]:
    """What is to be credited, in the order in which it was recorded.

    `decided` are the deeds that were credited before, if with nothing: each is decided once.
    `months` are the minutes credited of each month of service, `cap` the most of one. A deed that
    was taken back before it was credited earns nothing.
    """
    known, room = set(decided), Counter(months)
    due = []
    for deed in sorted(deeds, key=lambda one: (one.recorded_at, one.source_id)):
        if deed.source_id in known or deed.undone_at is not None:
            continue
        month = month_of(deed.served_on)
        minutes = max(0, min(deed.minutes, cap - room[month]))
        room[month] += minutes
        known.add(deed.source_id)
        due.append(Credit(deed, minutes))
    return due


def takings_due(
    deeds: Iterable[EarningDeed], credit_of: Mapping[UUID, int], balance: int
) -> list[Taking]:
    """What is to be taken back of deeds that were put right; `credit_of` is what each holds.

    Never more than the account holds: what was spent meanwhile is taken of what is earned next.
    """
    takings = []
    undone = [one for one in deeds if one.undone_at is not None]
    for deed in sorted(undone, key=lambda one: (one.undone_at, one.source_id)):
        minutes = min(credit_of.get(deed.source_id, 0), balance)
        if minutes > 0:
            takings.append(Taking(deed, minutes))
            balance -= minutes
    return takings


def left_of(lots: Iterable[HourLot], outgoes: Iterable[Outgo]) -> list[HourLot]:
    """What is left of the lots of an account, the oldest first: each outgo is of the oldest that
    were there then; where they do not suffice, of those that came later."""
    every = sorted(lots, key=lambda one: one.since)
    left = [one.minutes for one in every]
    for outgo in sorted(outgoes, key=lambda one: one.at):
        rest = outgo.minutes
        for there in (True, False):
            for index, lot in enumerate(every):
                if ((lot.booked_at or lot.since) <= outgo.at) == there:
                    part = min(left[index], rest)
                    left[index], rest = left[index] - part, rest - part
    return [
        HourLot(one.since, minutes) for one, minutes in zip(every, left, strict=True) if minutes
    ]


def expiry_due(left: Iterable[HourLot], before: datetime) -> int:
    """How many minutes have expired: what is `left` of lots from before `before`."""
    return sum(one.minutes for one in left if one.since < before)


def parts_of(left: Iterable[HourLot], minutes: int) -> list[HourLot]:
    """Of which lots so many minutes are, the oldest first."""
    parts = []
    for lot in left:
        part = min(lot.minutes, minutes)
        if part:
            parts.append(HourLot(lot.since, part))
            minutes -= part
    return parts


def running(changes: Sequence[int]) -> list[int]:
    """The balance after each of these changes, in their order."""
    balances, sum_so_far = [], 0
    for change in changes:
        sum_so_far += change
        balances.append(sum_so_far)
    return balances
