"""Offers in the middle of their lives, and the needs that they answer."""

from datetime import timedelta
from typing import Any

from baodao.kernel import clock
from baodao.needs.models import Need
from baodao.needs.rules.life import NeedState
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Answer, Offer
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from tests.needs.steps import need
from tests.world import World


def offer(world: World, state: str = OfferState.PUBLISHED, **fields: Any) -> Offer:
    """An activity of An's community, next week, in `state`."""
    starts_at = fields.pop("starts_at", clock.now() + timedelta(days=7))
    community: Organisation = fields.pop("community", world.willow)
    return Offer.objects.create(
        community=community,
        organiser=community,
        kind=ACTIVITY,
        title=fields.pop("title", "更换楼道灯"),
        category="convenience",
        places=5,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        state=state,
        published_at=None if state == OfferState.DRAFT else clock.now(),
        created_by="安静",
        **fields,
    )


def answered(world: World, by: Offer, state: str = NeedState.OPEN, **fields: Any) -> Need:
    """A need in `state` that an offer answers."""
    row = need(world, state, **fields)
    Answer.objects.create(offer=by, need=row, since=clock.now())
    return row


def offer_of(row: Need) -> Offer | None:
    """What answers a need now, as the database has it."""
    live = Answer.objects.filter(need=row, until=None).select_related("offer").first()
    return live.offer if live else None
