"""What becomes of lists and claims of them when units merge and communities split or close."""

from datetime import datetime, timedelta

import pytest

from baodao.agreements.queries.progress import progress_in
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import total
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, read_period
from baodao.notices.models import Notice
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.resources.commands import claims, projects
from baodao.resources.queries.lists import resources_in
from tests import factories
from tests.agreements import steps as agreed_steps
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


def figure(place: Organisation, at: datetime, code: str) -> int:
    """What a table as of an instant said of the year so far."""
    as_of = AsOf(at)
    period = read_period(str(clock.local(at).year), as_of)
    metrics = (METRICS[code],)
    query = FigureQuery(place, place_then(place, as_of), metrics, as_of, period)
    return total(query.by_child().values(), metrics)[code]


@pytest.mark.parametrize("who", ["bureau", "willow"])
def test_what_was_counted_before_a_merger_stays_where_it_was(world: World, who: str) -> None:
    partner(world)
    hall, project, done_one = steps.hall(world), steps.project(world), steps.project(world)
    need, agreement = steps.need(world), agreed_steps.signed(world)
    steps.lent(world, hall, days=9)
    for one in (project, done_one):
        steps.joined(world, one)
    taken = claims.claim_need(world.actor("dai"), unit_id=world.bureau.pk, need_id=need.pk)
    claims.accept_claim(world.actor("an"), list_claim_id=taken.pk)
    projects.close_project(world.actor("an"), project_id=done_one.pk)
    before = clock.now()
    said = {"resources_offered": world.bureau} | dict.fromkeys(
        ("needs_taken", "projects_going", "projects_done"), world.willow
    )
    assert [figure(place, before, code) for code, place in said.items()] == [1, 1, 1, 1]
    heir = world.commission if who == "bureau" else world.bridge
    with clock.at(before + timedelta(hours=1)):
        act = done(world, world.places[who], Aim(Reform.MERGED, successor_id=heir.pk))
        assert [figure(place, before, code) for code, place in said.items()] == [1, 1, 1, 1]
        after = clock.now() + timedelta(minutes=1)
        now = {**said, "resources_offered": heir} if who == "bureau" else dict.fromkeys(said, heir)
        now["resources_offered"] = heir if who == "bureau" else world.bureau
        assert [figure(place, after, code) for code, place in now.items()] == [1, 1, 1, 1]
        ended = agreed_steps.fresh(agreement)
        assert progress_in(ended).projects == 1, "what was done in its time stays counted"
        undone(world, act)
        project.refresh_from_db()
        assert (project.community, project.former_community) == (world.willow, None)


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
