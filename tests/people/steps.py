"""Short ways to what units do with their members, for tests that begin in the middle."""

from datetime import date, timedelta

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.people.commands.memberships import NewMember, add_member
from baodao.people.commands.transfers import accept_transfer, propose_transfer
from baodao.people.models import Person, UnitTransfer
from baodao.people.queries.members import current
from tests import factories
from tests.world import World


def yesterday() -> date:
    return clock.today() - timedelta(days=1)


def facts(branch: Organisation, **values: object) -> dict[str, object]:
    """What a unit writes of somebody, by the names of facts."""
    empty = dict.fromkeys(
        ("position", "specialty", "interests", "address", "ethnicity", "education"), ""
    )
    usual = {
        "name": "罗新",
        "phone": "13900001111",
        "joined_on": date(2001, 7, 1),
        "grade": "full",
        "standing": "in-service",
        "lives_in_city": True,
        "branch": branch,
    }
    return {"home_community": None, **empty, **usual, **values}


def added(world: World, id_number: str = "", *, is_other: bool = False, **values: object) -> Person:
    """Added by Dai to the first branch."""
    member = NewMember(
        id_number=id_number or factories.id_number(),
        from_on=yesterday(),
        values=facts(world.first, **values),
        is_other=is_other,
    )
    return add_member(world.actor("dai"), unit_id=world.bureau.pk, member=member)


def clerk_elsewhere(world: World) -> None:
    """Lin keeps the members of the other unit."""
    world.accounts["lin"] = factories.account(
        "林青", factories.Role.UNIT_CLERK, world.commission, username="lin"
    )


def proposed(world: World) -> UnitTransfer:
    """Dai lets Chen go to the other unit."""
    if "lin" not in world.accounts:
        clerk_elsewhere(world)
    return propose_transfer(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        unit_id=world.commission.pk,
        on=yesterday(),
        note="调往市发展委",
    )


def transferred(world: World) -> UnitTransfer:
    """Lin takes Chen into the office's branch."""
    transfer = proposed(world)
    return accept_transfer(world.actor("lin"), transfer_id=transfer.pk, branch_id=world.office.pk)


def branch_of(person: Person) -> Organisation | None:
    row = current().filter(person=person).first()
    return row.branch if row else None
