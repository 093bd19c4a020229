"""Units reorganised: split among others with branches, members and contract, and dissolved."""

import pytest

from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.kernel.errors import Refused
from baodao.ledger.queries.records import records
from baodao.notices.models import Notice
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation, Successor
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.partnership.models import UnitRegistration
from baodao.partnership.queries import partner_community
from baodao.people.commands.departures import end_membership
from baodao.people.commands.transfers import propose_transfer
from baodao.people.models import Membership, UnitTransfer
from baodao.people.queries.members import current, unit_of
from baodao.people.rules.departures import Ending
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registrations
from tests import factories
from tests.ledger import steps as served
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done, fresh, partner, undone
from tests.people.steps import clerk_elsewhere
from tests.registration import steps as road
from tests.world import World


@pytest.fixture
def bridges(world: World) -> Organisation:
    """The bureau beside which the unit is split."""
    return factories.organisation(Kind.UNIT, "区桥隧中心党总支", world.east)


def test_a_unit_is_split_with_its_branches_members_and_contract(
    world: World, bridges: Organisation
) -> None:
    """Each branch goes where it is given with who is in it; what the unit itself had goes to the
    first that takes over; a member stays registered where they are."""
    partner(world)
    registration = road.accepted(world)
    chen = world.people["chen"]
    shares = {world.second.pk: bridges.pk}
    aim = Aim(Reform.SPLIT, successor_id=world.commission.pk, shares=shares)
    act = done(world, world.bureau, aim)
    assert fresh(world.first).parent == world.commission
    assert fresh(world.second).parent == bridges
    assert standing_of(fresh(world.bureau)) == world.commission
    assert {row.successor for row in Successor.objects.all()} == {world.commission, bridges}
    assert unit_of(current().get(person=chen).branch) == world.commission
    assert road.fresh(registration).state == "accepted"
    assert partner_community(world.bureau) is None
    assert not world.actor("dai").may(Permission.PERSON_READ, world.first.path)
    [notice] = Notice.objects.filter(kind="organisation-taken-over")
    assert (notice.person, notice.facts["target"]) == (chen, world.commission.name)
    undone(world, act)
    assert Notice.objects.filter(kind="organisation-restored", person=chen).exists()
    assert fresh(world.first).parent == fresh(world.second).parent == world.bureau
    assert partner_community(world.bureau) == world.willow
    assert unit_of(current().get(person=chen).branch) == world.bureau


def test_a_unit_moved_to_another_authority_keeps_all_and_is_read_by_who_stands_above_it_now(
    world: World,
) -> None:
    partner(world)
    registration = road.accepted(world)
    served.recorded(world, served.entry(world.people["chen"].pk))
    act = done(world, world.bureau, Aim(Reform.MOVED, parent_id=world.west.pk))
    above = factories.account("西督", Role.SUPERVISOR, world.west, username="xi")
    world.accounts["xi"] = above
    assert partner_community(fresh(world.bureau)) == world.willow
    for name, reads in (("dai", True), ("xi", True), ("fan", False)):
        actor = world.actor(name)
        assert actor.may(Permission.FIGURE_READ, fresh(world.bureau).path) is reads, name
        assert registrations(actor).filter(pk=registration.pk).exists(), "fan's by the community"
        assert records(actor).filter(branch=world.first).exists()
    undone(world, act)
    assert fresh(world.bureau).parent == world.east


def test_a_unit_is_dissolved_once_nobody_is_left_and_nothing_of_it_goes_on(world: World) -> None:
    partner(world)
    registration = road.accepted(world)
    chen = world.people["chen"]
    with pytest.raises(Refused, match=r"organisation\.in-the-way") as refusal:
        done(world, world.bureau, Aim(Reform.DISSOLVED))
    members = Membership.objects.filter(branch__parent=world.bureau, closed_at=None)
    assert str(members.count()) in refusal.value.text()
    clerk_elsewhere(world)
    propose_transfer(
        world.actor("lin"),
        person_id=world.people["hao"].pk,
        unit_id=world.bureau.pk,
        on=clock.today(),
    )
    for member in members.order_by("pk"):
        end_membership(
            world.actor("dai"), person_id=member.person_id, ending=Ending.LEFT, on=clock.today()
        )
    done(world, world.bureau, Aim(Reform.DISSOLVED))
    closed = Organisation.objects.filter(path__startswith=world.bureau.path, closed_at=None)
    assert not closed.exists()
    assert road.fresh(registration).state == "ended"
    assert not UnitRegistration.objects.filter(unit=world.bureau, state="accepted").exists()
    assert not UnitTransfer.objects.filter(unit=world.bureau, state="proposed").exists()
    assert not Registration.objects.filter(person=chen, state="accepted").exists()
    assert not world.actor("dai").grants


def test_what_a_unit_was_to_organise_goes_to_who_takes_over_or_to_the_community(
    world: World,
) -> None:
    unit = factories.organisation("unit", "电梯公司党支部", world.east)
    ahead, held = (
        offered.published(world),
        offered.published(world, starts_at=offered.hour(1), ends_at=offered.hour(1, 11)),
    )
    back = offered.published(world)
    ours = Offer.objects.filter(pk__in=[ahead.pk, held.pk, back.pk])
    ours.update(organiser=unit)
    Offer.objects.filter(pk=back.pk).update(state="returned")

    def now() -> list[object]:
        states = {row.pk: (row.organiser.name, row.state) for row in ours.all()}
        return [states[one.pk] for one in (ahead, held, back)]

    before = [(unit.name, "published"), (unit.name, "published"), (unit.name, "returned")]
    with clock.at(offered.hour(1, 20)):
        act = done(world, unit, Aim(Reform.MERGED, successor_id=world.commission.pk))
        assert now() == [(world.commission.name, "published"), *before[1:]]
        undone(world, act)
        assert now() == before
        act = done(world, unit, Aim(Reform.DISSOLVED))
        assert now() == [("柳荫社区", "published"), before[1], (unit.name, "cancelled")]
        told = Notice.objects.get(kind="organiser-gone")
        assert (told.organisation, told.about) == (world.willow, ahead.pk)
        undone(world, act)
        assert now() == before
