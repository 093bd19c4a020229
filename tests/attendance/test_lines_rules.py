"""Lines of lists kept on the spot: in any order, from several phones, by wrong clocks; keys."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.attendance.rules import packs
from baodao.attendance.rules.check_ins import CheckSide, CheckWay, Presence, PresenceMark
from baodao.attendance.rules.lines import SpotLine, broken, facts_of, presences_of
from baodao.attendance.rules.packs import PackKey, check_pack
from baodao.kernel.errors import Refused
from tests.attendance.lines import BOUNDS, CASES

DAY = 86_400
SIDES = st.sampled_from([CheckSide.ARRIVAL, CheckSide.DEPARTURE])


@st.composite
def evenings(draw: st.DrawFn) -> tuple[list[SpotLine], list[list[SpotLine]]]:
    """What really happened, and the batches in which two phones deliver it: their clocks wrong by
    up to a day, batches late, twice and in any order."""
    happened = []
    for number in range(draw(st.integers(1, 8))):
        code, side = draw(st.sampled_from("ABC")), draw(SIDES)
        at = draw(st.integers(BOUNDS["opens_at"] - 600, BOUNDS["closes_at"] + 600))
        happened.append(SpotLine(UUID(int=number), side, at, code=code))
    wrong = [draw(st.integers(-DAY, DAY)) for _phone in range(2)]
    batches: list[list[SpotLine]] = []
    for line in happened:
        phone = draw(st.integers(0, 1))
        written = replace(line, at=line.at + wrong[phone], ahead=wrong[phone])
        batches += [[written] for _copy in range(draw(st.integers(1, 3)))]
    whole = draw(st.permutations(batches))
    cut = draw(st.integers(0, len(whole)))
    return happened, [[line for batch in whole[:cut] for line in batch], *whole[cut:]]


def records(batches: list[list[SpotLine]]) -> dict[Any, Presence]:
    """Who was there when, as the server writes it down: each line once, what breaks a rule not."""
    rows: dict[UUID, SpotLine] = {}
    for batch in batches:
        for line in batch:
            if broken(facts_of(line, now=BOUNDS["closes_at"]), BOUNDS) is None:
                rows.setdefault(line.id, line)
    return presences_of(
        (line.code, PresenceMark(line.side, datetime.fromtimestamp(line.instant, UTC), "phone"))
        for line in rows.values()
    )


@given(evenings())
def test_late_twice_out_of_order_from_two_phones_with_wrong_clocks_is_the_same(
    evening: tuple[list[SpotLine], list[list[SpotLine]]],
) -> None:
    happened, batches = evening
    assert records(batches) == records([happened])


def test_a_phone_that_does_not_know_its_clock_is_wrong_would_end_in_other_records() -> None:
    """The control: without what the phone knows of its clock, a day is a day."""
    line = SpotLine(UUID(int=1), CheckSide.ARRIVAL, BOUNDS["opens_at"] + DAY, ahead=DAY, code="A")
    assert records([[line]])
    assert not records([[replace(line, ahead=0)]])


def test_the_earliest_counts_and_who_scanned_themselves_is_known() -> None:
    nine, ten = (datetime(2026, 11, 29, hour, tzinfo=UTC) for hour in (9, 10))
    marks = [
        ("a", PresenceMark(CheckSide.ARRIVAL, ten, CheckWay.SCAN)),
        ("a", PresenceMark(CheckSide.ARRIVAL, nine, CheckWay.PHONE)),
        ("b", PresenceMark(CheckSide.DEPARTURE, ten, CheckWay.SHEET)),
    ]
    expected = {"a": Presence(nine, None, scanned=True), "b": Presence(None, ten)}
    assert presences_of(marks) == presences_of(reversed(marks)) == expected


@pytest.mark.parametrize(("facts", "code"), CASES, ids=[json.dumps(facts) for facts, _ in CASES])
def test_a_line_is_taken_or_refused_by_the_first_rule_that_it_breaks(
    facts: dict[str, Any], code: str | None
) -> None:
    rule = broken(facts, BOUNDS)
    assert (rule.code if rule else None) == code


def sign(content: bytes) -> bytes:
    return hashlib.sha256(b"key" + content).digest()


KEY = PackKey(UUID(int=1), UUID(int=2))


def test_the_key_of_a_list_says_what_was_written_and_every_changed_letter_is_a_forgery() -> None:
    text = packs.written(KEY, sign)
    assert packs.read(text, sign) == KEY
    for place, letter in enumerate(text):
        other = "a" if letter != "a" else "b"
        with pytest.raises(Refused, match=r"pack\.forged"):
            packs.read(text[:place] + other + text[place + 1 :], sign)


@pytest.mark.parametrize("text", ["", "a", "签到", "a" * 74, "1" * 74, "a" * 4000])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"pack\.forged"):
        packs.read(text, sign)


@pytest.mark.parametrize(("offer", "account"), [(9, 2), (1, 9), (1, None)])
def test_a_list_is_delivered_for_its_activity_by_whoever_took_it(
    offer: int, account: int | None
) -> None:
    check_pack(KEY, UUID(int=1), UUID(int=2))
    with pytest.raises(Refused, match=r"pack\.elsewhere"):
        check_pack(KEY, UUID(int=offer), UUID(int=account) if account else None)
