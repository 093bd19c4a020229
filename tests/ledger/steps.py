"""Short ways to records for tests."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.batch import Batch
from baodao.ledger import commands
from baodao.ledger.commands import Confirmed
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules import Entry, Origin
from tests.world import World

DAY = date(2026, 7, 4)
ON_THE_LIST = Confirmed(Origin.LIST, "安静")


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """An hour of the day on the clocks of China."""
    return datetime.combine(day, time(hour, minute), clock.ZONE)


def entry(person_id: UUID, **fields: Any) -> Entry:
    """An hour of environment work on DAY, the hour not known unless said."""
    told = {"served_on": DAY, "minutes": 60, "category": "environment", "way": "post"} | fields
    return Entry(person_id, **told)


def recorded(
    world: World, *entries: Entry, who: str = "an", where: str = "willow"
) -> Batch[ServiceRecord]:
    """Append to a community's chain."""
    return commands.append(
        world.actor(who), community=world.places[where], entries=entries, confirmed=ON_THE_LIST
    )
