"""The usual way of a registration, for tests that begin in the middle of it."""

from datetime import date

from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.registration.commands import arrivals, letters, presentations
from baodao.registration.models import Registration
from tests import factories
from tests.world import World


def issued(world: World, person: Person | None = None) -> Registration:
    """A letter of Deng's unit, to the home community (Chen's is An's)."""
    who = person or world.people["chen"]
    batch = letters.issue_letters(world.actor("deng"), person_ids=[who.pk])
    assert batch.refused == []
    return batch.done[0]


def submitted(world: World, person: Person | None = None) -> Registration:
    """The letter presented by the unit."""
    registration = issued(world, person)
    deng = world.actor("deng")
    return presentations.present_group(deng, registration_ids=[registration.pk]).done[0]


def accepted(world: World, person: Person | None = None) -> Registration:
    """The letter received by An."""
    registration = submitted(world, person)
    return arrivals.accept(world.actor("an"), registration_ids=[registration.pk]).done[0]


def returned(world: World) -> Registration:
    """Chen's letter given back by An."""
    registration = submitted(world)
    return arrivals.return_to_member(
        world.actor("an"), registration_id=registration.pk, reason="地址不符"
    )


def members(world: World, count: int, branch: Organisation | None = None) -> list[Person]:
    """More members of Chen's branch, all living in An's community."""
    return [
        factories.member(
            f"党员{'甲乙丙丁戊己庚辛壬癸'[i % 10]}{i // 10 or ''}",
            branch or world.first,
            home_community=world.willow,
            pinyin=f"dang yuan {i:04d}",
            joined_on=date(2005, 7, 1),
        )
        for i in range(count)
    ]


def fresh(registration: Registration) -> Registration:
    """The row as the database has it now."""
    return Registration.objects.select_related("letter").get(pk=registration.pk)
