"""How members come into a team and leave it: one fact, with its periods."""

import re
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.urls import reverse

from baodao.accounts.queries import operator
from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.orgs.commands import organisations
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.registration.commands import departures
from baodao.registration.models import RegistrationStage
from baodao.teams import tasks
from baodao.teams.commands import memberships, teams
from baodao.teams.models import TeamLeader, TeamProfile, TeamRequest
from baodao.teams.queries.teams import led_teams, mates
from baodao.teams.rules.teams import DAYS_TO_ANSWER
from tests.claims.test_claiming import refusal
from tests.offers import steps as offers
from tests.orgs.test_reorganisations import done
from tests.registration.browsing import browser, client_id, text
from tests.teams import steps
from tests.ui.test_edits import MEANWHILE, sent, sent_of
from tests.world import World


def test_a_member_asks_and_the_leader_says_yes_with_one_tap(world: World) -> None:
    leader, newcomer = steps.team(world, 1)[0], offers.chen(world)
    chen = browser(world, "chen")
    assert "法律服务队" in text(chen.get("/me/team/"))
    page = chen.get(f"/me/team/{world.team.pk}/join/")
    sent = {"client_id": str(client_id(page)), "words": "会写字"}
    assert "已申请" in text(chen.post(page.wsgi_request.path, sent, follow=True))
    asked = TeamRequest.objects.get()
    assert Notice.objects.get(kind="team-asked").person_id == leader.person_id
    phone = steps.signed_in(leader)
    assert "会写字" in text(phone.get("/me/team/"))
    address = f"/me/team/requests/{asked.pk}/accept/"
    assert "已同意 1 人的申请" in text(phone.post(address, {"client_id": uuid4()}, follow=True))
    assert steps.registration_of(newcomer).team == world.team
    assert Notice.objects.get(kind="team-accepted").person_id == newcomer.person_id
    assert not Notice.objects.filter(kind="registration-placed", person=newcomer.person_id)


def test_a_no_is_told_with_its_reason_and_changes_nothing(world: World) -> None:
    leader, newcomer = steps.team(world, 1)[0], offers.chen(world)
    row = memberships.request_membership(newcomer, team_id=world.team.pk)
    code = refusal(memberships.decide_requests, leader, request_ids=[row.pk], approve=False)
    assert code == "reason.missing"
    memberships.decide_requests(leader, request_ids=[row.pk], approve=False, reason="人数已满")
    assert steps.registration_of(newcomer).team is None
    assert Notice.objects.get(kind="team-declined").facts["reason"] == "人数已满"
    batch = memberships.decide_requests(leader, request_ids=[row.pk], approve=True)
    assert [no.code for _, no in batch.refused] == ["team-request.declined"]


def test_only_the_leader_and_the_community_answer_and_nobody_answers_themselves(
    world: World,
) -> None:
    leader, other = steps.team(world, 2)
    newcomer = offers.chen(world)
    row = memberships.request_membership(newcomer, team_id=world.team.pk)
    for actor in (other, newcomer, world.actor("bao"), world.actor("deng"), world.actor("fan")):
        with pytest.raises(Absent):
            memberships.decide_requests(actor, request_ids=[row.pk], approve=True)
    assert refusal(memberships.request_membership, newcomer, team_id=world.team.pk) == (
        "team-request.waiting"
    )
    assert refusal(memberships.request_membership, leader, team_id=world.team.pk) == (
        "team-request.inside"
    )
    memberships.decide_requests(world.actor("an"), request_ids=[row.pk], approve=True)
    assert mates(world.team).count() == 3


def test_a_team_of_another_community_is_not_there_for_a_member(world: World) -> None:
    chen = offers.chen(world)
    there = teams.create_team(
        world.actor("bao"), community_id=world.bridge.pk, name="桥头队", bond="place"
    )
    with pytest.raises(Absent):
        memberships.request_membership(chen, team_id=there.pk)
    assert browser(world, "chen").get(f"/teams/{there.pk}/").status_code == 404
    with pytest.raises(Absent):
        teams.create_team(
            world.actor("an"), community_id=world.bridge.pk, name="越界队", bond="place"
        )


def test_membership_has_periods_that_no_later_placement_rewrites(world: World) -> None:
    leader, member = steps.team(world, 2)
    [other] = [
        teams.create_team(
            world.actor("an"), community_id=world.willow.pk, name="邻里队", bond="place"
        )
    ]
    with clock.at(clock.now() + timedelta(days=1)):
        row = memberships.request_membership(member, team_id=other.pk)
        memberships.decide_requests(world.actor("an"), request_ids=[row.pk], approve=True)
    assert Notice.objects.get(kind="team-left").person_id == leader.person_id
    with clock.at(clock.now() + timedelta(days=2)):
        steps.leave(world, member, other.pk)
    stages = RegistrationStage.objects.filter(
        subject__person=member.person_id, state="accepted"
    ).order_by("since")
    assert [stage.team_id for stage in stages] == [None, world.team.pk, other.pk, None]
    assert [stage.until for stage in stages][:-1] == [stage.since for stage in stages][1:]


def test_who_asks_to_leave_stays_until_the_leader_agrees_with_one_tap(world: World) -> None:
    leader, member = steps.team(world, 2)
    phone, other = steps.signed_in(member), steps.signed_in(leader)
    page = phone.get(f"/me/team/{world.team.pk}/leave/")
    assert "不会强留" in text(page)
    sent = {"client_id": str(client_id(page)), "words": "搬家了"}
    answer = text(phone.post(page.wsgi_request.path, sent, follow=True))
    assert "您已申请退出" in answer
    assert mates(world.team).count() == 2
    assert "正在等待队长答复" in phone.get(page.wsgi_request.path).content.decode()
    asked = TeamRequest.objects.get()
    assert Notice.objects.get(kind="team-asked-to-leave").person_id == leader.person_id
    assert "搬家了" in text(other.get("/me/team/"))
    address = f"/me/team/requests/{asked.pk}/accept/"
    assert "已同意 1 人的申请" in text(other.post(address, {"client_id": uuid4()}, follow=True))
    assert [row.person_id for row in mates(world.team)] == [leader.person_id]
    assert Notice.objects.get(kind="team-let-leave").person_id == member.person_id
    with pytest.raises(Absent):
        memberships.request_departure(member, team_id=world.team.pk)
    again = partial(memberships.decide_requests, leader, request_ids=[asked.pk], approve=True)
    assert [no.code for _, no in again().refused] == ["team-request.accepted"]


def test_nobody_is_kept_by_a_word_to_stay_or_by_silence(world: World) -> None:
    leader, asked, forgotten, back = steps.team(world, 4)
    leaving = (asked, forgotten, back)
    rows = [memberships.request_departure(one, team_id=world.team.pk) for one in leaving]
    stay = partial(memberships.decide_requests, leader, approve=False, reason="还差两个人")
    stay(request_ids=[rows[0].pk])
    assert Notice.objects.get(kind="team-asked-to-stay").facts["reason"] == "还差两个人"
    assert [no.code for _, no in stay(request_ids=[rows[0].pk]).refused] == [
        "team-request.asked-to-stay"
    ]
    desk = browser(world, "an").get("/teams/").content.decode()
    ticks = {str(row.pk): re.search(rf'<input[^>]*value="{row.pk}"[^>]*>', desk) for row in rows}
    ticked = [row.pk for row in rows if (box := ticks[str(row.pk)]) and " checked" in box[0]]
    assert ticked == [rows[1].pk, rows[2].pk], "who was asked to stay is not answered with others"
    assert "劝您留下：还差两个人" in text(steps.signed_in(asked).get("/me/team/"))
    memberships.withdraw_request(back, request_id=rows[2].pk)
    for days, left in ((DAYS_TO_ANSWER - 1, 4), (DAYS_TO_ANSWER, 2)):
        with clock.at(clock.now() + timedelta(days=days)):
            tasks.end_departed()
        assert mates(world.team).count() == left
    assert {row.person_id for row in mates(world.team)} == {leader.person_id, back.person_id}
    told = Notice.objects.filter(kind="team-left").values_list("person", flat=True)
    assert set(told) == {leader.person_id}


def test_of_who_leads_alone_the_community_answers_and_not_they_themselves(world: World) -> None:
    [leader] = steps.team(world, 1)
    phone = steps.signed_in(leader)
    assert "唯一的队长" in text(phone.get(f"/me/team/{world.team.pk}/leave/"))
    row = memberships.request_departure(leader, team_id=world.team.pk)
    asked = Notice.objects.get(kind="team-asked-to-leave")
    assert asked.organisation_id == world.willow.pk
    assert not with_closed(Notice.objects.filter(pk=asked.pk)).get().closed
    with pytest.raises(Absent):
        memberships.decide_requests(leader, request_ids=[row.pk], approve=True)
    desk = browser(world, "an")
    assert "退队" in text(desk.get("/teams/"))
    sent = {"client_id": uuid4(), "ids": [str(row.pk)], "decision": "approve"}
    assert "已同意 1 人的申请" in text(desk.post("/teams/decide/", sent, follow=True))
    assert not mates(world.team).exists()


def test_who_joins_another_team_in_the_same_act_has_left_by_that(world: World) -> None:
    member, an = steps.team(world, 2)[1], world.actor("an")
    there = teams.create_team(an, community_id=world.willow.pk, name="邻里队", bond="place")
    later = memberships.request_departure(member, team_id=world.team.pk)
    joins = memberships.request_membership(member, team_id=there.pk)
    memberships.decide_requests(an, request_ids=[joins.pk, later.pk], approve=True)
    assert steps.registration_of(member).team == there


def test_a_request_to_leave_lapses_with_what_it_asks_to_leave(world: World) -> None:
    _, member, placed = steps.team(world, 3)
    for one in (member, placed):
        memberships.request_departure(one, team_id=world.team.pk)
    there = teams.create_team(
        world.actor("an"), community_id=world.willow.pk, name="邻里队", bond="place"
    )
    world.places["there"] = there
    steps.put(world, placed, team="there")
    assert "您已申请退出" not in text(steps.signed_in(placed).get("/me/team/"))
    organisations.close(world.actor("an"), organisation_id=world.team.pk)
    with clock.at(clock.now() + timedelta(days=DAYS_TO_ANSWER)):
        tasks.end_departed()
    assert set(TeamRequest.objects.values_list("state", flat=True)) == {"lapsed"}
    assert not Notice.objects.filter(kind="team-lapsed").exists()
    assert steps.registration_of(placed).team == there


def test_names_are_for_who_is_in_the_team_and_who_works_there(world: World) -> None:
    leader, member = steps.team(world, 2)
    offers.chen(world)
    address = f"/teams/{world.team.pk}/"
    outside = text(browser(world, "chen").get(address))
    assert leader.name in outside
    assert member.name not in outside
    assert member.name in text(steps.signed_in(leader).get(address))
    assert member.name in text(browser(world, "an").get(address))
    assert browser(world, "bao").get(address).status_code == 404


def test_a_leader_who_left_has_no_power_and_the_community_is_asked_for_another(
    world: World,
) -> None:
    leader, member = steps.team(world, 2)
    newcomer = offers.chen(world)
    row = memberships.request_membership(newcomer, team_id=world.team.pk)
    steps.leave(world, leader, world.team.pk)
    assert not led_teams(leader).exists()
    with pytest.raises(Absent):
        memberships.decide_requests(leader, request_ids=[row.pk], approve=True)
    tasks.end_departed()
    tasks.end_departed()
    told = Notice.objects.get(kind="team-leaderless")
    assert told.organisation_id == world.willow.pk
    assert TeamLeader.objects.get().until is not None
    steps.led_by(world, member)
    assert led_teams(member).get() == world.team


def test_only_a_member_of_the_team_leads_it_and_is_relieved_with_a_word(world: World) -> None:
    [leader] = steps.team(world, 1)
    chen = offers.chen(world)
    an, row = world.actor("an"), steps.registration_of(chen)
    told = {"team_id": world.team.pk, "registration_id": row.pk}
    assert refusal(teams.name_leader, an, **told) == "team.leader-elsewhere"
    own = {"team_id": world.team.pk, "registration_id": steps.registration_of(leader).pk}
    assert refusal(teams.name_leader, an, **own) == "team.leads"
    for name in ("bao", "deng", "fan"):
        with pytest.raises(Absent):
            teams.name_leader(world.actor(name), **own)
    teams.relieve_leader(an, leader_id=TeamLeader.objects.get().pk)
    assert Notice.objects.get(kind="team-leader-relieved").person_id == leader.person_id
    assert mates(world.team).count() == 1


def test_who_ends_their_registration_is_out_of_the_team_and_their_request_is_let_go(
    world: World,
) -> None:
    leader, _ = steps.team(world, 2)
    chen = offers.chen(world)
    memberships.request_membership(chen, team_id=world.team.pk)
    for one in (leader, chen):
        departures.end(
            world.actor("an"),
            registration_id=steps.registration_of(one).pk,
            reason="moved",
            ended_on=clock.today(),
        )
    assert mates(world.team).count() == 1
    assert not led_teams(leader).exists()
    tasks.end_departed()
    assert TeamRequest.objects.get().state == "lapsed"
    assert Notice.objects.filter(kind="team-leaderless").exists()


def test_a_team_that_is_closed_keeps_its_past_and_has_no_members_or_leaders(world: World) -> None:
    leader, _ = steps.team(world, 2)
    organisations.close(world.actor("an"), organisation_id=world.team.pk)
    assert not mates(world.team).exists()
    assert not led_teams(leader).exists()
    assert steps.registration_of(leader).team == world.team
    assert steps.signed_in(leader).get(f"/teams/{world.team.pk}/").status_code == 404
    assert steps.signed_in(leader).get("/me/team/").status_code == 200
    tasks.end_departed()
    assert not Notice.objects.filter(kind="team-leaderless").exists()


def test_a_request_of_who_was_placed_in_that_team_is_declined_or_lapses_by_night(
    world: World,
) -> None:
    [leader] = steps.team(world, 1)
    chen, other = offers.registered(world, 2)
    rows = [memberships.request_membership(one, team_id=world.team.pk) for one in (chen, other)]
    steps.put(world, chen, other)
    memberships.decide_requests(leader, request_ids=[rows[0].pk], approve=False, reason="已在队里")
    tasks.end_departed()
    states = {row.registration.person_id: row.state for row in TeamRequest.objects.all()}
    assert states == {chen.person_id: "declined", other.person_id: "lapsed"}
    assert not Notice.objects.filter(kind="team-lapsed").exists()


def test_a_request_to_a_team_that_went_to_another_community_by_a_split_lapses(
    world: World,
) -> None:
    shares = {world.team.pk: world.north.pk}
    first, asking = offers.registered(world, 2)
    steps.put(world, first)
    row = memberships.request_membership(asking, team_id=world.team.pk)
    done(world, world.willow, Aim(Reform.SPLIT, successor_id=world.bridge.pk, shares=shares))
    batch = memberships.decide_requests(operator(), request_ids=[row.pk], approve=True)
    assert [refused.code for _, refused in batch.refused] == ["team-request.lapsed"]
    tasks.end_departed()
    row.refresh_from_db()
    assert (row.state, steps.registration_of(asking).team) == ("lapsed", None)


def test_a_team_is_described_by_its_leader_and_its_community_and_no_word_is_lost(
    world: World,
) -> None:
    leader, *_ = steps.team(world, 2)
    phone, desk = steps.signed_in(leader), browser(world, "an")
    ours, theirs = (
        reverse(name, args=[world.team.pk]) for name in ("teams:describe", "teams:edit")
    )
    words, late = {"bond": "trade", "about": "义务普法"}, sent(desk, theirs)
    assert phone.post(ours, sent(phone, ours) | words).status_code == 302
    assert TeamProfile.objects.get().about == "义务普法"
    answer = desk.post(theirs, late | {"bond": "trade", "about": "法律咨询"})
    assert MEANWHILE % "义务普法" in answer.content.decode()
    assert TeamProfile.objects.get().about == "义务普法"
    assert desk.post(theirs, sent_of(answer) | {"about": "法律咨询"}).status_code == 302
    assert TeamProfile.objects.get().about == "法律咨询"
