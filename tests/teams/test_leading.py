"""Who leads a team when, and to whom its questions go."""

from datetime import timedelta

from django.db.models.signals import post_save

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.undo import take_back
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.orgs.commands import organisations
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands.placements import place_many
from baodao.registration.models import RegistrationStage
from baodao.teams import tasks
from baodao.teams.commands import memberships, teams
from baodao.teams.models import TeamLeader
from baodao.teams.queries.teams import led_teams, mates
from tests.offers import steps as offers
from tests.teams import steps
from tests.world import World


def addressees(kind: str = "team-asked") -> set[object]:
    """The persons and organisations of whom notices of this kind ask something now."""
    rows = with_closed(Notice.objects.filter(kind=kind)).filter(closed=False)
    return {row.person_id or row.organisation_id for row in rows}


def join(world: World, *members: Actor) -> None:
    """An takes in whoever asked."""
    rows = [memberships.request_membership(one, team_id=world.team.pk).pk for one in members]
    memberships.decide_requests(world.actor("an"), request_ids=rows, approve=True)


def test_requests_that_wait_are_put_to_who_leads_the_team_now(world: World) -> None:
    one, two, newcomer = offers.registered(world, 3)
    steps.put(world, one, two)
    memberships.request_membership(newcomer, team_id=world.team.pk)
    assert addressees() == {world.willow.pk}
    first = steps.led_by(world, one)
    assert addressees() == {one.person_id}
    steps.led_by(world, two)
    assert addressees() == {one.person_id, two.person_id}
    teams.relieve_leader(world.actor("an"), leader_id=first.pk)
    assert addressees() == {two.person_id}
    steps.leave(world, two, world.team.pk)
    assert addressees() == {world.willow.pk}
    assert addressees("team-leaderless") == {world.willow.pk}
    before = Notice.objects.count()
    tasks.end_departed()
    assert Notice.objects.count() == before


def test_requests_of_a_leader_whom_the_worker_moved_go_to_the_community_by_night(
    world: World,
) -> None:
    leader, other = steps.team(world, 2)
    newcomer = offers.chen(world)
    memberships.request_membership(newcomer, team_id=world.team.pk)
    there = teams.create_team(
        world.actor("an"), community_id=world.willow.pk, name="邻里队", bond="place"
    )
    world.places["there"] = there
    with clock.at(clock.now() + timedelta(hours=2)):
        steps.put(world, leader, team="there")
    with clock.at(clock.now() + timedelta(days=1)):
        tasks.end_departed()
    stage = RegistrationStage.objects.get(subject__person=leader.person_id, team=world.team)
    assert TeamLeader.objects.get().until == stage.until
    assert addressees() == {world.willow.pk}
    assert [row.person_id for row in mates(world.team)] == [other.person_id]


def test_who_left_and_is_taken_in_again_leads_no_longer(world: World) -> None:
    leader, _ = steps.team(world, 2)
    steps.leave(world, leader, world.team.pk)
    join(world, leader)
    assert not led_teams(leader).exists()
    stages = RegistrationStage.objects.filter(subject__person=leader.person_id, team=world.team)
    assert TeamLeader.objects.get().until == stages.order_by("since")[0].until


def test_whom_the_worker_moved_and_the_team_takes_in_again_leads_no_longer(world: World) -> None:
    leader, _ = steps.team(world, 2)
    there = teams.create_team(
        world.actor("an"), community_id=world.willow.pk, name="邻里队", bond="place"
    )
    world.places["there"] = there
    steps.put(world, leader, team="there")
    join(world, leader)
    assert not led_teams(leader).exists()


def test_the_leader_is_told_whom_the_worker_moved_out_of_the_team(world: World) -> None:
    leader, member = steps.team(world, 2)
    there = teams.create_team(
        world.actor("an"), community_id=world.willow.pk, name="邻里队", bond="place"
    )
    world.places["there"] = there
    steps.put(world, member, team="there")
    told = Notice.objects.get(kind="team-left")
    assert (told.person_id, told.facts["name"]) == (leader.person_id, member.name)
    steps.put(world, leader, team="there")
    assert Notice.objects.filter(kind="team-left").count() == 1


def test_the_leader_hears_of_many_who_were_moved_out_at_once_in_one_sentence(world: World) -> None:
    leader, *others = steps.team(world, 6)
    there = teams.create_team(
        world.actor("an"), community_id=world.willow.pk, name="邻里队", bond="place"
    )
    world.places["there"] = there
    steps.put(world, *others, team="there")
    [told] = Notice.objects.filter(person=leader.person_id, kind__startswith="team-left")
    assert told.facts["count"] == 5
    assert str(told.facts["names"]).count("、") == 2


def test_who_leads_the_team_hears_nothing_of_a_move_that_is_taken_back(world: World) -> None:
    leader, *others = steps.team(world, 4)
    an = world.actor("an")
    there = teams.create_team(an, community_id=world.willow.pk, name="邻里队", bond="place")
    ids = [steps.registration_of(one).pk for one in others]
    told = Notice.objects.filter(person=leader.person_id)
    batch = place_many(an, registration_ids=ids, places={Kind.TEAM: there.pk})
    assert told.filter(kind="team-left-together").exists()
    take_back(an, undo_id=batch.undo_id or ids[0])
    assert not told.filter(kind__startswith="team-").exclude(kind="team-leader").exists()
    batch = place_many(an, registration_ids=ids, places={Kind.TEAM: there.pk})
    told.update(read_at=clock.now())
    take_back(an, undo_id=batch.undo_id or ids[0])
    assert told.get(kind="team-back").facts["count"] == 3
    batch = place_many(an, registration_ids=ids, places={Kind.TEAM: there.pk})
    steps.leave(world, others[0], there.pk)
    take_back(an, undo_id=batch.undo_id or ids[0])
    last = told.filter(kind="team-back").order_by("-created_at").first()
    assert last is not None
    assert last.facts["count"] == 2, "one stays as they are, and two are back"


def test_nobody_is_asked_to_name_a_leader_of_a_team_without_members(world: World) -> None:
    [leader] = steps.team(world, 1)
    steps.leave(world, leader, world.team.pk)
    tasks.end_departed()
    assert not Notice.objects.filter(kind="team-leaderless").exists()
    organisations.close(world.actor("an"), organisation_id=world.team.pk)
    tasks.end_departed()
    assert not Notice.objects.filter(kind="team-leaderless").exists()


def test_a_leadership_that_ended_meanwhile_does_not_end_the_night(world: World) -> None:
    leaders = steps.team(world, 3)
    newcomer = offers.chen(world)
    asks = memberships.request_membership(newcomer, team_id=world.team.pk)
    steps.led_by(world, leaders[1])
    organisations.close(world.actor("an"), organisation_id=world.team.pk)

    def end_the_other(instance: TeamLeader, **_: object) -> None:
        others = TeamLeader.objects.exclude(pk=instance.pk)
        others.filter(until=None).update(until=clock.now())

    post_save.connect(end_the_other, sender=TeamLeader)
    try:
        tasks.end_departed()
    finally:
        post_save.disconnect(end_the_other, sender=TeamLeader)
    asks.refresh_from_db()
    assert asks.state == "lapsed"
