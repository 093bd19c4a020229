"""Which exemptions may be asked for, who decides, and how one lives."""

from datetime import date
from itertools import product
from uuid import UUID, uuid4

import pytest

from baodao.exemptions.rules.reasons import (
    EFFECTS,
    Effect,
    ExemptionReason,
    check_days,
    check_exemption,
)
from baodao.exemptions.rules.states import EXEMPTION, ExemptionState, check_decision
from baodao.kernel.errors import Refused

ALLOWED_FOR_EXEMPTIONS = {
    ("requested", "approved"),
    ("requested", "refused"),
    ("requested", "revoked"),
    ("approved", "revoked"),
}


@pytest.mark.parametrize(("state", "to"), list(product(ExemptionState, ExemptionState)))
def test_an_exemption_moves_only_as_its_life_knows(
    state: ExemptionState, to: ExemptionState
) -> None:
    if (state, to) in ALLOWED_FOR_EXEMPTIONS:
        assert EXEMPTION.move(state, to) is to
        return
    with pytest.raises(Refused, match=f"exemption.{state}"):
        EXEMPTION.move(state, to)


def asked(**changes: object) -> dict[str, object]:
    """An exemption that is in order, with some of it changed."""
    return {
        "reason": "seconded-away",
        "effect": "delay",
        "evidence": "借调函〔2026〕3号",
        "from_on": date(2026, 1, 1),
        "to_on": date(2026, 12, 31),
    } | changes


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"reason": "living-elsewhere", "effect": "other-place", "to_on": None}, None),
        ({"reason": "long-illness", "effect": "full", "to_on": None}, None),
        ({"to_on": date(2026, 1, 1)}, None),
        ({"reason": "too-far"}, "exemption.reason-unknown"),
        ({"effect": "pro-rata"}, "exemption.effect-unfit"),
        ({"evidence": "  "}, "exemption.evidence-missing"),
        ({"to_on": None}, "exemption.end-missing"),
        ({"reason": "other", "effect": "delay", "to_on": None}, "exemption.end-missing"),
        ({"to_on": date(2025, 12, 31)}, "exemption.ends-before-start"),
    ],
)
def test_an_exemption_needs_reason_effect_evidence_and_period_that_fit(
    changes: dict[str, object], code: str | None
) -> None:
    request = asked(**changes)
    if code is None:
        check_exemption(**request)  # type: ignore[arg-type]
        return
    with pytest.raises(Refused, match=code):
        check_exemption(**request)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("from_on", "to_on", "code"),
    [
        (date(2026, 9, 1), None, ""),
        (date(2016, 9, 1), date(2026, 8, 31), ""),
        (date(2027, 3, 1), date(2037, 2, 28), ""),
        (date(1026, 9, 1), date(2026, 12, 31), "first-day"),
        (date(2062, 9, 1), None, "first-day"),
        (date(2026, 9, 1), date(2926, 12, 31), "last-day"),
    ],
)
def test_a_year_that_nobody_meant_is_refused(from_on: date, to_on: date | None, code: str) -> None:
    today = date(2026, 7, 1)
    if not code:
        check_days(from_on, to_on, today)
        return
    with pytest.raises(Refused, match=rf"exemption\.{code}"):
        check_days(from_on, to_on, today)


def test_every_reason_has_an_effect_and_words() -> None:
    assert {"seconded-away", "long-illness", "maternity", "village-posting", "living-elsewhere"} < (
        set(ExemptionReason)
    )
    assert set(EFFECTS) == set(ExemptionReason)
    assert all(EFFECTS[reason] and reason.words for reason in ExemptionReason)
    assert set(EFFECTS[ExemptionReason.OTHER]) == set(Effect)


@pytest.mark.parametrize("state", ["approved", "refused", "revoked"])
def test_a_decision_is_made_once(state: str) -> None:
    check_decision(ExemptionState.REQUESTED, uuid4(), uuid4())
    with pytest.raises(Refused, match=rf"exemption\.{state}"):
        check_decision(state, uuid4(), uuid4())


@pytest.mark.parametrize("account", [UUID(int=7), None])
def test_nobody_decides_their_own_request(account: UUID | None) -> None:
    with pytest.raises(Refused, match=r"exemption\.own-request"):
        check_decision("requested", account, account)
