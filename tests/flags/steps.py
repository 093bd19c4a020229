"""Short ways to flags: services as they are typed at the window, and the night that follows."""

from datetime import date, datetime, timedelta
from typing import Any

from baodao.flags.commands.flags import note_flags
from baodao.flags.models import Flag
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.ledger.models import ServiceRecord
from baodao.people.models import Person
from baodao.statements.commands.entries import enter
from tests.ledger import steps as ledger
from tests.world import World

WORDS = "打扫楼道并清理堆放的杂物"
NIGHT = clock.midnight(date(2026, 11, 3)) + timedelta(hours=1, minutes=40)
MORNING = clock.midnight(date(2026, 11, 3)) + timedelta(hours=10)


def typed(
    world: World, person: Person, at: datetime = MORNING, who: str = "an", **fields: Any
) -> ServiceRecord:
    """An enters a service at the window at that instant."""
    with clock.at(at):
        batch = enter(
            world.actor(who),
            community_id=world.willow.pk,
            entries=[ledger.entry(person.pk, **fields)],
        )
    [row] = batch.done
    return row


def noted() -> list[Flag]:
    """The flags there are after everything was looked through, in the order of the services."""
    while note_flags(SYSTEM):
        pass
    rows = Flag.objects.select_related("record", "community")
    return sorted(rows, key=lambda row: (row.record.served_on, row.record.seq))


def night_flag(world: World) -> Flag:
    """Chen's service, typed in the night by An alone: flagged."""
    chen = ledger.hosted(world)
    typed(world, chen, NIGHT)
    [row] = noted()
    return row
