"""A team takes on services: the leader fills its places, members may give theirs up."""

import re
from uuid import uuid4

import pytest

from baodao.agenda.commands.calendars import renew_feed
from baodao.agenda.queries.feeds import appointments, feed_at
from baodao.agenda.queries.teams import work_of
from baodao.attendance.commands.rolls import DayService, Turnout, record_day, record_roll
from baodao.claims import tasks
from baodao.claims.commands import claims, decisions, parties
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.offers.commands import hours
from baodao.orgs.commands import organisations
from baodao.people.models import Person
from baodao.teams.commands import memberships, teams
from tests.agenda.test_parties import ids, serving
from tests.claims.test_claiming import refusal
from tests.offers import steps as offers
from tests.registration.browsing import browser, client_id, text
from tests.teams import steps
from tests.world import World


def test_the_leader_claims_from_the_phone_and_the_roll_says_it_was_the_team(world: World) -> None:
    offer, [leader, one, two] = offers.published(world), steps.team(world, 3)
    phone = steps.signed_in(leader)
    assert "楼道清洁" in text(phone.get("/team/services/"))
    page = phone.get(f"/team/services/{offer.pk}/")
    sent = {"client_id": str(client_id(page)), "ids": [str(pk) for pk in ids([leader, one])]}
    after = text(phone.post(page.wsgi_request.path, sent, follow=True))
    assert f"已为{leader.name}、{one.name}保留名额" in after
    assert "为您保留" not in after
    claim = Claim.objects.get()
    assert (claim.team, claim.places, serving(claim)) == (world.team, 2, set(ids([leader, one])))
    told = Notice.objects.filter(kind="claim-seat-given")
    assert {row.person_id for row in told} == serving(claim)
    assert offer.title in text(steps.signed_in(two).get(f"/teams/{world.team.pk}/"))
    assert offer.title in text(steps.signed_in(one).get("/me/claims/"))
    [date] = appointments(feed_at(renew_feed(one).token))
    assert date.offer == offer
    with clock.at(offers.hour(7, 12)):
        present = Turnout([*ids([leader, one]), *ids([two])], 60)
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=present)
    ways = dict(ServiceRecord.objects.values_list("person", "way"))
    assert ways == {leader.person_id: "team", one.person_id: "team", two.person_id: "activity"}
    assert "2 次，2 小时" in text(browser(world, "an").get(f"/teams/{world.team.pk}/"))


def test_nobody_else_claims_for_a_team_and_only_its_members_serve(world: World) -> None:
    offer, [leader, member] = offers.published(world), steps.team(world, 2)
    outside = offers.chen(world)
    told = {"offer_id": offer.pk, "organisation_id": world.team.pk}
    for actor in (member, outside, *map(world.actor, ("an", "bao", "deng", "fan"))):
        with pytest.raises(Absent):
            claims.claim_for(actor, **told, person_ids=ids([member]))
    with pytest.raises(Absent):
        claims.claim_for(leader, **told, person_ids=ids([member, outside]))
    for address in ("/team/services/", f"/team/services/{offer.pk}/"):
        assert steps.signed_in(member).get(address).status_code == 404
    claim = steps.claimed(world, offer, leader, member)
    for actor in (member, outside, world.actor("deng")):
        with pytest.raises(Absent):
            claims.withdraw_claim(actor, claim_id=claim.pk)


def test_who_is_elsewhere_at_that_time_has_no_tick_and_where_is_not_told(world: World) -> None:
    offer, [leader, member] = offers.published(world), steps.team(world, 2)
    other = offers.published(world, title="同时的活动")
    offers.claimed(other, member)
    page = steps.signed_in(leader).get(f"/team/services/{offer.pk}/").content.decode()
    assert f'value="{leader.person_id}"' in page
    assert f'value="{member.person_id}"' not in page
    assert "同时的活动" not in page
    assert "届时另有安排" in page
    assert "认领已达上限" not in page
    told = {"offer_id": offer.pk, "organisation_id": world.team.pk, "person_ids": ids([member])}
    assert refusal(claims.claim_for, leader, **told) == "claim.overlap"


def test_others_serve_a_member_gives_up_and_the_leader_is_told(world: World) -> None:
    offer, [leader, one, two] = offers.published(world), steps.team(world, 3)
    claim = steps.claimed(world, offer, leader, one)
    phone = steps.signed_in(leader)
    page = phone.get(f"/party/claims/{claim.pk}/")
    sent = {"client_id": str(client_id(page)), "ids": [str(pk) for pk in ids([one, two])]}
    after = phone.post(page.wsgi_request.path, sent, follow=True)
    assert after.redirect_chain[-1][0] == "/team/services/"
    assert serving(claim) == set(ids([one, two]))
    parties.leave_seat(one, claim_id=claim.pk)
    told = Notice.objects.get(kind="claim-seat-left")
    assert (told.person_id, told.url) == (leader.person_id, "/team/services/")
    phone.post(f"/party/claims/{claim.pk}/leave/", {"client_id": uuid4()})
    assert offers.fresh(claim).state == "left"


def test_a_post_of_a_team_is_approved_recorded_by_the_day_and_left_with_a_word(
    world: World,
) -> None:
    offer, [leader, one] = offers.published(world, "post"), steps.team(world, 2)
    claim = steps.claimed(world, offer, leader, leader, one)
    decisions.decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True)
    assert Notice.objects.get(kind="claim-approved").person_id == leader.person_id
    record_day(world.actor("an"), claim_ids=[claim.pk], service=DayService(clock.today(), 60))
    assert set(ServiceRecord.objects.values_list("way", flat=True)) == {"team"}
    claims.request_exit(leader, claim_id=claim.pk, reason="换届")
    assert offers.fresh(claim).state == "exit-requested"


def test_the_places_of_who_leaves_the_team_in_what_is_ahead_go_on_at_once(world: World) -> None:
    offer, [leader, one, two] = offers.published(world, places=2), steps.team(world, 3)
    chen, post = offers.chen(world), offers.published(world, "post")
    claim = steps.claimed(world, offer, leader, leader, one)
    other = steps.claimed(world, post, leader, two)
    [waits] = offers.claimed(offer, chen)
    steps.leave(world, one, world.team.pk)
    assert serving(claim) == set(ids([leader]))
    assert (offers.fresh(claim).places, offers.fresh(waits).state) == (1, "invited")
    there = teams.create_team(
        world.actor("an"), community_id=world.willow.pk, name="邻里队", bond="place"
    )
    row = memberships.request_membership(two, team_id=there.pk)
    memberships.decide_requests(world.actor("an"), request_ids=[row.pk], approve=True)
    assert offers.fresh(other).state == "refused"


def test_who_leaves_the_team_once_it_has_begun_stays_on_its_list(world: World) -> None:
    offer, [leader, one] = offers.published(world), steps.team(world, 2)
    claim = steps.claimed(world, offer, leader, one)
    with clock.at(offers.hour(7, 10)):
        steps.leave(world, one, world.team.pk)
        tasks.end_claims_of_departed()
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=Turnout(ids([one]), 60))
    assert serving(claim) == set(ids([one]))
    assert ServiceRecord.objects.get().way == "team"


def test_another_leader_speaks_for_what_was_claimed_before(world: World) -> None:
    offer, [leader, one] = offers.published(world), steps.team(world, 2)
    claim = steps.claimed(world, offer, leader, one)
    steps.leave(world, leader, world.team.pk)
    with pytest.raises(Absent):
        claims.withdraw_claim(leader, claim_id=claim.pk)
    parties.leave_seat(one, claim_id=claim.pk)
    told = Notice.objects.get(kind="claim-left-alone")
    assert told.organisation_id == world.willow.pk
    steps.led_by(world, one)
    assert steps.claimed(world, offer, one, one).state == "active"


def test_claims_of_a_team_that_was_closed_end_that_night_and_its_services_stay(
    world: World,
) -> None:
    offer, [leader, one] = offers.published(world), steps.team(world, 2)
    post = offers.published(world, "post")
    claim = steps.claimed(world, offer, leader, one)
    held = steps.claimed(world, post, leader, leader)
    decisions.decide_claims(world.actor("an"), claim_ids=[held.pk], approve=True)
    record_day(world.actor("an"), claim_ids=[held.pk], service=DayService(clock.today(), 60))
    organisations.close(world.actor("an"), organisation_id=world.team.pk)
    tasks.end_claims_of_departed()
    assert [offers.fresh(row).state for row in (claim, held)] == ["left", "done"]
    assert ServiceRecord.objects.get().way == "team"


def test_a_service_counts_for_the_team_whose_seat_stood_when_it_began(world: World) -> None:
    offer, [leader, one] = offers.published(world, places=9), steps.team(world, 2)
    an, [other] = world.actor("an"), offers.registered(world, 1)
    there = teams.create_team(an, community_id=world.willow.pk, name="邻里队", bond="place")
    world.places["there"] = there
    steps.claimed(world, offer, leader, leader, one)
    withdrawn = steps.claimed(world, post := offers.published(world, "post"), leader, one)
    steps.leave(world, one, world.team.pk)
    steps.put(world, one, other, team="there")
    row = steps.registration_of(other)
    teams.name_leader(an, team_id=there.pk, registration_id=row.pk)
    told = {"organisation_id": there.pk, "person_ids": ids([one])}
    claims.claim_for(other, offer_id=offer.pk, **told)
    claim = claims.claim_for(other, offer_id=post.pk, **told)
    decisions.decide_claims(an, claim_ids=[claim.pk], approve=True)
    record_day(an, claim_ids=[claim.pk], service=DayService(clock.today(), 60))
    with clock.at(offers.hour(7, 12)):
        record_roll(an, offer_id=offer.pk, turnout=Turnout(ids([leader, one]), 60))
    assert offers.fresh(withdrawn).state == "refused"
    assert [work_of(team).done.records for team in (world.team, there)] == [1, 2]


def test_who_claimed_it_themselves_is_named_so_and_ticks_stay_while_one_looks(
    world: World,
) -> None:
    offer, [leader, one, two] = offers.published(world, places=9), steps.team(world, 3)
    offers.claimed(offer, one)
    phone = steps.signed_in(leader)
    page = phone.get(f"/team/services/{offer.pk}/")
    assert re.search(rf"{one.name} <[^·]*· 已认领这一项", text(page))
    assert "届时另有安排" not in text(page)
    assert "data-whole" in page.content.decode()
    sent = {"ids": [str(two.person_id)], "q": leader.name, "find": "1"}
    found = phone.post(page.wsgi_request.path, sent).content.decode()
    assert f'value="{leader.person_id}"' in found
    assert re.search(rf'value="{two.person_id}"[^>]*checked', found)
    assert one.name not in found


def test_a_leader_finds_nobody_by_the_end_of_a_number(world: World) -> None:
    offer, [leader, one, two] = offers.published(world), steps.team(world, 3)
    tail = Person.objects.get(pk=one.person_id).id_number[-4:]
    sent = {"q": tail, "find": "1"}
    page = steps.signed_in(leader).post(f"/team/services/{offer.pk}/", sent).content.decode()
    assert all(f'value="{member.person_id}"' in page for member in (one, two))


def test_who_only_reads_there_is_led_to_no_list_of_teams(world: World) -> None:
    steps.team(world, 1)
    address = f"/teams/{world.team.pk}/"
    pages = [browser(world, name).get(address).content.decode() for name in ("an", "fan")]
    assert ['href="/teams/"' in page for page in pages] == [True, False]
    assert 'href="/me/team/"' not in pages[1]


def test_of_a_team_who_is_elsewhere_at_the_new_hours_gives_the_place_back_alone(
    world: World,
) -> None:
    leader, busy = steps.team(world, 2)
    moved = offers.published(world, title="清扫")
    afternoon = {"starts_at": offers.hour(at=14), "ends_at": offers.hour(at=16)}
    other = offers.published(world, title="义诊", **afternoon)
    claim = steps.claimed(world, moved, leader, leader, busy)
    offers.claimed(other, busy)
    new = {"starts_at": offers.hour(at=15), "ends_at": offers.hour(at=17)}
    hours.reschedule(world.actor("an"), offer_id=moved.pk, **new)
    assert offers.fresh(claim).state == "active"
    held = claim.seats.filter(until=None).values_list("person", flat=True)
    assert list(held) == [leader.person_id]
    assert Notice.objects.filter(person=busy.person_id, kind="claim-elsewhere").exists()
