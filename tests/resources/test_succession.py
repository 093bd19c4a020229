"""What becomes of lists and claims of them when units merge and communities split or close."""

from datetime import timedelta

from baodao.kernel import clock
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.resources.commands import claims
from baodao.resources.queries.lists import resources_in
from tests import factories
from tests.orders.steps import partner
from tests.orgs.test_reorganisations import done, undone
from tests.resources import steps
from tests.world import World


def test_the_list_of_a_merged_unit_goes_to_its_successor_and_back(world: World) -> None:
    partner(world)
    row, need = steps.hall(world), steps.need(world)
    soon, later = steps.lent(world, row, days=1), steps.lent(world, row, days=9)
    dai = world.actor("dai")
    taken = claims.claim_need(dai, unit_id=world.bureau.pk, need_id=need.pk)
    with clock.at(clock.now() + timedelta(days=3)):
        act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
        for one in (row, soon, later, taken):
            one.refresh_from_db()
        assert row.unit == world.commission
        assert (soon.unit, later.unit, taken.unit) == (
            world.bureau,
            world.commission,
            world.commission,
        ), "what is over stays with whom it was lent by"
        undone(world, act)
    later.refresh_from_db()
    row.refresh_from_db()
    assert (row.unit, later.unit) == (world.bureau, world.bureau)


def test_what_a_split_community_claimed_goes_to_its_first_successor(world: World) -> None:
    partner(world)
    row, project = steps.lent(world, steps.hall(world)), steps.project(world)
    steps.joined(world, project)
    aim = Aim(Reform.SPLIT, successor_id=world.bridge.pk, further=[world.north.pk])
    done(world, world.willow, aim)
    for one in (row, project):
        one.refresh_from_db()
        assert one.community == world.bridge
    assert resources_in(world.actor("bao"), world.bridge).exists()


def test_with_a_community_that_nobody_follows_what_is_ahead_ends_and_the_unit_is_told(
    world: World,
) -> None:
    partner(world)
    row, project = steps.lent(world, steps.hall(world)), steps.project(world)
    claim = steps.joined(world, project)
    factories.organisation("community", "新社区", world.willow_street)
    done(world, world.willow, Aim(Reform.DISSOLVED))
    for one in (row, project, claim):
        one.refresh_from_db()
    assert (row.state, project.state, claim.state) == ("ended", "withdrawn", "ended")
    told = Notice.objects.filter(kind="list-ended", organisation=world.bureau)
    assert told.count() == 2
