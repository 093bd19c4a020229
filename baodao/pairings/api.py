"""Pairings over the API: how each stands and when the next visit is due, handed over and ended; who
is helped is written down on the page alone, and programs have no place for it."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.offers.kinds.pairing.kind import VisitRhythm
from baodao.offers.models import Offer
from baodao.offers.rules.situations import Situation
from baodao.orgs.queries.tree import by_code
from baodao.pairings.commands import pairings as commands
from baodao.pairings.queries.pairings import pairing_of, pairings_in
from baodao.pairings.rules.pairings import PairingEnd, PairingStage
from baodao.ui.api import (
    ApiRequest,
    Code,
    Cursor,
    Page,
    Place,
    Spot,
    Words,
    answers,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Pairings")])


class PairingRow(Schema):
    """A pairing, without who is helped."""

    id: UUID
    community: Place
    title: str
    situation: Situation
    rhythm: VisitRhythm
    stage: PairingStage
    visited_on: date | None
    due_on: date | None


class PairingPage(Page[PairingRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtPairings(Schema):
    """Which pairings."""

    community: Code
    stage: PairingStage | None = None


class ToPassOn(Schema):
    """Why somebody else is asked."""

    reason: Words


class ToEndPairing(Schema):
    """Why a pairing ends."""

    reason: PairingEnd
    words: Spot = ""


def _pairing(row: Any) -> PairingRow:
    facts = {"situation": row.own.situation, "rhythm": row.own.rhythm}
    same = PairingRow.model_fields.keys() - facts
    return PairingRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _one(request: ApiRequest, offer: Offer, permission: Permission) -> PairingRow:
    return _pairing(pairing_of(request.actor, offer.pk, permission))


@router.get("/pairings/", response=answers(PairingPage), summary=gettext_noop("Pairings in scope"))
@reading(Permission.OFFER_READ)
def pairings(
    request: ApiRequest, sought: Query[SoughtPairings], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of one community, the oldest first."""
    rows = pairings_in(request.actor, by_code(sought.community))
    if sought.stage is not None:
        rows = rows.filter(stage=sought.stage)
    return page_of(rows, cursor, "id", _pairing)


@router.post(
    "/pairings/claims/{uuid:pairing_claim_id}/hand-over/",
    response=answers(PairingRow, writes=True),
    summary=gettext_noop("Hand a pairing over"),
)
@writing(Permission.CLAIM_DECIDE)
def pass_on(request: ApiRequest, pairing_claim_id: UUID, body: ToPassOn) -> PairingRow:
    """Who helped is let go and reads nothing any more; send the offer on to who is asked next."""
    claim = commands.pass_on(request.actor, claim_id=pairing_claim_id, reason=body.reason)
    return _one(request, claim.offer, Permission.CLAIM_DECIDE)


@router.post(
    "/pairings/{uuid:pairing_id}/end/",
    response=answers(PairingRow, writes=True),
    summary=gettext_noop("End a pairing"),
)
@writing(Permission.OFFER_EDIT)
def end(request: ApiRequest, pairing_id: UUID, body: ToEndPairing) -> PairingRow:
    """For good, with the reason that the household has; its visits stay on record."""
    ended = commands.end_pairing(
        request.actor, offer_id=pairing_id, reason=body.reason, words=body.words
    )
    return _one(request, ended, Permission.OFFER_EDIT)
