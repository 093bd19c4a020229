"""Short ways to two entries under one number, for tests that begin in the middle."""

from typing import Any

from baodao.identities.commands.corrections import confirm_number, propose_number
from baodao.kernel.authz import Role
from baodao.people.models import Person
from tests import factories
from tests.people import steps
from tests.world import World

WHY: dict[str, Any] = {"reason": "两个单位登记了同一号码", "evidence": "与本人身份证原件核对"}
Entries = tuple[Person, Person]


def entries_under_one_number(world: World) -> Entries:
    """Luo, whom Dai entered under the number of Hao's colleague next door, and that colleague; two
    supervisors of the city, Lu and He."""
    number = factories.id_number()
    holder = factories.member("郝二鸣", world.office, id_number=number)
    for name, username in (("陆督", "lu"), ("何督", "he")):
        world.accounts[username] = factories.account(
            name, Role.SUPERVISOR, world.city, username=username
        )
    return steps.added(world, number), holder


def corrected(world: World, person: Person, number: str, second: str = "he") -> Person:
    """Lu types the number of one of the two, and `second` confirms it."""
    correction = propose_number(world.actor("lu"), person_id=person.pk, id_number=number, **WHY)
    return confirm_number(world.actor(second), correction_id=correction.pk, id_number=number)
