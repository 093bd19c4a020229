"""Short ways to contact points and visits, for tests that begin in the middle."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.residents.rules.entries import HouseholdEntry
from baodao.visits.commands.contacts import assign_contact, entrust_household
from baodao.visits.commands.visits import note_visit
from baodao.visits.models import ContactPoint, ContactVisit
from baodao.visits.rules.contacts import ContactTerm, HouseholdRef
from baodao.visits.rules.visits import VisitWords
from tests.world import World

LIU = HouseholdEntry("刘秀莲", "高龄独居，行动不便", "19900006665", "柳荫里9号楼1单元102")
SECRETS = ("刘秀莲", "19900006665", "9号楼1单元102", "行动不便")
TITLE = "高龄独居老人"


def day(number: int) -> date:
    """A day from today on."""
    return clock.today() + timedelta(days=number)


def person(world: World, name: str = "chen") -> Person:
    """Somebody of the world."""
    return world.people[name]


def contact(
    world: World,
    place: Organisation | None = None,
    who: Person | None = None,
    since: date | None = None,
    until: date | None = None,
) -> ContactPoint:
    """Fan makes Chen the contact of An's community, since a month ago."""
    return assign_contact(
        world.actor("fan"),
        assigner_id=world.east.pk,
        person_id=(who or person(world)).pk,
        place_id=(place or world.willow).pk,
        term=ContactTerm(since or day(-30), until),
    )


def household(
    world: World,
    who: Person | None = None,
    paired: UUID | None = None,
    entry: HouseholdEntry = LIU,
    **words: Any,
) -> ContactPoint:
    """Ji makes somebody who is registered there the contact of an old woman who lives alone."""
    return entrust_household(
        world.actor("ji"),
        community_id=world.willow.pk,
        person_id=(who or person(world)).pk,
        household=HouseholdRef(words.pop("title", TITLE), paired),
        entry=None if paired else entry,
        term=ContactTerm(words.pop("since", day(-30)), words.pop("until", None)),
    )


def visit(actor: Actor, row: ContactPoint, on: date | None = None, **words: str) -> ContactVisit:
    """The contact tells of a visit of today, or of another day."""
    texts = words or {"heard": "楼道灯坏了，晚上看不清"}
    return note_visit(
        actor, visit_id=uuid4(), contact_id=row.pk, visit=VisitWords(on or clock.today(), **texts)
    )


def values_of(world: World, who: Person, name: str, phone: str) -> dict[str, UUID]:
    """Somebody is the contact of a household of An's community, and was there: what addresses of
    both point at."""
    point = household(world, who, entry=HouseholdEntry(name, "独居", phone, "柳荫里2号楼"))
    told = visit(Actor(None, who.pk, "本人"), point, seen="窗户漏风")
    return {"contact_id": point.pk, "contact_visit_id": told.pk}
