"""Words to the people of an offer, and asking those to whom it fits."""

from datetime import datetime, time, timedelta

import pytest

from baodao.accounts.models import Account
from baodao.agenda.commands.messages import ask, write_to
from baodao.agenda.queries.candidates import LISTED, candidates
from baodao.claims.commands import claims
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.notices.models import Channel, Notice
from baodao.offers.commands import offers
from baodao.people.models import Person
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.world import World


def names(world: World, offer_of: object) -> list[str]:
    """Whom An may ask, the best fitting first."""
    choice = candidates(world.actor("an"), offer_of)  # type: ignore[arg-type]
    return [row.registration.person.name for row in choice.members]


def knows(member: Actor, specialty: str) -> None:
    Person.objects.filter(pk=member.person_id).update(specialty=specialty)


def test_words_reach_who_has_a_place_and_nobody_else(world: World) -> None:
    offer = steps.published(world, places=2)
    members = steps.registered(world, 4)
    rows = steps.claimed(offer, *members)
    claims.withdraw_claim(members[0], claim_id=rows[0].pk)
    an = world.actor("an")
    batch = write_to(an, offer_id=offer.pk, text=" 下雨，改在活动室集合 ")
    told = Notice.objects.filter(kind="offer-words")
    assert {notice.person_id for notice in told} == {one.person_id for one in members[1:3]}
    assert told[0].facts["reason"] == "下雨，改在活动室集合"
    assert len(batch.done) == 2
    assert refusal(write_to, an, offer_id=offer.pk, text="  ") == "offer.words"
    for name in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            write_to(world.actor(name), offer_id=offer.pk, text="您好")


def test_words_wait_for_the_morning_and_who_wants_no_reminders_is_named(world: World) -> None:
    offer = steps.published(world)
    members = steps.registered(world, 2)
    steps.claimed(offer, *members)
    Account.objects.filter(person=members[0].person_id).update(reminders=False)
    night = datetime.combine(clock.today(), time(23), clock.ZONE)
    with clock.at(night):
        batch = write_to(world.actor("an"), offer_id=offer.pk, text="请带手套")
    assert [no.code for _, no in batch.refused] == ["reminder.off"]
    [notice] = Notice.objects.filter(kind="offer-words")
    assert clock.local(notice.show_at).hour == 8


def test_what_is_over_or_has_nobody_is_written_to_by_nobody(world: World) -> None:
    offer, an = steps.published(world), world.actor("an")
    assert refusal(write_to, an, offer_id=offer.pk, text="您好") == "offer.nobody"
    steps.claimed(offer, steps.chen(world))
    with clock.at(steps.hour(at=12)):
        assert refusal(write_to, an, offer_id=offer.pk, text="您好") == "offer.over"
    offers.cancel(an, offer_id=offer.pk, reason="暴雨")
    assert refusal(write_to, an, offer_id=offer.pk, text="您好") == "offer.cancelled"


def test_whom_an_offer_fits_is_listed_first_and_asked_once(world: World) -> None:
    offer = steps.published(world, title="义诊", specialties="医疗")
    members = steps.registered(world, 3)
    knows(members[2], "医疗护理")
    first = Person.objects.get(pk=members[2].person_id).name
    assert names(world, offer)[0] == first
    an, ids = world.actor("an"), [members[2].person_id]
    assert len(ask(an, offer_id=offer.pk, person_ids=ids).done) == 1
    assert first not in names(world, offer)
    again = ask(an, offer_id=offer.pk, person_ids=ids)
    assert [no.code for _, no in again.refused] == ["offer.asked"]
    other = steps.published(world, title="测血压", specialties="医疗")
    knows(members[0], "医疗护理")
    assert names(world, other)[:2] == [Person.objects.get(pk=members[0].person_id).name, first]
    assert "近 90 天邀请过 1 次" in text(browser(world, "an").get(f"/offers/{other.pk}/invite/"))
    [notice] = Notice.objects.filter(kind="offer-fits-you")
    assert notice.url == f"/find/{offer.pk}/"
    assert set(notice.facts) == {"title", "community"}


def test_whom_a_reminder_reaches_stands_before_whom_it_does_not(world: World) -> None:
    members, offer = steps.registered(world, 3), steps.published(world, specialties="医疗")
    for one in members:
        knows(one, "医疗护理")
    before = names(world, offer)
    last = next(one for one in members if one.name == before[-1])
    account = Account.objects.get(person=last.person_id)
    Channel.objects.create(
        account=account, schema="mail", label="a", outline="a", address_sealed=b"", added_by="a"
    )
    assert names(world, offer) == [before[-1], *before[:-1]]


def test_who_can_be_reminded_is_on_the_page_however_many_cannot(world: World) -> None:
    members, offer = steps.registered(world, LISTED + 2), steps.published(world, specialties="医疗")
    for one in members:
        knows(one, "医疗护理")
    last = next(one for one in members if one.name not in names(world, offer))
    Account.objects.filter(person__in=[one.person_id for one in members]).exclude(
        person=last.person_id
    ).update(is_active=False)
    assert names(world, offer)[0] == last.name


def test_of_those_who_know_about_it_the_least_asked_come_first(world: World) -> None:
    members, an = steps.registered(world, 3), world.actor("an")
    often, seldom = members[0], members[1]
    knows(often, "医疗")
    knows(seldom, "医疗")
    Person.objects.filter(pk=often.person_id).update(interests="下棋")
    earlier = [steps.published(world, title="义诊", specialties="医疗") for _ in range(2)]
    for offer in earlier:
        ask(an, offer_id=offer.pk, person_ids=[often.person_id])
    offer = steps.published(world, title="义诊下棋", specialties="医疗")
    assert names(world, offer)[:2] == [seldom.name, often.name]
    with clock.at(clock.now() + timedelta(days=91)):
        offer = steps.published(world, title="义诊下棋", specialties="医疗")
        assert names(world, offer)[:2] == [often.name, seldom.name]


def test_of_equals_who_has_less_in_hand_and_an_account_comes_before_the_alphabet(
    world: World,
) -> None:
    """Three whom nothing else sets apart: one without an account, one with a post, one with
    nothing; whom nobody may remind again this week still signs in."""
    members, offer = steps.registered(world, 3), steps.published(world)
    people = [Person.objects.get(pk=one.person_id) for one in members]
    people.sort(key=lambda one: one.pinyin)
    stranger, burdened, free = people
    busy = next(one for one in members if one.person_id == burdened.pk)
    steps.claimed(steps.published(world, "post"), busy)
    Account.objects.filter(person=stranger).update(is_active=False)
    assert names(world, offer) == [free.name, burdened.name, stranger.name]
    Account.objects.filter(person__in=[free, burdened]).update(reminders=False)
    assert names(world, offer) == [free.name, burdened.name, stranger.name]


def test_nobody_is_asked_who_has_a_claim_is_busy_or_moved_on(world: World) -> None:
    offer, other = steps.published(world), steps.published(world, title="同时的活动")
    members = steps.registered(world, 4)
    mine = [Person.objects.get(pk=one.person_id).name for one in members]
    steps.claimed(offer, members[0])
    steps.claimed(other, members[1])
    registered = Registration.objects.get(person=members[2].person_id)
    an = world.actor("an")
    end(an, registration_id=registered.pk, reason="moved", ended_on=clock.today())
    assert set(names(world, offer)) & set(mine) == {mine[3]}
    with pytest.raises(Absent):
        ask(an, offer_id=offer.pk, person_ids=[members[2].person_id, members[3].person_id])
    batch = ask(an, offer_id=offer.pk, person_ids=[members[0].person_id, members[3].person_id])
    assert [(name, no.code) for name, no in batch.refused] == [(mine[0], "offer.claimed")]
    assert [notice.person_id for notice in batch.done] == [members[3].person_id]


def test_five_at_a_time_while_a_place_is_free_and_it_has_not_begun(world: World) -> None:
    offer = steps.published(world, places=1)
    members = steps.registered(world, 6)
    ids, an = [one.person_id for one in members], world.actor("an")
    assert refusal(ask, an, offer_id=offer.pk, person_ids=ids) == "offer.many"
    for name in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            ask(world.actor(name), offer_id=offer.pk, person_ids=ids[:1])
    with clock.at(steps.hour() + timedelta(minutes=1)):
        assert refusal(ask, an, offer_id=offer.pk, person_ids=ids[:1]) == "claim.too-late"
    steps.claimed(offer, members[0])
    assert refusal(ask, an, offer_id=offer.pk, person_ids=ids[1:2]) == "offer.full"


def test_asking_is_two_taps_and_nobody_reads_how_many_were_asked(world: World) -> None:
    offer = steps.published(world, "post", places=3)
    members = steps.registered(world, 7)
    an = browser(world, "an")
    assert "邀请会的人" in text(an.get(f"/offers/{offer.pk}/"))
    page = text(an.get(f"/offers/{offer.pk}/invite/"))
    assert (page.count('name="ids"'), page.count(" checked")) == (7, 5)
    knows(members[6], "法律")
    offer.specialties = "法律"
    offer.save()
    page = text(an.get(f"/offers/{offer.pk}/invite/"))
    assert page.count(" checked") == 1
    assert "会法律" in page
    assert "您" not in page[page.index("<tbody>") : page.index("</tbody>")]
    sent = {"ids": [str(one.person_id) for one in members[:5]]}
    answer = an.post(f"/offers/{offer.pk}/invite/ask/", sent, follow=True)
    assert "已邀请 5 人" in text(answer)
    for name in ("bao", "deng", "chen"):
        assert browser(world, name).get(f"/offers/{offer.pk}/invite/").status_code == 404
        assert browser(world, name).post(f"/offers/{offer.pk}/invite/ask/", sent).status_code == 404


def test_the_invited_read_what_became_of_it_as_long_as_they_do_not_answer(world: World) -> None:
    """Asked, all places taken meanwhile, over: the notice leads to a page that says so."""
    offer, others = steps.published(world, places=1), steps.registered(world, 1)
    chen = steps.chen(world)
    ask(world.actor("an"), offer_id=offer.pk, person_ids=[chen.person_id])
    notice = Notice.objects.get(kind="offer-fits-you")
    reader = browser(world, "chen")
    page = text(reader.get(notice.url))
    assert (f"/find/{offer.pk}/claim/" in page, "候补" in page) == (True, False)
    steps.claimed(offer, *others)
    assert "候补" in text(reader.get(notice.url))
    offers.cancel(world.actor("an"), offer_id=offer.pk, reason="暴雨")
    page = text(reader.get(notice.url))
    assert ("已取消 · 暴雨" in page, "/claim/" in page, "/find/" in page) == (True, False, True)


def test_whom_nothing_reaches_is_neither_ticked_nor_said_to_be_asked(world: World) -> None:
    offer, members = steps.published(world, "post", places=3), steps.registered(world, 3)
    known, unknown = members[0].person_id, [one.person_id for one in members[1:]]
    Account.objects.filter(person__in=unknown).update(is_active=False)
    page = text(browser(world, "an").get(f"/offers/{offer.pk}/invite/"))
    assert page.count(" checked") == 1
    assert ("都通知不到" in page, "btn btn-primary" in page) == (False, True)
    batch = ask(world.actor("an"), offer_id=offer.pk, person_ids=[known, *unknown])
    assert [notice.person_id for notice in batch.done] == [known]
    assert [no.code for _, no in batch.refused] == ["offer.unreached"] * 2
    activity = steps.published(world, places=3)
    steps.claimed(activity, *members)
    batch = write_to(world.actor("an"), offer_id=activity.pk, text="请带雨具")
    assert [notice.person_id for notice in batch.done] == [known]
    assert [no.code for _, no in batch.refused] == ["offer.unreached"] * 2
    page = text(browser(world, "an").get(f"/offers/{offer.pk}/invite/"))
    assert page.count(" checked") == 0
    assert ("都通知不到" in page, "btn btn-primary" in page) == (True, False)


def test_who_agreed_already_is_found_by_name_among_many_and_the_ticks_stay(world: World) -> None:
    offer, members = steps.published(world, places=30), steps.registered(world, 22)
    named = dict(Person.objects.values_list("pk", "name"))
    an, there = browser(world, "an"), f"/offers/{offer.pk}/invite/"
    page = text(an.get(there))
    assert (page.count('name="ids"'), page.count(" checked")) == (20, 5)
    assert "只列出前 20 条，共 22 条" in page
    behind = next(one for one in members if named[one.person_id] not in page)
    first, asked = [one for one in members if one is not behind][:2]
    ask(world.actor("an"), offer_id=offer.pk, person_ids=[asked.person_id])
    sought = {"find": "1", "ids": [str(first.person_id)], "q": named[behind.person_id]}
    page = text(an.post(there, sought))
    assert (page.count('name="ids"'), page.count(" checked")) == (2, 1)
    page = text(an.post(there, sought | {"q": named[asked.person_id]}))
    assert "已经邀请过" in page
    assert f'value="{asked.person_id}"' not in page
    assert "没有这个名字" in text(an.post(there, sought | {"q": "没有此人"}))
    assert Notice.objects.filter(kind="offer-fits-you").count() == 1


def test_writing_is_a_page_with_one_field(world: World) -> None:
    offer = steps.published(world)
    steps.claimed(offer, steps.chen(world))
    an = browser(world, "an")
    assert "通知参加的人" in text(an.get(f"/offers/{offer.pk}/"))
    answer = an.post(f"/offers/{offer.pk}/write/", {"text": "请带手套"}, follow=True)
    assert "已通知 1 人" in text(answer)
    assert Notice.objects.get(kind="offer-words").facts["reason"] == "请带手套"
    for name in ("bao", "deng", "chen"):
        assert browser(world, name).get(f"/offers/{offer.pk}/write/").status_code == 404
