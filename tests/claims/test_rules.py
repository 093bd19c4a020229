"""The pure decisions of claims, as tables."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from baodao.claims.rules.claims import (
    Taken,
    Thinking,
    check_assignable,
    confirm_until,
    ending_of,
    first_state,
    leaving,
    overlaps,
)
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel.errors import Refused
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.kinds.post.kind import POST
from baodao.offers.rules.kinds import OfferKind

NOON = datetime(2026, 7, 4, 4, tzinfo=UTC)
"""Saturday noon in China."""

THINKING = Thinking(timedelta(hours=24), before=timedelta(hours=2), least=timedelta(hours=1))


@pytest.mark.parametrize(
    ("approval", "places", "seated", "waiting", "state"),
    [
        (True, 3, 0, 0, "applied"),
        (True, 3, 3, 0, "applied"),
        (False, 3, 2, 0, "active"),
        (False, 3, 3, 0, "waiting"),
        (False, 3, 2, 1, "waiting"),
    ],
)
def test_where_a_new_claim_stands(
    *, approval: bool, places: int, seated: int, waiting: int, state: str
) -> None:
    free = places - seated
    assert first_state(approval=approval, free=free, places=1, waiting=waiting) == state


def test_several_are_seated_together_or_wait_together() -> None:
    for free, state in ((3, "active"), (2, "waiting")):
        assert first_state(approval=False, free=free, places=3, waiting=0) == state


@pytest.mark.parametrize(
    ("starts_in", "until_in"),
    [(None, 24), (72, 24), (26, 24), (10, 8), (3, 1), (2.5, None), (1, None)],
)
def test_until_when_an_invitation_holds(starts_in: float | None, until_in: float | None) -> None:
    starts = None if starts_in is None else NOON + timedelta(hours=starts_in)
    until = None if until_in is None else NOON + timedelta(hours=until_in)
    assert confirm_until(NOON, starts, THINKING) == until


@pytest.mark.parametrize(
    ("kind", "state", "begun", "becomes"),
    [
        (ACTIVITY, "waiting", False, "withdrawn"),
        (ACTIVITY, "invited", False, "withdrawn"),
        (ACTIVITY, "active", False, "left"),
        (ACTIVITY, "active", True, "claim.begun"),
        (POST, "applied", False, "withdrawn"),
        (POST, "active", False, "claim.exit-needs-word"),
    ],
)
def test_how_one_leaves_alone(*, kind: OfferKind, state: str, begun: bool, becomes: str) -> None:
    try:
        found = str(leaving(kind, state, begun=begun))
    except Refused as no:
        found = no.code
    assert found == becomes


def test_hours_overlap_only_when_both_have_some_and_share_them() -> None:
    hour = timedelta(hours=1)
    other = Taken(ACTIVITY, "清扫", NOON, NOON + 2 * hour)
    assert overlaps((NOON + hour, NOON + 3 * hour), other)
    assert not overlaps((NOON + 2 * hour, NOON + 3 * hour), other)
    assert not overlaps((None, None), other)


def test_an_end_blames_nobody() -> None:
    for state in CLAIM.live:
        for served in (True, False):
            to = ending_of(state, served=served)
            assert to is not ClaimState.ABSENT
            assert to in CLAIM.following(state)


def test_every_state_of_a_claim_has_its_refusal() -> None:
    assert {str(CLAIM.refusal(state)).split(":")[0] for state in ClaimState} == {
        f"claim.{state}" for state in ClaimState
    }


@pytest.mark.parametrize(("most", "at"), [(1, NOON + timedelta(days=1)), (None, NOON)])
def test_who_assigns_reads_nothing_of_what_a_member_does_elsewhere(
    most: int | None, at: datetime
) -> None:
    hour = timedelta(hours=1)
    elsewhere = Taken(ACTIVITY, "邻里联欢", at, at + hour, uuid4())
    with pytest.raises(Refused, match=r"^claim\.busy:") as no:
        check_assignable(ACTIVITY, (NOON, NOON + hour), [elsewhere], most, uuid4())
    assert no.value.facts == {}
