"""Needs in the middle of their lives, for tests that begin there."""

from typing import Any

from baodao.kernel import clock
from baodao.needs.models import Need
from baodao.needs.rules.life import CLOSED, NeedState
from baodao.orgs.models import Organisation
from tests import factories
from tests.world import World

_TEXT = "三号楼楼道灯坏了，老人晚上上下楼不方便"


def need(world: World, state: str = NeedState.COLLECTED, **fields: Any) -> Need:
    """A need of An's community in `state`."""
    community: Organisation = fields.pop("community", world.willow)
    return Need.objects.create(
        code=fields.pop("code", f"TEST-{next(factories._numbers) % 10_000:04d}-NEED"),
        community=community,
        source=fields.pop("source", "window"),
        category=fields.pop("category", "convenience"),
        text=fields.pop("text", _TEXT),
        state=state,
        closed_at=clock.now() if state in CLOSED else None,
        **fields,
    )


def fresh(row: Need) -> Need:
    """The row as the database has it now."""
    return Need.objects.select_related("merged_into").get(pk=row.pk)
