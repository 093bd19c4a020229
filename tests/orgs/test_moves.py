"""A grid, a team or a branch that is moved alone: what becomes of who stands in it."""

from datetime import timedelta

import pytest

from baodao.claims.commands import claims
from baodao.claims.queries.seats import departed_seats, seats_of
from baodao.claims.tasks import ask_next, end_claims_of_departed
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.ledger.queries.records import records
from baodao.notices.models import Notice
from baodao.orgs.models import Organisation
from baodao.orgs.queries.reorganisations import handover_lines, plan_of
from baodao.orgs.rules.handovers import Aim, Fate, Reform
from baodao.people.queries.members import current, unit_of
from baodao.registration.commands import placements
from baodao.registration.queries.desks import hosted
from baodao.teams import tasks
from baodao.teams.commands import memberships
from baodao.teams.models import TeamLeader, TeamRequest
from baodao.teams.queries.teams import grid_counts, led_teams, mates
from tests import factories
from tests.ledger import steps as served
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done, fresh, partner, undone
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.teams import steps as teamed
from tests.world import World


def elsewhere(world: World) -> Aim:
    """Into the community next door, where none of them is registered."""
    return Aim(Reform.MOVED, parent_id=world.bridge.pk)


def placed(world: World) -> None:
    """Chen stands in the grid and in the team that he leads."""
    chen = offered.chen(world)
    row = teamed.registration_of(chen)
    placements.place(
        world.actor("an"), registration_id=row.pk, grid_id=world.grid.pk, team_id=world.team.pk
    )
    teamed.led_by(world, chen)


def places(world: World) -> tuple[Organisation | None, Organisation | None]:
    [row] = hosted(world.actor("an"), world.willow)
    return row.grid, row.team


def test_who_stands_in_a_grid_that_is_moved_stays_registered_and_keeps_the_team(
    world: World,
) -> None:
    placed(world)
    lines = handover_lines(plan_of(world.grid, elsewhere(world)))
    assert [line.count for line in lines if line.fate is Fate.ENDS] == [1]
    act = done(world, world.grid, elsewhere(world))
    assert places(world) == (None, world.team)
    assert grid_counts(world.willow) == grid_counts(world.bridge) == {}
    undone(world, act)
    assert places(world) == (world.grid, world.team)


def test_a_team_that_is_moved_leaves_its_members_and_tells_their_names_to_nobody(
    world: World,
) -> None:
    placed(world)
    chen = world.actor("chen")
    act = done(world, world.team, elsewhere(world))
    assert places(world) == (world.grid, None)
    assert not led_teams(chen).exists()
    page = text(browser(world, "bao").get(f"/teams/{world.team.pk}/"))
    assert chen.name not in page
    assert Notice.objects.get(kind="team-leader-relieved").person_id == chen.person_id
    tasks.end_departed()
    undone(world, act)
    assert places(world) == (world.grid, world.team)
    assert led_teams(chen).get() == world.team


@pytest.mark.parametrize("reform", [Reform.SPLIT, Reform.DISSOLVED])
def test_who_led_a_team_or_asked_for_it_does_so_again_when_it_is_undone_after_a_night(
    world: World, reform: Reform
) -> None:
    leader, asking = offered.registered(world, 2)
    teamed.put(world, leader)
    teamed.led_by(world, leader)
    memberships.request_membership(asking, team_id=world.team.pk)
    aim = Aim(reform)
    if reform is Reform.SPLIT:
        shares = {world.team.pk: world.north.pk}
        aim = Aim(reform, successor_id=world.bridge.pk, shares=shares)
    act = done(world, world.willow, aim)
    tasks.end_departed()
    assert not led_teams(leader).exists()
    assert TeamLeader.objects.get().until is not None
    assert TeamRequest.objects.get().state == "lapsed"
    undone(world, act)
    tasks.end_departed()
    assert led_teams(leader).get() == world.team
    assert TeamRequest.objects.get().state == "waiting"
    assert [row.person_id for row in mates(fresh(world.team))] == [leader.person_id]


def test_the_places_of_a_team_that_goes_elsewhere_end_with_it_and_come_back_with_the_undo(
    world: World,
) -> None:
    """Alike before and after a night, but for a place that was taken meanwhile."""
    leader, mate, other = teamed.team(world, 2) + offered.registered(world, 1)
    later = {"starts_at": offered.hour(8), "ends_at": offered.hour(8, 11)}
    offer, full = offered.published(world), offered.published(world, places=1, **later)
    claim = teamed.claimed(world, offer, leader, leader, mate)
    teamed.claimed(world, full, leader, mate)
    offered.claimed(full, other)
    act = done(world, world.team, elsewhere(world))
    assert offered.states(offer) == ["left"]
    assert offered.states(full) == ["left", "waiting"], "the next is asked in the night"
    told = Notice.objects.filter(kind="claim-out-of-reach", about=claim.pk)
    assert set(told.values_list("person", flat=True)) == {leader.person_id, mate.person_id}
    undone(world, act)
    assert (offered.states(offer), offered.states(full)) == (["active"], ["active", "waiting"])
    act = done(world, world.team, elsewhere(world))
    end_claims_of_departed()
    ask_next(str(full.pk))
    undone(world, act)
    end_claims_of_departed()
    assert offered.states(offer) == ["active"]
    assert len(seats_of([claim])[claim.pk]) == offered.fresh(claim).places == 2
    assert offered.states(full) == ["left", "invited"]


def test_a_seat_of_who_goes_to_another_unit_with_their_branch_ends_and_the_claim_goes_on(
    world: World,
) -> None:
    """The places of those who stay are theirs; undone, everybody serves again."""
    partner(world)
    chen = offered.chen(world)
    [mate] = road.members(world, 1, world.second)
    road.accepted(world, mate)
    offer = offered.published(world)
    claim = claims.claim_for(
        world.actor("deng"),
        offer_id=offer.pk,
        organisation_id=world.bureau.pk,
        person_ids=[chen.person_id or mate.pk, mate.pk],
    )
    act = done(world, world.first, Aim(Reform.MOVED, parent_id=world.commission.pk))
    end_claims_of_departed()
    assert (offered.states(offer), offered.fresh(claim).places) == (["active"], 1)
    undone(world, act)
    end_claims_of_departed()
    assert (offered.states(offer), offered.fresh(claim).places) == (["active"], 2)


def test_a_branch_that_is_moved_alone_takes_its_members_with_their_papers_and_services_along(
    world: World,
) -> None:
    world.accounts["he"] = factories.account("何秘", Role.UNIT_SECRETARY, world.commission)
    registration = road.accepted(world)
    chen = world.people["chen"]
    served.recorded(world, served.entry(chen.pk))
    letter = f"/registrations/{registration.pk}/introduction-letter.html"

    def printed(name: str) -> str:
        return text(browser(world, name).get(letter)).partition('class="paper')[2]

    before = printed("deng")
    assert world.bureau.name in before
    act = done(world, world.first, Aim(Reform.MOVED, parent_id=world.commission.pk))
    assert unit_of(current().get(person=chen).branch) == world.commission
    assert printed("he") == before, "it still names the unit of its day"
    for name, reads in (("he", True), ("deng", False)):
        assert records(world.actor(name)).filter(branch=world.first).exists() is reads
    assert browser(world, "deng").get(letter).status_code == 404
    served.recorded(world, served.entry(chen.pk, served_on=clock.today() - timedelta(days=1)))
    assert not departed_seats().exists()
    told = Notice.objects.filter(kind="organisation-moved")
    concerned = {(None, world.bureau.pk), (None, world.commission.pk), (chen.pk, None)}
    assert concerned <= set(told.values_list("person", "organisation"))
    undone(world, act)
    assert printed("deng") == before
