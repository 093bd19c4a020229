"""Short ways to statements for tests."""

from typing import Any

from baodao.statements.commands.statements import state
from baodao.statements.models import Statement
from tests.ledger.steps import entry
from tests.world import World


def stated(world: World, who: str = "chen", **fields: Any) -> Statement:
    """A statement to An's community that waits."""
    return state(
        world.actor(who),
        community_id=world.willow.pk,
        entry=entry(world.people[who].pk, **fields),
    )
