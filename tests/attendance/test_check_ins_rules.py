"""Codes that are shown on the spot: written, read, passed on, forged; how long somebody served."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from baodao.attendance.rules.check_ins import (
    PlaceCode,
    Presence,
    check_fresh,
    check_hours,
    read,
    turn_of,
    written,
)
from baodao.kernel.errors import Refused

NOW = datetime(2026, 11, 29, 1, 0, 10, tzinfo=UTC)
CODE = PlaceCode(UUID(int=7), turn_of(NOW))
HOURS = (datetime(2026, 11, 29, 1, tzinfo=UTC), datetime(2026, 11, 29, 3, tzinfo=UTC))


def sign(content: bytes) -> bytes:
    return hashlib.sha256(b"key" + content).digest()


def at(minute: int) -> datetime:
    return HOURS[0] + timedelta(minutes=minute)


def test_a_code_says_what_was_written_in_it() -> None:
    text = written(CODE, sign)
    assert len(text) == 48
    assert text.isalnum()
    assert text == text.lower()
    assert read(text, sign) == CODE


def test_every_changed_letter_is_a_forgery() -> None:
    text = written(CODE, sign)
    for place, letter in enumerate(text):
        other = "a" if letter != "a" else "b"
        with pytest.raises(Refused, match=r"check-in\.forged"):
            read(text[:place] + other + text[place + 1 :], sign)


@pytest.mark.parametrize("text", ["", "a", "hello-world", "a" * 48, "1" * 48, "签到", "a" * 4000])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"check-in\.forged"):
        read(text, sign)


@pytest.mark.parametrize(
    ("seconds", "fresh"), [(0, True), (149, True), (151, False), (86_400, False)]
)
def test_a_code_is_taken_for_two_minutes_after_its_turn(seconds: int, *, fresh: bool) -> None:
    now = CODE.shown_at + timedelta(seconds=seconds)
    if fresh:
        check_fresh(CODE, now, 2)
    else:
        with pytest.raises(Refused, match=r"check-in\.expired"):
            check_fresh(CODE, now, 2)


@pytest.mark.parametrize(
    ("minute", "taken"), [(-61, False), (-60, True), (60, True), (180, True), (181, False)]
)
def test_one_checks_in_around_the_hours(minute: int, *, taken: bool) -> None:
    if taken:
        check_hours(HOURS, at(minute), timedelta(hours=1))
    else:
        with pytest.raises(Refused, match=r"check-in\.hours"):
            check_hours(HOURS, at(minute), timedelta(hours=1))


@pytest.mark.parametrize(
    ("arrived", "left", "rounding", "began", "minutes"),
    [
        (0, 120, 1, 0, 120),
        (-20, 140, 1, 0, 120),  # early and late is waiting, not serving
        (17, 100, 1, 17, 83),
        (17, 100, 30, 17, 60),
        (17, 40, 30, None, None),
        (-30, -10, 1, None, None),
        (0, None, 1, 0, 90),  # forgot to check out: as long as the list says,
        (60, None, 1, 60, 60),  # and no longer than was left
        (75, None, 30, 75, 30),
        (None, 100, 1, 0, 90),
        (None, 40, 1, 0, 40),
        (130, None, 1, None, None),
        (None, None, 1, None, None),
    ],
)
def test_service_is_what_lies_within_the_hours_and_ninety_minutes_where_one_forgot(
    arrived: int | None, left: int | None, rounding: int, began: int | None, minutes: int | None
) -> None:
    presence = Presence(
        None if arrived is None else at(arrived), None if left is None else at(left)
    )
    served = None if began is None else (at(began), minutes)
    assert presence.served(HOURS, 90, rounding) == served
