"""Teams of about fifteen that could be made of who is in none, and making one with one act."""

import re
from uuid import uuid4

import pytest

from baodao.kernel.ids import new_id
from baodao.kernel.undo import take_back
from baodao.notices.models import Notice
from baodao.orgs.commands import organisations
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.registration.commands.placements import place_many
from baodao.registration.queries.desks import host_counts
from baodao.teams.commands.suggestions import accept_suggestion
from baodao.teams.queries.suggestions import team_suggestions
from baodao.teams.queries.teams import mates
from baodao.teams.rules.suggestions import Neighbour, suggested
from baodao.teams.rules.teams import Bond
from tests.claims.test_claiming import refusal
from tests.offers import steps as offers
from tests.registration.browsing import browser, text
from tests.teams import steps
from tests.world import World


def neighbours(count: int, *words: tuple[Bond, str]) -> list[Neighbour]:
    return [Neighbour(new_id(), f"党员{number}", list(words)) for number in range(count)]


def test_fewer_than_eight_are_no_team_and_of_many_the_first_fifteen_make_one() -> None:
    assert suggested(neighbours(7, (Bond.TRADE, "医疗"))) == []
    [team] = suggested(neighbours(22, (Bond.TRADE, "医疗")))
    assert (team.bond, team.name, len(team.members)) == (Bond.TRADE, "医疗服务队", 15)
    first, second = suggested(neighbours(24, (Bond.TRADE, "医疗"), (Bond.INTEREST, "书法")))
    assert {len(first.members), len(second.members)} == {15, 9}


def test_nobody_is_in_two_and_what_people_know_goes_before_where_they_live() -> None:
    people = neighbours(15, (Bond.TRADE, "法律"), (Bond.PLACE, "第一网格"))
    every = suggested([*people, *neighbours(9, (Bond.PLACE, "第一网格"))])
    assert [(one.word, len(one.members)) for one in every] == [("法律", 15), ("第一网格", 9)]
    names = [one.registration_id for team in every for one in team.members]
    assert len(names) == len(set(names))


def test_no_team_is_suggested_under_the_name_of_one_that_is_there() -> None:
    assert suggested(neighbours(9, (Bond.TRADE, "法律")), {"法律服务队"}) == []


def test_a_team_is_made_with_one_act_and_everybody_is_told_and_may_leave(world: World) -> None:
    members = offers.registered(world, 9)
    people = Person.objects.filter(pk__in=[one.person_id for one in members])
    people.update(specialty="医疗卫生、急救")
    an = world.actor("an")
    [suggestion] = team_suggestions(an, world.willow)
    page = browser(world, "an")
    assert suggestion.word in text(page.get("/teams/suggestions/"))
    sent = {"client_id": uuid4(), "key": suggestion.key}
    after = text(page.post("/teams/suggestions/accept/", sent, follow=True))
    assert "撤销" in after
    team = Organisation.objects.get(name=suggestion.name)
    assert mates(team).count() == 9
    assert Notice.objects.filter(kind="registration-placed").count() == 9
    assert "退出服务队" in text(steps.signed_in(members[0]).get("/me/team/"))
    told = {"community_id": world.willow.pk, "key": suggestion.key}
    assert refusal(accept_suggestion, an, **told) == "team.suggestion-gone"


def test_members_of_a_team_that_was_closed_are_in_none_and_suggested_anew(world: World) -> None:
    members = steps.team(world, 8)
    people = Person.objects.filter(pk__in=[one.person_id for one in members])
    people.update(interests="书法")
    an = world.actor("an")
    assert team_suggestions(an, world.willow) == []
    assert host_counts(an, world.willow).answer().unplaced == 0
    organisations.close(an, organisation_id=world.team.pk)
    [suggestion] = team_suggestions(an, world.willow)
    assert len(suggestion.members) == 8
    assert host_counts(an, world.willow).answer().unplaced == 8
    listed = [text(browser(world, "an").get(f"/members/?placed={one}")) for one in ("no", "yes")]
    assert [members[0].name in page for page in listed] == [True, False]


def test_making_a_team_is_taken_back(world: World) -> None:
    members = offers.registered(world, 8)
    people = Person.objects.filter(pk__in=[one.person_id for one in members])
    people.update(interests="书法、摄影")
    an = world.actor("an")
    suggestion = team_suggestions(an, world.willow)[0]
    batch = accept_suggestion(an, community_id=world.willow.pk, key=suggestion.key)
    assert batch.undo_id
    take_back(an, undo_id=batch.undo_id)
    team = Organisation.objects.get(name=suggestion.name)
    assert not mates(team).exists()
    assert team.closed_at is not None
    assert team_suggestions(an, world.willow)[0].name == suggestion.name
    again = accept_suggestion(an, community_id=world.willow.pk, key=suggestion.key)
    assert len(again.done) == 8


def test_a_team_in_which_somebody_stays_is_not_closed_by_the_undo(world: World) -> None:
    members = offers.registered(world, 8)
    people = Person.objects.filter(pk__in=[one.person_id for one in members])
    people.update(interests="书法")
    page = browser(world, "an")
    sent = {"client_id": uuid4(), "key": "interest.书法"}
    answer = page.post("/teams/suggestions/accept/", sent, follow=True)
    team = Organisation.objects.get(name="书法服务队")
    newcomer = offers.chen(world)
    place_many(
        world.actor("an"),
        registration_ids=[steps.registration_of(newcomer).pk],
        places={Kind.TEAM: team.pk},
    )
    [address] = re.findall(r"/undo/[0-9a-f-]+/", answer.content.decode())
    after = page.post(address, {"client_id": uuid4()}, follow=True)
    assert "已撤销 8 项" in text(after)
    assert [row.person_id for row in mates(team)] == [newcomer.person_id]


@pytest.mark.parametrize("name", ["chen", "deng", "fan"])
def test_nobody_else_reads_or_makes_them(world: World, name: str) -> None:
    offers.registered(world, 8)
    assert team_suggestions(world.actor(name), world.willow) == []
    assert team_suggestions(world.actor("bao"), world.willow) == []
    sent = {"client_id": uuid4(), "key": "place.第一网格"}
    answer = browser(world, name).post("/teams/suggestions/accept/", sent)
    assert answer.status_code == 404
