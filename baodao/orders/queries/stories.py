"""An order from being asked for to being rated: who had it, when it was served."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from baodao.claims.models import Claim
from baodao.claims.queries.claims import claim_rows
from baodao.claims.queries.seats import seats_of
from baodao.claims.rules.lives import SEATED, ClaimState
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import record_rows, standing
from baodao.needs.queries.needs import need_of
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.orders.queries.orders import orders_in


@dataclass(frozen=True)
class OrderStory:
    """An `order` with what it was dispatched as, who took it on, by name, and its services."""

    order: Any
    offer: Offer | None
    takers: Sequence[str]
    taken_at: datetime | None
    records: Sequence[ServiceRecord]


def story_of(actor: Actor, need_id: UUID) -> OrderStory:
    """Of one order whose community the actor works for. Raises `Absent`."""
    need = need_of(actor, Permission.NEED_SCREEN, need_id)
    order = orders_in(actor, need.community).filter(pk=need.pk).first()
    if order is None:
        raise Absent("order")
    offer = offer_rows().filter(pk=order.answer_id).first()
    claims = _taken_on(offer)
    records = standing(record_rows()).filter(offer_id=offer.pk) if offer else ()
    return OrderStory(
        order,
        offer,
        _names(claims),
        min((claim.seated_at for claim in claims if claim.seated_at), default=None),
        list(records),
    )


def _taken_on(offer: Offer | None) -> list[Claim]:
    """The claims by which it is or was served; who was asked and has not answered has none."""
    seated = [state for state in SEATED if state != ClaimState.INVITED]
    return list(claim_rows().filter(offer=offer, state__in=seated)) if offer else []


def _names(claims: Sequence[Claim]) -> list[str]:
    """Each member, and each unit, branch or team with who of it serves."""
    names = []
    seats = seats_of(claims)
    for claim in claims:
        servers = "、".join(seat.person.name for seat in seats.get(claim.pk, ()))
        own = claim.person_id is not None or not servers
        name = claim.claimant_name
        names.append(name if own else f"{name}（{servers}）")
    return names
