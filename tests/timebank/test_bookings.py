"""What is due on an account, by pure rules: caps, putting right, what expires first."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.timebank.rules.bookings import (
    EarningDeed,
    HourLot,
    Outgo,
    credits_due,
    expiry_due,
    left_of,
    month_of,
    parts_of,
    running,
    takings_due,
)

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


def deed(number: int, minutes: int = 60, month: int = 7, undone: int | None = None) -> EarningDeed:
    """The service with this number, recorded so many hours after AT."""
    undone_at = None if undone is None else AT + timedelta(hours=undone)
    at = AT + timedelta(hours=number)
    return EarningDeed(UUID(int=number), 1, date(2026, month, 4), minutes, at, undone_at)


@pytest.mark.parametrize(
    ("deeds", "decided", "before", "cap", "credited"),
    [
        ([deed(1), deed(2)], [], 0, 600, {1: 60, 2: 60}),
        ([deed(2), deed(1)], [], 0, 90, {1: 60, 2: 30}),
        ([deed(1), deed(2)], [], 60, 60, {1: 0, 2: 0}),
        ([deed(1), deed(2)], [1], 60, 90, {2: 30}),
        ([deed(1), deed(2, month=8)], [], 0, 60, {1: 60, 2: 60}),
        ([deed(1, undone=5), deed(2)], [], 0, 60, {2: 60}),
        ([deed(1), deed(1)], [], 0, 600, {1: 60}),
        ([], [], 0, 60, {}),
    ],
)
def test_a_service_is_credited_once_and_a_month_holds_no_more_than_its_cap(
    deeds: list[EarningDeed], decided: list[int], before: int, cap: int, credited: dict[int, int]
) -> None:
    keys = [UUID(int=number) for number in decided]
    due = credits_due(deeds, keys, {(2026, 7): before}, cap)
    assert {one.deed.source_id.int: one.minutes for one in due} == credited


@pytest.mark.parametrize(
    ("held", "balance", "taken"),
    [
        ({1: 60, 2: 60}, 500, {1: 60, 2: 60}),
        ({1: 60, 2: 60}, 70, {2: 60, 1: 10}),
        ({1: 60}, 0, {}),
        ({}, 500, {}),
    ],
)
def test_what_was_put_right_is_taken_back_as_far_as_it_is_there(
    held: dict[int, int], balance: int, taken: dict[int, int]
) -> None:
    deeds = [deed(1, undone=30), deed(2, undone=20), deed(3)]
    due = takings_due(deeds, {UUID(int=key): value for key, value in held.items()}, balance)
    assert {one.deed.source_id.int: one.minutes for one in due} == taken


@pytest.mark.parametrize(
    ("spent", "expired"), [(0, 90), (60, 30), (90, 0), (100, 0)], ids=lambda value: str(value)
)
def test_the_oldest_hours_are_spent_first_and_expire_first(spent: int, expired: int) -> None:
    days = [timedelta(days=-400), timedelta(days=-300), timedelta(days=-1)]
    lots = [HourLot(AT + day, minutes) for day, minutes in zip(days, (60, 30, 500), strict=True)]
    before = AT - timedelta(days=100)
    out = [Outgo(AT, spent)]
    assert expiry_due(left_of(lots, out), before) == expired
    assert expiry_due(left_of(lots[::-1], out), before) == expired
    assert expiry_due(left_of(lots, [*out, Outgo(AT, expired)]), before) == 0


def test_what_is_given_keeps_the_days_of_its_lots_also_with_who_spent_younger_ones() -> None:
    old, young = AT - timedelta(days=300), AT - timedelta(days=10)
    parts = parts_of(left_of([HourLot(old, 60), HourLot(young, 30)], [Outgo(AT, 20)]), 50)
    assert [(one.since, one.minutes) for one in parts] == [(old, 40), (young, 10)]
    gifts = [HourLot(one.since, one.minutes, AT) for one in parts]
    own = HourLot(young, 90)
    left = left_of([own, *gifts], [Outgo(AT - timedelta(days=1), 90)])
    assert expiry_due(left, AT - timedelta(days=100)) == 40


class Books:
    """A small time bank of one owner, in memory: only the rules that the real one goes by."""

    def __init__(self, cap: int) -> None:
        self.cap, self.day = cap, 0
        self.deeds: dict[int, EarningDeed] = {}
        self.held: Counter[UUID] = Counter()
        self.lots: dict[UUID, datetime] = {}
        self.decided: set[UUID] = set()
        self.spent = self.clearing = self.balance = 0
        self.changes: list[int] = []

    def now(self) -> datetime:
        return AT + timedelta(days=self.day)

    def move(self, minutes: int) -> None:
        """Both sides of one booking."""
        self.balance += minutes
        self.clearing -= minutes
        self.changes.append(minutes)

    def serve(self, minutes: int) -> None:
        number = len(self.deeds) + 1
        served = self.now().date()
        self.deeds[number] = EarningDeed(UUID(int=number), 1, served, minutes, self.now())

    def undo(self, number: int) -> None:
        row = self.deeds.get(number)
        if row is not None and row.undone_at is None:
            self.deeds[number] = replace(row, undone_at=self.now())

    def book(self) -> None:
        months: Counter[tuple[int, int]] = Counter()
        for row in self.deeds.values():
            months[month_of(row.served_on)] += self.held[row.source_id]
        for credit in credits_due(self.deeds.values(), self.decided, months, self.cap):
            self.decided.add(credit.deed.source_id)
            self.held[credit.deed.source_id] += credit.minutes
            self.lots[credit.deed.source_id] = credit.deed.recorded_at
            self.move(credit.minutes)
        for taking in takings_due(self.deeds.values(), self.held, self.balance):
            self.held[taking.deed.source_id] -= taking.minutes
            self.move(-taking.minutes)

    def expire(self) -> None:
        lots = [HourLot(at, self.held[key]) for key, at in self.lots.items()]
        left = left_of(lots, [Outgo(self.now(), self.spent)])
        minutes = expiry_due(left, self.now() - timedelta(days=30))
        self.spent += minutes
        self.move(-minutes)

    def spend(self, minutes: int) -> None:
        if minutes <= self.balance:
            self.spent += minutes
            self.move(-minutes)

    def give_back(self, minutes: int) -> None:
        minutes = min(minutes, self.spent)
        self.spent -= minutes
        self.move(minutes)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["serve", "undo", "spend", "give_back", "expire", "book", "wait"]),
        st.integers(1, 300),
    ),
    max_size=40,
)


@given(acts=ACTS, cap=st.integers(0, 400))
def test_whatever_happens_in_whatever_order_the_sum_is_0_and_nobody_owes(
    acts: list[tuple[str, int]], cap: int
) -> None:
    books = Books(cap)
    for act, number in acts:
        match act:
            case "serve" | "spend" | "give_back":
                getattr(books, act)(number)
            case "undo":
                books.undo(number % 7)
            case "wait":
                books.day += number % 40
            case _:
                getattr(books, act)()
        assert books.balance + books.clearing == 0
        assert min(running(books.changes), default=0) >= 0
        assert all(minutes >= 0 for minutes in books.held.values())


@given(minutes=st.lists(st.integers(1, 300), max_size=12), cap=st.integers(0, 600), data=st.data())
def test_in_which_order_services_are_looked_at_makes_no_difference(
    minutes: list[int], cap: int, data: st.DataObject
) -> None:
    deeds = [deed(number, length) for number, length in enumerate(minutes, 1)]
    shuffled = data.draw(st.permutations(deeds))
    assert credits_due(deeds, (), {}, cap) == credits_due(shuffled, (), {}, cap)
    at_once = sum(one.minutes for one in credits_due(deeds, (), {}, cap))
    assert at_once == min(cap, sum(minutes))
