"""The lives of an offer and a claim: which state follows which, and who stands where."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from baodao.kernel.errors import Refused, gettext_noop


class OfferKind(StrEnum):
    """服务岗位 and 主题活动; a further kind is a member here and a row in each table by kind."""

    POST = "post"
    ACTIVITY = "activity"


OFFER_KINDS: dict[OfferKind, str] = {
    OfferKind.POST: gettext_noop("Service post"),
    OfferKind.ACTIVITY: gettext_noop("Themed activity"),
}


class OfferState(StrEnum):
    """草稿, 招募中, 已结束, 已取消."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OFFER_STATES: dict[OfferState, str] = {
    OfferState.DRAFT: gettext_noop("Draft"),
    OfferState.PUBLISHED: gettext_noop("Published"),
    OfferState.CLOSED: gettext_noop("Over"),
    OfferState.CANCELLED: gettext_noop("Cancelled"),
}

OFFER_NEXT: dict[OfferState, frozenset[OfferState]] = {
    OfferState.DRAFT: frozenset({OfferState.PUBLISHED, OfferState.CANCELLED}),
    OfferState.PUBLISHED: frozenset({OfferState.CLOSED, OfferState.CANCELLED}),
    OfferState.CLOSED: frozenset(),
    OfferState.CANCELLED: frozenset(),
}


class ClaimState(StrEnum):
    """One life for every claim, whatever is claimed.

    待审批, 候补, 候补待确认, 已认领, 申请退出, 已完成, 未通过, 已退出, 已放弃, 未到场.
    """

    APPLIED = "applied"
    WAITING = "waiting"
    INVITED = "invited"
    ACTIVE = "active"
    EXIT_REQUESTED = "exit-requested"
    DONE = "done"
    REFUSED = "refused"
    LEFT = "left"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"


CLAIM_STATES: dict[ClaimState, str] = {
    ClaimState.APPLIED: gettext_noop("Waiting for approval"),
    ClaimState.WAITING: gettext_noop("On the waiting list"),
    ClaimState.INVITED: gettext_noop("A place is free, please confirm"),
    ClaimState.ACTIVE: gettext_noop("Claimed"),
    ClaimState.EXIT_REQUESTED: gettext_noop("Asked to leave"),
    ClaimState.DONE: gettext_noop("Served"),
    ClaimState.REFUSED: gettext_noop("Claim not approved"),
    ClaimState.LEFT: gettext_noop("Left the offer"),
    ClaimState.WITHDRAWN: gettext_noop("Given up"),
    ClaimState.ABSENT: gettext_noop("Did not come"),
}

CLAIM_NEXT: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.APPLIED: frozenset(
        {ClaimState.ACTIVE, ClaimState.WAITING, ClaimState.REFUSED, ClaimState.WITHDRAWN}
    ),
    ClaimState.WAITING: frozenset(
        {ClaimState.INVITED, ClaimState.ACTIVE, ClaimState.REFUSED, ClaimState.WITHDRAWN}
    ),
    ClaimState.INVITED: frozenset({ClaimState.ACTIVE, ClaimState.WITHDRAWN, ClaimState.REFUSED}),
    ClaimState.ACTIVE: frozenset(
        {ClaimState.EXIT_REQUESTED, ClaimState.DONE, ClaimState.ABSENT, ClaimState.LEFT}
    ),
    ClaimState.EXIT_REQUESTED: frozenset(
        {ClaimState.LEFT, ClaimState.ACTIVE, ClaimState.DONE, ClaimState.ABSENT}
    ),
    ClaimState.DONE: frozenset(),
    ClaimState.REFUSED: frozenset(),
    ClaimState.LEFT: frozenset(),
    ClaimState.WITHDRAWN: frozenset(),
    ClaimState.ABSENT: frozenset(),
}

LIVE_CLAIMS = (
    ClaimState.APPLIED,
    ClaimState.WAITING,
    ClaimState.INVITED,
    ClaimState.ACTIVE,
    ClaimState.EXIT_REQUESTED,
)
"""A person has at most one claim in these states on one offer."""

SEATED = (ClaimState.INVITED, ClaimState.ACTIVE, ClaimState.EXIT_REQUESTED, ClaimState.DONE)
"""These take one of the places; never more than the offer has."""

_REFUSALS: dict[ClaimState, str] = {
    ClaimState.APPLIED: gettext_noop("This claim waits for the community's approval."),
    ClaimState.WAITING: gettext_noop("This claim is on the waiting list."),
    ClaimState.INVITED: gettext_noop("A place is free for this claim; it waits to be confirmed."),
    ClaimState.ACTIVE: gettext_noop("This claim is approved already."),
    ClaimState.EXIT_REQUESTED: gettext_noop(
        "Leaving has been asked for; the community decides about it first."
    ),
    ClaimState.DONE: gettext_noop("The service of this claim is recorded already."),
    ClaimState.REFUSED: gettext_noop("This claim was not approved; claim again if it still fits."),
    ClaimState.LEFT: gettext_noop("This claim has ended; claim again if it still fits."),
    ClaimState.WITHDRAWN: gettext_noop("This claim was given up; claim again if it still fits."),
    ClaimState.ABSENT: gettext_noop("This claim has ended without a service."),
}

_OFFER_REFUSALS: dict[OfferState, str] = {
    OfferState.DRAFT: gettext_noop("This offer is a draft; publish it first."),
    OfferState.PUBLISHED: gettext_noop("This offer is published already."),
    OfferState.CLOSED: gettext_noop("This offer is closed."),
    OfferState.CANCELLED: gettext_noop("This offer was cancelled."),
}

S = TypeVar("S", OfferState, ClaimState)


def _moved(state: S, to: S, following: Mapping[S, frozenset[S]], refusal: Refused) -> S:
    if to not in following[state]:
        raise refusal
    return to


def move_offer(state: OfferState | str, to: OfferState) -> OfferState:
    """The next state; refuses a move that the life does not know, saying how things stand."""
    held = OfferState(state)
    return _moved(held, to, OFFER_NEXT, Refused(f"offer.{held}", _OFFER_REFUSALS[held]))


def move_claim(state: ClaimState | str, to: ClaimState) -> ClaimState:
    """The same for a claim."""
    held = ClaimState(state)
    return _moved(held, to, CLAIM_NEXT, Refused(f"claim.{held}", _REFUSALS[held]))


def claim_stands(state: ClaimState | str) -> Refused:
    """How a claim stands, as the answer to an act that needs it otherwise."""
    held = ClaimState(state)
    return Refused(f"claim.{held}", _REFUSALS[held])


def offer_stands(state: OfferState | str) -> Refused:
    """The same for an offer."""
    held = OfferState(state)
    return Refused(f"offer.{held}", _OFFER_REFUSALS[held])
