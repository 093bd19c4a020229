"""Records when the world changes: a ledger moves with its owner, a service keeps its branch."""

from datetime import date

import pytest

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.ledger.commands.corrections import correct, reverse
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries import records as queries
from baodao.people.models import Membership
from tests.ledger.steps import entry, record, recorded
from tests.orgs.steps import move
from tests.world import World

MAY, JULY = date(2026, 5, 4), date(2026, 7, 4)
MOVED = date(2026, 6, 10)


def branch_changed(world: World) -> None:
    """On 10 June Chen went from the first branch to the second."""
    chen = world.people["chen"]
    Membership.objects.filter(person=chen).update(to_on=MOVED, closed_at=clock.now())
    Membership.objects.create(
        person=chen, branch=world.second, standing="in-service", grade="full", from_on=MOVED
    )


def test_a_community_that_moves_to_another_street_keeps_its_ledger(world: World) -> None:
    made = record(world)
    move(world.actor("sun"), organisation_id=world.willow.pk, parent_id=world.north_street.pk)
    an = world.actor("an")
    assert [row.id for row in queries.records(an)] == [made.id]
    undone = reverse(an, community_id=made.community_id, record_id=made.id, reason="记错人")
    assert undone.branch == world.first
    assert [row.id for row in queries.records(an, Permission.RECORD_REVERSE)].count(made.id) == 1


def test_a_unit_that_moves_to_another_authority_keeps_its_ledger(world: World) -> None:
    record(world)
    move(world.actor("sun"), organisation_id=world.bureau.pk, parent_id=world.west.pk)
    deng = world.actor("deng")
    world.bureau.refresh_from_db()
    assert queries.records(deng).count() == 1
    assert queries.records_of_members(deng, world.bureau).count() == 1
    assert set(queries.by_branch(deng, world.bureau).answer()) == {world.first.pk}


def test_a_service_belongs_to_the_branch_of_its_day(world: World) -> None:
    branch_changed(world)
    record(world, served_on=MAY)
    record(world, served_on=JULY)
    assert list(ServiceRecord.objects.order_by("seq").values_list("branch", flat=True)) == [
        world.first.pk,
        world.second.pk,
    ]


@pytest.mark.parametrize("day", [MAY, JULY])
def test_a_correction_keeps_the_branch_of_what_it_corrects(world: World, day: date) -> None:
    made = record(world, served_on=MAY)
    branch_changed(world)
    right = entry(made.person_id, served_on=day, minutes=45)
    done = correct(
        world.actor("an"),
        community_id=made.community_id,
        record_id=made.id,
        entry=right,
        reason="记错时长",
    )
    assert done.branch == world.first
    assert ServiceRecord.objects.get(reverses=made.id).branch == world.first


def test_who_left_the_roster_still_has_last_weeks_service_recorded_and_corrected(
    world: World,
) -> None:
    chen = world.people["chen"]
    Membership.objects.filter(person=chen).update(to_on=date(2026, 7, 6), closed_at=clock.now())
    [made] = recorded(world, entry(chen.pk, served_on=JULY)).done
    right = entry(chen.pk, served_on=JULY, minutes=45)
    done = correct(
        world.actor("an"),
        community_id=made.community_id,
        record_id=made.id,
        entry=right,
        reason="记错时长",
    )
    assert (made.branch, done.branch) == (world.first, world.first)
