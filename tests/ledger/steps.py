"""Short ways to records for tests."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from baodao.accounts.models import Account
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Refused
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry, Origin
from baodao.people.models import Person
from tests import factories
from tests.concurrency import at_once
from tests.registration import steps as registration
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
    return append(world.actor(who), entries={world.places[where]: entries}, confirmed=ON_THE_LIST)


def record(world: World, person: Person | None = None, **fields: Any) -> ServiceRecord:
    """One record of An's community, Chen's unless said."""
    who = person or world.people["chen"]
    [made] = recorded(world, entry(who.pk, **fields)).done
    return made


def hosted(world: World, person: Person | None = None) -> Person:
    """A member of Deng's unit whom An has received, Chen unless said."""
    return registration.accepted(world, person).person


def colleague(world: World) -> Actor:
    """A second worker of An's community."""
    world.accounts["ai"] = factories.account("艾文", Role.COMMUNITY_WORKER, world.willow)
    return world.actor("ai")


def working_member(world: World) -> Actor:
    """Chen, who works for An's community as well."""
    account: Account = world.accounts["chen"]
    account.grants.create(role=Role.COMMUNITY_WORKER, organisation=world.willow)
    return world.actor("chen")


def outcomes(acts: Sequence[Callable[[], object]]) -> list[str]:
    """ "done", or the code of the refusal, of each; anything else fails the test."""
    told = []
    for answer in at_once(*acts):
        if isinstance(answer, Refused):
            told.append(answer.code)
        elif isinstance(answer, Exception):
            raise answer
        elif isinstance(answer, Batch):
            told.append("done" if answer.done else answer.refused[0][1].code)
        else:
            told.append("done")
    return sorted(told)
