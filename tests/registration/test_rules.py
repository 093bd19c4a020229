"""The pure decisions of registration, by table."""

from datetime import date
from itertools import product

import pytest

from baodao.kernel.errors import Refused
from baodao.registration.rules.proofs import check_tail, tries_left
from baodao.registration.rules.states import (
    REGISTRATION,
    EndReason,
    State,
    check_end_date,
    check_end_reason,
)

ALLOWED = {
    ("issued", "submitted"),
    ("issued", "accepted"),
    ("issued", "withdrawn"),
    ("submitted", "accepted"),
    ("submitted", "returned"),
    ("submitted", "withdrawn"),
    ("returned", "submitted"),
    ("returned", "withdrawn"),
    ("accepted", "ended"),
}


@pytest.mark.parametrize(("state", "to"), list(product(State, State)))
def test_a_registration_moves_only_as_its_life_knows(state: State, to: State) -> None:
    if (state, to) in ALLOWED:
        assert REGISTRATION.move(state, to) is to
        return
    with pytest.raises(Refused) as no:
        REGISTRATION.move(state, to)
    assert no.value.code == f"registration.{state}"
    assert no.value.text().endswith(".")


def test_live_states_are_those_that_can_still_change() -> None:
    assert set(REGISTRATION.live) == {state for state in State if REGISTRATION.following(state)}


@pytest.mark.parametrize(
    ("ended_on", "code"),
    [
        (date(2026, 3, 1), None),
        (date(2026, 3, 9), None),
        (date(2026, 2, 28), "registration.ends-before-acceptance"),
        (date(2026, 3, 10), "registration.ends-in-future"),
    ],
)
def test_the_end_lies_between_acceptance_and_today(ended_on: date, code: str | None) -> None:
    accepted_on, today = date(2026, 3, 1), date(2026, 3, 9)
    if code is None:
        check_end_date(ended_on, accepted_on, today)
        return
    with pytest.raises(Refused, match=code):
        check_end_date(ended_on, accepted_on, today)


def test_a_move_to_another_community_is_no_end() -> None:
    assert check_end_reason("retired") is EndReason.RETIRED
    with pytest.raises(Refused, match="end-is-transfer"):
        check_end_reason("transferred")
    with pytest.raises(Refused, match="end-reason-unknown"):
        check_end_reason("bored")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("01234x", "01234X"), (" 012345 ", "012345"), ("０１２３４Ｘ", "01234X")],
)
def test_the_end_of_an_id_number_is_read_as_typed(typed: str, kept: str) -> None:
    assert check_tail(typed) == kept


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12X456", "abcdef", "12345Y"])
def test_what_cannot_end_an_id_number_costs_no_try(typed: str) -> None:
    with pytest.raises(Refused, match=r"letter\.tail-form"):
        check_tail(typed)


def test_tries_are_counted_by_the_day() -> None:
    today = date(2026, 3, 9)
    assert tries_left(None, 0, today, 5) == 5
    assert tries_left(today, 3, today, 5) == 2
    assert tries_left(today, 9, today, 5) == 0
    assert tries_left(date(2026, 3, 8), 5, today, 5) == 5
