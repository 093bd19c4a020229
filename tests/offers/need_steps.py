"""Needs and offers in the middle of their lives, for tests that begin there."""

from datetime import timedelta
from typing import Any

from baodao.kernel import clock
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Need, Offer
from baodao.offers.rules import NeedState
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from tests import factories
from tests.world import World

_TEXT = "三号楼楼道灯坏了，老人晚上上下楼不方便"


def need(world: World, state: str = NeedState.COLLECTED, **fields: Any) -> Need:
    """A need of An's community in `state`."""
    now = clock.now()
    closed = state in (NeedState.MET, NeedState.UNMET)
    community: Organisation = fields.pop("community", world.willow)
    return Need.objects.create(
        code=fields.pop("code", f"TEST-{next(factories._numbers):04d}-NEED"),
        community=community,
        source=fields.pop("source", "window"),
        category=fields.pop("category", "convenience"),
        text=fields.pop("text", _TEXT),
        state=state,
        closed_at=now if closed else None,
        **fields,
    )


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
        wanted=5,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        state=state,
        published_at=None if state == OfferState.DRAFT else clock.now(),
        created_by="安静",
        **fields,
    )


def fresh(row: Need) -> Need:
    """The row as the database has it now."""
    return Need.objects.select_related("offer", "merged_into").get(pk=row.pk)
