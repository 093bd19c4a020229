"""Codes beside the rows of a sheet: written, typed, mistyped, of another sheet."""

import hashlib
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from baodao.attendance.rules.row_codes import (
    SIGNS,
    TypedRow,
    check_code,
    check_first,
    printed,
    row_code,
    shared_codes,
    sheet_part,
    times_of,
    typed_rows,
)
from baodao.kernel import clock
from baodao.kernel.errors import Refused

OFFER, DAY = UUID(int=7), date(2026, 11, 29)


def sign(content: bytes) -> bytes:
    return hashlib.sha256(b"key" + content).digest()


ROWS = {UUID(int=number): row_code(OFFER, DAY, UUID(int=number), sign) for number in range(2_000)}
CODES = set(ROWS.values())
SHEET = sheet_part(OFFER, DAY, sign)


def refusal(code: str) -> str:
    with pytest.raises(Refused) as refused:
        check_code(code, SHEET, CODES)
    return refused.value.code


def test_a_code_is_ten_signs_that_nobody_mistakes_and_stands_for_one_row() -> None:
    assert len(CODES) == len(ROWS)
    assert not set("01OIL") & set(SIGNS)
    for code in CODES:
        assert (len(code), set(code) <= set(SIGNS), code[:3]) == (10, True, SHEET)
        check_code(code, SHEET, CODES)


def test_every_sign_mistyped_and_every_two_exchanged_are_noticed() -> None:
    code = ROWS[UUID(int=1)]
    for place, right in enumerate(code):
        for other in set(SIGNS) - {right}:
            assert refusal(code[:place] + other + code[place + 1 :]) == "row-code.mistyped"
    for place, (one, two) in enumerate(pairwise(code)):
        if one != two:
            assert refusal(code[:place] + two + one + code[place + 2 :]) == "row-code.mistyped"


@pytest.mark.parametrize("text", ["", "A", "签到", "AB3DE-5FGHJ", "0" * 10, "A" * 400])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert refusal(text) == "row-code.mistyped"


@pytest.mark.parametrize(("offer", "day"), [(UUID(int=8), DAY), (OFFER, date(2026, 11, 30))])
def test_a_code_of_another_activity_or_day_is_refused(offer: UUID, day: date) -> None:
    assert refusal(row_code(offer, day, UUID(int=1), sign)) == "row-code.elsewhere"


def test_a_code_that_somebody_made_up_stands_for_nobody() -> None:
    assert refusal(row_code(OFFER, DAY, UUID(int=9_999), sign)) == "row-code.unknown"


def test_a_code_counts_once() -> None:
    code = ROWS[UUID(int=1)]
    check_first(code, {}, ())
    for before, entered, reason in (
        ({code: 3}, (), "row-code.twice"),
        ({}, {code}, "row-code.entered"),
    ):
        with pytest.raises(Refused, match=reason):
            check_first(code, before, entered)


@pytest.mark.parametrize(
    "text",
    [
        "{printed} 9:00 11:30",
        "{code}\t9:00\t11:30",
        "{lower}，9：00、11．30；",
        " {printed}\n09:00 \n 11:30 ",
        "{spaced} 9.00 11.30",
        "{code} 9:00-11:30",
        "{printed}　上午9点 11点半",
        "{code}：9时至11时30分",
    ],
)
def test_a_row_is_read_however_it_is_typed(text: str) -> None:
    code = ROWS[UUID(int=1)]
    forms = {
        "code": code,
        "printed": printed(code),
        "lower": code.lower(),
        "spaced": f"{code[:5]} {code[5:]}",
    }
    assert typed_rows(text.format(**forms)) == [TypedRow(1, code, time(9), time(11, 30))]


def test_rows_stand_in_their_order_each_at_its_typed_line_and_so_does_what_is_no_code() -> None:
    one, two = ROWS[UUID(int=1)], ROWS[UUID(int=2)]
    text = f"9:00 {one} 9:05\nhm nobody came\n\n{two} 9:10\r\n10:00 10:30 {one}{two}"
    assert [(row.place, row.code, row.came, row.went) for row in typed_rows(text)] == [
        (1, "9:00", None, None),
        (1, one, time(9, 5), None),
        (2, "HM", None, None),
        (2, "NOBODY", None, None),
        (2, "CAME", None, None),
        (4, two, time(9, 10), time(10)),
        (5, "10:30", None, None),
        (5, one + two, None, None),
    ]


def test_a_code_of_two_persons_is_shared_and_one_of_two_seats_of_a_person_is_not() -> None:
    assert shared_codes({"A": {1, 2}, "B": {1}, "C": {3}}) == {"A"}


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return clock.midnight(date(2026, 11, day)) + timedelta(hours=hour, minutes=minute)


MORNING = (on(29, 9), on(29, 11))
EVENING = (on(29, 22), on(29, 23, 50))
NIGHT = (on(29, 22), on(30, 2))
THREE_DAYS = (on(29, 9), on(30, 23, 30))
AROUND = timedelta(minutes=60)

TIMES = [
    (MORNING, time(8, 30), time(11, 30), on(29, 8, 30), on(29, 11, 30)),
    (MORNING, None, time(11), on(29, 9), on(29, 11)),
    (MORNING, time(6), None, on(29, 6), None),
    (MORNING, time(13), None, on(29, 13), None),
    (MORNING, time(9), time(15), on(29, 9), on(29, 15)),
    (EVENING, time(22), time(0, 10), on(29, 22), on(30, 0, 10)),
    (EVENING, time(0, 10), None, on(30, 0, 10), None),
    (EVENING, time(20), None, on(29, 20), None),
    (NIGHT, time(23), time(1), on(29, 23), on(30, 1)),
    (NIGHT, time(0, 30), time(2, 30), on(30, 0, 30), on(30, 2, 30)),
    (THREE_DAYS, time(9), time(17), on(29, 9), on(29, 17)),
    (THREE_DAYS, time(20), time(8), on(29, 20), on(30, 8)),
    (THREE_DAYS, time(0, 15), None, on(30, 0, 15), None),
]
"""The hours, the times that are typed, and when they are."""


@pytest.mark.parametrize(("hours", "came", "went", "arrived_at", "left_at"), TIMES)
def test_a_clock_time_is_the_first_within_the_hours_and_leaving_the_first_after_coming(
    hours: tuple[datetime, datetime],
    came: time | None,
    went: time | None,
    arrived_at: datetime,
    left_at: datetime | None,
) -> None:
    row = TypedRow(1, "A", came, went)
    assert times_of(row, hours, AROUND) == (arrived_at, left_at)


def test_who_left_before_they_came_is_named() -> None:
    with pytest.raises(Refused, match=r"row-code\.backwards"):
        times_of(TypedRow(1, "A", time(10), time(9, 30)), MORNING, AROUND)
