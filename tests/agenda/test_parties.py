"""A unit takes on services with its members: chooses who serves, changes it, gives it up."""

from datetime import timedelta
from uuid import UUID

import pytest

from baodao.agenda.commands.calendars import renew_feed
from baodao.agenda.queries.feeds import appointments, feed_at
from baodao.attendance.commands.rolls import DayService, record_day
from baodao.claims.commands import claims, decisions, parties
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from baodao.partnership.commands import registrations as partnerships
from baodao.people.models import Person
from tests.offers import steps
from tests.partnership.test_unit_registrations import presented
from tests.programs import Program, program
from tests.registration.browsing import browser, client_id, text
from tests.world import World


def partnered(world: World) -> None:
    """An's community is the partner of Deng's unit."""
    partnerships.accept(world.actor("an"), unit_registration_id=presented(world).pk)


def ids(members: list[Actor]) -> list[UUID]:
    return [actor.person_id for actor in members if actor.person_id]


def taken_on(world: World, offer: Offer, members: list[Actor]) -> Claim:
    return claims.claim_for(
        world.actor("deng"),
        offer_id=offer.pk,
        organisation_id=world.bureau.pk,
        person_ids=ids(members),
    )


def serving(claim: Claim) -> set[UUID]:
    return set(claim.seats.filter(until=None).values_list("person", flat=True))


def test_a_unit_pages_through_all_that_is_offered_finds_and_claims(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    partnered(world)
    monkeypatch.setattr("baodao.ui.paging.PAGE_SIZE", 2)
    for day in (3, 4, 5):
        hours = {"starts_at": steps.hour(day), "ends_at": steps.hour(day, 11)}
        last = steps.published(world, title=f"楼道清洁{day}", **hours)
    deng = browser(world, "deng")
    page = text(deng.get("/unit/services/"))
    assert "有 3 项服务可以由单位认领" in page
    assert ("楼道清洁5" in page, 'rel="next"' in page) == (False, True)
    assert "楼道清洁5" in text(deng.get("/unit/services/?page=2"))
    assert "楼道清洁5" in text(deng.get("/unit/services/?q=清洁5"))
    assert "没有符合条件的记录。" in text(deng.get("/unit/services/?q=法律"))
    assert deng.get(f"/unit/services/{last.pk}/").status_code == 200


def test_who_is_sent_once_more_is_told_by_a_calendar_that_knows_the_cancellation(
    world: World,
) -> None:
    partnered(world)
    offer, members = steps.published(world), steps.registered(world, 2)
    deng, claim = world.actor("deng"), taken_on(world, offer, members)
    token, told = renew_feed(members[0]).token, []
    for minute, serve in enumerate((members, members[1:], members), start=1):
        with clock.at(clock.now() + timedelta(minutes=minute)):
            parties.reseat(deng, claim_id=claim.pk, person_ids=ids(serve))
            [date] = appointments(feed_at(token))
            told.append((date.sequence, date.changed_at, date.status.value))
    assert [status for *_, status in told] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert sorted({row[0] for row in told}) == [row[0] for row in told]
    assert sorted({row[1] for row in told}) == [row[1] for row in told]


def test_a_unit_without_a_partner_is_led_to_report(world: World) -> None:
    steps.published(world)
    page = text(browser(world, "deng").get("/unit/services/"))
    assert "还没有联系社区" in page
    assert "楼道清洁" not in page


def test_a_clerk_claims_for_three_members_in_two_steps(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world), steps.registered(world, 4)
    dai = browser(world, "dai")
    assert "楼道清洁" in text(dai.get("/unit/services/"))
    page = dai.get(f"/unit/services/{offer.pk}/")
    assert all(actor.name in text(page) for actor in members)
    sent = {"client_id": str(client_id(page)), "ids": [str(one) for one in ids(members[:3])]}
    after = dai.post(f"/unit/services/{offer.pk}/", sent, follow=True)
    assert "认领成功" in text(after)
    dai.post(f"/unit/services/{offer.pk}/", sent)
    claim = Claim.objects.get()
    assert (claim.claimant, claim.places) == (world.bureau, 3)
    assert serving(claim) == set(ids(members[:3]))
    told = Notice.objects.filter(kind="claim-seat-given")
    assert {notice.person_id for notice in told} == serving(claim)
    assert world.bureau.name in text(browser(world, "an").get(f"/offers/{offer.pk}/"))


def test_who_cannot_serve_stands_last_with_the_reason_and_has_no_tick(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world), steps.registered(world, 2)
    other = steps.published(world, title="同时的活动")
    steps.claimed(other, members[0])
    page = browser(world, "deng").get(f"/unit/services/{offer.pk}/").content.decode()
    assert f'value="{members[0].person_id}"' not in page
    assert f'value="{members[1].person_id}"' in page
    assert "同时的活动" in page
    assert page.index(members[1].name) < page.index(members[0].name)


@pytest.mark.parametrize("name", ["an", "bao", "chen", "fan", "gu", "qin", "sun"])
def test_nobody_else_sees_or_claims_it(world: World, name: str) -> None:
    partnered(world)
    offer, members = steps.published(world), steps.registered(world, 1)
    claim = taken_on(world, offer, members)
    client = browser(world, name)
    pages = ("/unit/services/", f"/unit/services/{offer.pk}/", f"/party/claims/{claim.pk}/",
             f"/party/claims/{claim.pk}/leave/")  # fmt: skip
    for page in pages[2:] if name == "qin" else pages:
        assert client.get(page).status_code == 404
    with pytest.raises(Absent):
        parties.reseat(world.actor(name), claim_id=claim.pk, person_ids=ids(members))
    with pytest.raises(Absent):
        parties.leave_seat(world.actor(name), claim_id=claim.pk)


def test_others_serve_from_now_on_and_both_are_told(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world), steps.registered(world, 3)
    claim = taken_on(world, offer, members[:2])
    deng = browser(world, "deng")
    page = deng.get(f"/party/claims/{claim.pk}/")
    assert page.content.decode().count("checked") == 2
    sent = {"client_id": str(client_id(page)), "ids": [str(one) for one in ids(members[1:])]}
    assert "已保存" in text(deng.post(f"/party/claims/{claim.pk}/", sent, follow=True))
    assert serving(claim) == set(ids(members[1:]))
    assert Notice.objects.get(kind="claim-seat-taken-back").person_id == members[0].person_id
    told = Notice.objects.filter(kind="claim-seat-given", person=members[2].person_id)
    assert told.count() == 1


def test_more_people_need_free_places_for_which_nobody_waits(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, places=3), steps.registered(world, 4)
    claim = taken_on(world, offer, members[:1])
    steps.claimed(offer, members[3])
    deng = world.actor("deng")
    with pytest.raises(Refused) as refused:
        parties.reseat(deng, claim_id=claim.pk, person_ids=ids(members[:3]))
    assert refused.value.code == "claim.no-more"
    assert serving(claim) == set(ids(members[:1]))
    parties.reseat(deng, claim_id=claim.pk, person_ids=ids(members[:2]))
    assert steps.fresh(claim).places == 2


def test_places_given_back_go_to_who_waits(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, places=2), steps.registered(world, 3)
    claim = taken_on(world, offer, members[:2])
    [waiting] = steps.claimed(offer, members[2])
    assert waiting.state == "waiting"
    parties.reseat(world.actor("deng"), claim_id=claim.pk, person_ids=ids(members[:1]))
    assert steps.fresh(waiting).state == "invited"


def test_a_member_sees_it_among_what_they_took_on_and_may_give_it_up(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world), [steps.chen(world), *steps.registered(world, 1)]
    claim = taken_on(world, offer, members)
    chen = browser(world, "chen")
    for page in ("/me/claims/", f"/find/{offer.pk}/", "/me/"):
        assert offer.title in text(chen.get(page))
    assert world.bureau.name in text(chen.get("/me/claims/"))
    page = chen.get(f"/me/claims/{claim.pk}/leave/")
    after = chen.post(page.wsgi_request.path, {"client_id": str(client_id(page))}, follow=True)
    assert offer.title not in text(after)
    assert (steps.fresh(claim).state, steps.fresh(claim).places) == ("active", 1)
    assert Notice.objects.get(kind="claim-seat-left").organisation_id == world.bureau.pk
    parties.leave_seat(members[1], claim_id=claim.pk)
    assert steps.fresh(claim).state == "left"


def test_a_post_held_by_a_unit_is_left_with_the_communitys_word(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, "post"), steps.registered(world, 2)
    claim = taken_on(world, offer, members)
    decisions.decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True)
    service = DayService(clock.today(), 60)
    record_day(world.actor("an"), claim_ids=[claim.pk], service=service)
    assert ServiceRecord.objects.count() == 2
    deng = browser(world, "deng")
    page = deng.get(f"/party/claims/{claim.pk}/leave/")
    sent = {"client_id": str(client_id(page)), "reason": "工作调整"}
    assert "已提交申请" in text(deng.post(page.wsgi_request.path, sent, follow=True))
    assert steps.fresh(claim).state == "exit-requested"
    sent = {"client_id": str(client_id(deng.get("/unit/services/")))}
    deng.post(f"/party/claims/{claim.pk}/stay/", sent)
    assert steps.fresh(claim).state == "active"


def test_an_invitation_to_a_unit_is_confirmed_on_its_page(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, places=1), steps.registered(world, 2)
    [first] = steps.claimed(offer, members[0])
    claim = taken_on(world, offer, members[1:])
    claims.withdraw_claim(members[0], claim_id=first.pk)
    deng = browser(world, "deng")
    page = deng.get("/unit/services/")
    assert "我们参加" in text(page)
    deng.post(f"/party/claims/{claim.pk}/confirm/", {"client_id": str(client_id(page))})
    assert steps.fresh(claim).state == "active"


def day_page(world: World, offer: Offer) -> str:
    return text(browser(world, "an").get(f"/offers/{offer.pk}/roll/"))


def test_the_day_of_a_unit_is_recorded_seat_by_seat_and_not_of_who_gave_up(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, "post", approval=False), steps.registered(world, 3)
    claim = taken_on(world, offer, members)
    parties.leave_seat(members[0], claim_id=claim.pk)
    assert all(actor.name in day_page(world, offer) for actor in members)
    service = DayService(clock.today(), 60)
    assert len(record_day(world.actor("an"), claim_ids=[claim.pk], service=service).done) == 2
    assert not ServiceRecord.objects.filter(person=members[0].person_id).exists()


def test_who_is_not_ticked_of_a_unit_is_not_recorded(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, "post", approval=False), steps.registered(world, 3)
    claim = taken_on(world, offer, members)
    an = browser(world, "an")
    page = an.get(f"/offers/{offer.pk}/roll/")
    seats = {seat.person_id: str(seat.pk) for seat in claim.seats.all()}
    ticked = [seats[one] for one in ids(members[:2])]
    sent = {"client_id": str(client_id(page)), "ids": ticked, "minutes": "60"}
    after = an.post(page.wsgi_request.path, sent | {"on": f"{clock.today():%Y-%m-%d}"}, follow=True)
    assert "已登记 2 人" in text(after)
    assert set(ServiceRecord.objects.values_list("person", flat=True)) == set(ids(members[:2]))


def test_a_day_that_cannot_be_keeps_the_page_with_what_was_typed(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, "post", approval=False), steps.registered(world, 1)
    claim = taken_on(world, offer, members)
    an = browser(world, "an")
    page = an.get(f"/offers/{offer.pk}/roll/")
    early = f"{clock.today() - timedelta(days=3):%Y-%m-%d}"
    sent = {"client_id": str(client_id(page)), "ids": [str(claim.seats.get().pk)]}
    answer = an.post(
        page.wsgi_request.path, sent | {"on": early, "minutes": "75", "result": "值班"}
    )
    assert answer.status_code == 422
    assert "值班" in text(answer)
    assert 'value="75"' in answer.content.decode()
    assert not ServiceRecord.objects.exists()


def test_the_community_sees_who_serves_by_a_units_claim(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, "post"), steps.registered(world, 2)
    taken_on(world, offer, members)
    an, deng = browser(world, "an"), browser(world, "deng")
    for page in ("/offers/claims/", f"/offers/{offer.pk}/", "/offers/claims.html"):
        assert all(actor.name in text(an.get(page)) for actor in members), page
    assert all(actor.name in text(deng.get("/unit/claims/")) for actor in members)


def test_a_refused_choice_keeps_its_ticks(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, places=1), steps.registered(world, 2)
    deng = browser(world, "deng")
    page = deng.get(f"/unit/services/{offer.pk}/")
    chosen = [str(one) for one in ids(members)]
    answer = deng.post(page.wsgi_request.path, {"client_id": str(client_id(page)), "ids": chosen})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 2


def test_full_services_are_told_apart(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world, places=1), steps.registered(world, 2)
    steps.claimed(offer, members[0])
    page = text(browser(world, "deng").get("/unit/services/"))
    assert "候补" in page
    assert "项服务可以由单位认领" not in page


def test_the_last_who_gives_up_ends_the_claim_and_the_unit_is_told_so(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world), steps.registered(world, 1)
    claim = taken_on(world, offer, members)
    parties.leave_seat(members[0], claim_id=claim.pk)
    assert Notice.objects.get(kind="claim-left-alone").organisation_id == world.bureau.pk
    assert not Notice.objects.filter(kind="claim-seat-left").exists()


def test_a_search_for_somebody_keeps_the_ticks_already_made(world: World) -> None:
    partnered(world)
    offer, members = steps.published(world), steps.registered(world, 4)
    deng, address = browser(world, "deng"), f"/unit/services/{offer.pk}/"
    first, second, third, _ = ids(members)
    page = deng.get(address)
    found = {"ids": [str(first), str(second)], "q": members[2].name, "find": "1"}
    page = deng.post(address, found | {"client_id": str(client_id(page))})
    shown = page.content.decode()
    assert shown.count("checked") == 2
    assert f'value="{third}"' in shown
    assert members[3].name not in text(page)
    assert not Claim.objects.exists()
    nobody = deng.post(address, found | {"q": "没有此人", "client_id": str(client_id(page))})
    assert nobody.content.decode().count("checked") == 2
    assert "没有这个名字" in text(nobody)
    sent = {"ids": [str(one) for one in (first, second, third)], "client_id": str(client_id(page))}
    deng.post(address, sent)
    claim = Claim.objects.get()
    assert serving(claim) == {first, second, third}
    there = f"/party/claims/{claim.pk}/"
    page = deng.post(there, {"ids": [str(first)], "q": members[3].name, "find": "1",
                             "client_id": str(client_id(deng.get(there)))})  # fmt: skip
    assert page.content.decode().count("checked") == 1
    assert members[3].name in text(page)
    assert serving(claim) == {first, second, third}


def test_who_has_the_specialty_that_is_sought_stands_first_with_the_reason(world: World) -> None:
    partnered(world)
    members = steps.registered(world, 3)
    Person.objects.filter(pk=members[2].person_id).update(specialty="法律咨询")
    offer = steps.published(world, specialties="法律咨询")
    page = browser(world, "deng").get(f"/unit/services/{offer.pk}/")
    shown = text(page)
    assert shown.index(members[2].name) < shown.index(members[0].name)
    assert shown.count("会法律") == 1


def test_a_program_of_a_unit_reads_what_it_may_take_on(world: World) -> None:
    deng = program(world, "deng", "bureau", Permission.CLAIM_MAKE)
    offer = steps.published(world)
    sought = {"unit": world.bureau.code}
    assert open_to(deng, **sought) == [], "no partner community yet"
    partnered(world)
    post = steps.published(world, "post")
    taken_on(world, offer, steps.registered(world, 2))
    rows = deng.get("/offers/open/", **sought).json()["items"]
    assert [(row["id"], row["places"] - row["taken"]) for row in rows] == [
        (str(offer.pk), 1), (str(post.pk), post.places)
    ]  # fmt: skip
    assert open_to(deng, kind="post", **sought) == [str(post.pk)]
    assert open_to(deng, unit=world.commission.code) == []
    blind = program(world, "deng", "bureau", Permission.NEED_READ)
    assert blind.get("/offers/open/", **sought).status_code == 403


def test_a_program_of_a_unit_reads_one_offer_that_is_open_to_it_or_was_claimed(
    world: World,
) -> None:
    deng = program(world, "deng", "bureau", Permission.CLAIM_MAKE)
    offer, other = steps.published(world), steps.published(world, title="另一项")
    assert read(deng, offer) == 404, "no partner community yet"
    partnered(world)
    assert read(deng, offer) == 200
    claim = taken_on(world, offer, steps.registered(world, 1))
    offers.cancel(world.actor("an"), offer_id=other.pk, reason="暴雨")
    offers.cancel(world.actor("an"), offer_id=offer.pk, reason="暴雨")
    assert read(deng, offer) == 200, claim.state
    assert read(deng, other) == 404, "neither open nor claimed"
    elsewhere = program(world, "bao", "bridge", Permission.OFFER_READ)
    assert read(elsewhere, offer) == 404
    blind = program(world, "deng", "bureau", Permission.NEED_READ)
    assert read(blind, offer) == 403


def read(token: Program, offer: Offer) -> int:
    return token.get(f"/offers/{offer.pk}/").status_code


def open_to(token: Program, **sought: str) -> list[str]:
    return [row["id"] for row in token.get("/offers/open/", **sought).json()["items"]]
