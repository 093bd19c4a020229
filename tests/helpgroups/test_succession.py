"""Neighbours who help when their community is merged or dissolved, when that is undone, and when a
aide leaves the unit: groups, talents, the alliance, hours."""

import pytest

from baodao.alliance.commands.appointments import APPOINTMENTS
from baodao.alliance.queries.alliance import members_in
from baodao.alliance.queries.appointments import appointments_in
from baodao.bookings.commands.bookings import confirm_booking
from baodao.helpgroups.commands.groups import found_group
from baodao.helpgroups.commands.households import close_over
from baodao.helpgroups.models import GroupAide, HelpGroup
from baodao.helpgroups.queries.groups import groups_in, own_stands
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import Refused
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.commands.departures import end_membership, retire
from baodao.people.rules.departures import Ending
from baodao.residents.models import HouseholdFile
from baodao.talents.queries.talents import talents_in
from baodao.timebank.commands.accounts import donate_to_pool
from tests.alliance import steps as alliance
from tests.helpgroups import steps
from tests.orgs.test_reorganisations import done, undone
from tests.residents import steps as files
from tests.talents import steps as talents
from tests.timebank import steps as hours
from tests.world import World


def test_a_group_goes_on_with_the_successor_and_stands_again_when_that_is_undone(
    world: World,
) -> None:
    row, stand, member = steps.at_work(world)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert list(groups_in(world.actor("bao"), world.bridge)) == [row]
    assert [one.pk for one in own_stands(member).answer()] == [stand.pk]
    undone(world, act)
    assert list(groups_in(world.actor("bao"), world.bridge)) == []
    assert [one.pk for one in own_stands(member).answer()] == [stand.pk]


def test_a_group_of_a_grid_that_is_given_up_is_of_its_community(world: World) -> None:
    files.on(world)
    an = world.actor("an")
    row = found_group(an, community_id=world.willow.pk, name="网格小组", grid_id=world.grid.pk)
    file = files.file(world)
    HouseholdFile.objects.update(grid=world.grid)
    act = done(world, world.grid, Aim(Reform.DISSOLVED))
    file.refresh_from_db()
    assert (HelpGroup.objects.get().grid_id, file.grid_id) == (None, None)
    undone(world, act)
    file.refresh_from_db()
    assert (HelpGroup.objects.get().grid_id, file.grid_id) == (world.grid.pk, world.grid.pk)
    assert row.ended_at is None


def test_without_a_successor_groups_end_and_with_them_every_right(world: World) -> None:
    _, _, member = steps.at_work(world)
    with pytest.raises(Refused):
        done(world, world.willow, Aim(Reform.DISSOLVED))
    HouseholdFile.objects.update(community=world.bridge)
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    assert HelpGroup.objects.get().ended_at is not None
    assert own_stands(member).answer() == []
    undone(world, act)
    assert HelpGroup.objects.get().ended_at is None


def test_who_leaves_the_unit_reads_nothing_from_then_on(world: World) -> None:
    _, _, member = steps.at_work(world)
    assert member.person_id
    left = {"person_id": member.person_id, "ending": Ending.LEFT, "on": clock.today()}
    end_membership(world.actor("deng"), **left)
    assert own_stands(member).answer() == []
    assert GroupAide.objects.get().ending == "gone"


def test_who_retires_reads_nothing_until_the_night_writes_so(world: World) -> None:
    _, _, member = steps.at_work(world)
    assert member.person_id
    retire(world.actor("deng"), person_id=member.person_id, on=clock.today())
    assert own_stands(member).answer() == []
    assert close_over(SYSTEM) == 1


def test_the_list_of_talents_is_kept_by_the_successor(world: World) -> None:
    row = talents.talent(world)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert list(talents_in(world.actor("bao"), world.bridge)) == [row]
    undone(world, act)
    assert list(talents_in(world.actor("bao"), world.bridge)) == []
    with pytest.raises(Refused):
        done(world, world.willow, Aim(Reform.DISSOLVED))


def test_the_alliance_goes_on_with_what_is_booked_or_cancels_it(world: World) -> None:
    service = alliance.service(world)
    one = alliance.booked(world, service)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    bao = world.actor("bao")
    assert list(members_in(bao, world.bridge)) == [service.member]
    assert list(appointments_in(bao, world.bridge)) == [one]
    confirm_booking(bao, kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour)
    assert alliance.fresh(one).state == "agreed"
    with pytest.raises(Refused):
        undone(world, act)


def test_dissolved_the_alliance_cancels_what_is_booked_and_undone_it_is_booked_again(
    world: World,
) -> None:
    one = alliance.booked(world, alliance.service(world))
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    assert alliance.fresh(one).state == "cancelled"
    undone(world, act)
    assert alliance.fresh(one).state == "booked"


def test_hours_go_on_with_the_successor_and_bar_what_would_lose_them(world: World) -> None:
    row = hours.with_hours(world)
    pool = hours.pool(world)
    donate_to_pool(world.actor("chen"), minutes=50)
    with pytest.raises(Refused):
        done(world, world.willow, Aim(Reform.DISSOLVED))
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert (hours.booked(row).balance, hours.fresh(pool).balance) == (70, 50)
    assert hours.fresh(row).closed_at is None
    undone(world, act)
    assert (hours.booked(row).balance, hours.fresh(pool).balance) == (70, 50)
