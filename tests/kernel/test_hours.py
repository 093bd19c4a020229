"""Hours as people write them, and the appointments that are cut of them."""

from datetime import date, datetime, time, timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.hours import (
    FreeHour,
    check_lengths,
    check_slot,
    free_slots,
    slots_on,
    tidy_hours,
)

MONDAY = date(2026, 12, 7)
WEEKLY = ("09:00-10:30、14:00-15:00", *("",) * 6)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY, time(hour, minute), tzinfo=clock.ZONE)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("9:00-11:30", "09:00-11:30"),
        ("14：00～17：00，9:00-11:30", "09:00-11:30、14:00-17:00"),
        ("9:00至11:00 14:00—15:00", "09:00-11:00、14:00-15:00"),
        ("9:00–11:00", "09:00-11:00"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_hours_are_read_however_they_are_typed(text: str, kept: str) -> None:
    assert tidy_hours(text) == kept
    assert tidy_hours(kept) == kept


@pytest.mark.parametrize(
    "text", ["上午", "9-11", "11:00-9:00", "9:00-9:00", "25:00-26:00", "9:70-10:00",
             "9:00-"]
)  # fmt: skip
def test_hours_that_cannot_be_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused) as refused:
        tidy_hours(text)
    assert "9:00-11:30" in refused.value.text()


def test_hours_that_overlap_are_named_and_hours_too_short_for_an_appointment_too() -> None:
    with pytest.raises(Refused) as refused:
        tidy_hours("10:00-12:00、9:00-11:00")
    assert refused.value.code == "hours.overlap"
    assert "09:00-11:00" in refused.value.text()
    check_lengths("9:00-11:00、14:00-14:30", 30)
    with pytest.raises(Refused, match=r"hours\.short"):
        check_lengths("9:00-9:10", 30)


def test_a_day_is_cut_into_whole_appointments_alone() -> None:
    starts = [slot.starts_at for slot in slots_on(MONDAY, WEEKLY, {}, 40)]
    assert starts == [at(9), at(9, 40), at(14)]
    assert not list(slots_on(MONDAY + timedelta(days=1), WEEKLY, {}, 40))


def test_a_day_that_differs_has_its_own_hours_or_none() -> None:
    other = {MONDAY: "16:00-17:00"}
    assert [slot.starts_at for slot in slots_on(MONDAY, WEEKLY, other, 60)] == [at(16)]
    assert not list(slots_on(MONDAY, WEEKLY, {MONDAY: ""}, 60))


def test_what_is_taken_or_too_near_is_not_free() -> None:
    every = list(slots_on(MONDAY, WEEKLY, {}, 30))
    half = timedelta(minutes=30)
    taken = [FreeHour(at(9, 15), at(9, 45))]
    assert [one.starts_at for one in free_slots(every, taken, at(0))] == [
        *(at(10), at(14), at(14, 30)),
    ]
    assert [one.starts_at for one in free_slots(every, [], at(14))] == [at(14), at(14, 30)]
    assert check_slot(at(14), every) == FreeHour(at(14), at(14) + half)
    with pytest.raises(Refused):
        check_slot(at(14, 10), every)
