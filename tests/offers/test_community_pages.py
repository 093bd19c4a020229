"""What a community does on its pages, counted in taps, and what the neighbour does not see."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.agenda.models import Theme
from baodao.agenda.views import desk
from baodao.claims.commands import claims
from baodao.kernel import clock
from baodao.offers.commands.offers import cancel
from baodao.offers.models import Offer
from tests.offers import steps
from tests.registration.browsing import browser, client_id, text
from tests.world import World

PAGES = ("/offers/", "/offers/new/post/", "/offers/new/activity/", "/offers/calendar/",
         "/offers/claims/", "/offers/claims/exits/", "/offers/claims.html")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_empty_and_full_and_for_nobody_else(world: World, page: str) -> None:
    an = browser(world, "an")
    assert an.get(page).status_code == 200
    steps.claimed(steps.published(world, "post"), steps.chen(world))
    steps.published(world)
    assert an.get(page).status_code == 200
    for name in ("chen", "deng", "gu", "fan", "sun"):
        assert browser(world, name).get(page).status_code == 404


def test_from_nothing_to_published_in_two_forms(world: World) -> None:
    an = browser(world, "an")
    page = an.get("/offers/new/activity/")
    typed = {
        "client_id": str(client_id(page)), "title": "楼道清洁", "category": "environment",
        "on": f"{steps.hour():%Y-%m-%d}", "begins": "09:00", "ends": "11:00", "places": "20",
        "place": "3号楼前", "organiser": world.willow.pk,
    }  # fmt: skip
    answer = an.post("/offers/new/activity/", typed)
    made = Offer.objects.get()
    assert answer["Location"] == f"/offers/{made.pk}/"
    assert made.starts_at == steps.hour()
    assert "发布后党员才能看到" in text(an.get(f"/offers/{made.pk}/"))
    an.post(f"/offers/{made.pk}/publish/", follow=True)
    made.refresh_from_db()
    assert made.state == "published"
    again = an.post("/offers/new/activity/", typed)
    assert again["Location"] == answer["Location"]
    assert Offer.objects.count() == 1


def test_a_mistake_is_told_beside_the_form_and_nothing_typed_is_lost(world: World) -> None:
    an = browser(world, "an")
    typed = {
        "title": "清扫", "category": "environment", "on": "2026-07-04", "begins": "11:00",
        "ends": "09:00", "places": "5", "organiser": world.willow.pk,
    }  # fmt: skip
    answer = an.post("/offers/new/activity/", typed)
    assert answer.status_code == 422
    assert "结束时间必须晚于开始时间" in text(answer)
    assert 'value="清扫"' in text(answer)


def test_the_list_shows_places_and_what_is_short_of_people(world: World) -> None:
    full = steps.published(world, title="满员", places=1)
    steps.claimed(full, steps.chen(world))
    steps.published(world, "post", title="还缺人的岗")
    steps.published(world, where=world.bridge, title="邻居的活动")
    an = browser(world, "an")
    page = text(an.get("/offers/"))
    assert "1 / 1" in page
    assert "邻居的活动" not in page
    lacking = text(an.get("/offers/?lacks=yes"))
    assert "还缺人的岗" in lacking
    assert "满员" not in lacking
    assert an.get("/offers/?export=xlsx").status_code == 200


def test_what_is_over_stands_at_the_end_of_the_list(world: World) -> None:
    post = steps.published(world, "post", title="法律咨询岗")
    over = steps.published(world, title="去年的清扫")
    cancel(world.actor("an"), offer_id=over.pk, reason="下雨")
    page = text(browser(world, "an").get("/offers/"))
    assert page.index(post.title) < page.index(over.title)


def test_what_is_over_and_not_recorded_reads_so_wherever_its_state_stands(world: World) -> None:
    hours = {"starts_at": steps.hour(1), "ends_at": steps.hour(1, 11)}
    offer = steps.published(world, title="楼道清扫", **hours)
    steps.published(world, "post", title="法律咨询岗")
    an, there = browser(world, "an"), f"/offers/{offer.pk}/"
    assert "招募中" in text(an.get(there))
    with clock.at(steps.hour(2)):
        an = browser(world, "an")
        page = text(an.get(there))
        assert ("已结束，待登记" in page, "招募中" in page) == (True, False)
        assert "楼道清扫" in text(an.get("/offers/?state=over"))
        going = text(an.get("/offers/?state=published"))
        assert ("法律咨询岗" in going, "楼道清扫" in going) == (True, False)
    with clock.at(steps.hour(1, 10)):
        assert "进行中" in text(browser(world, "an").get(there))


def test_deciding_claims_is_one_tap_for_all_or_a_reason(world: World) -> None:
    offer = steps.published(world, "post", places=2)
    rows = steps.claimed(offer, *steps.registered(world, 3))
    an = browser(world, "an")
    page = text(an.get("/offers/claims/"))
    assert page.count('name="ids"') == 3
    row = page.split('name="ids"')[3].split("</tr>")[0]
    assert f"/offers/{offer.pk}/places/" in row, "more places are given where they are missing"
    assert 'value="3"' in row, "as many as would suffice"
    first = {"ids": [str(row.pk) for row in rows[:2]], "decision": "approve"}
    assert "已通过 2 项认领" in text(an.post("/offers/claims/decide/", first, follow=True))
    rest = {"ids": [str(rows[2].pk)], "decision": "refuse"}
    assert "请用一句话说明原因" in text(an.post("/offers/claims/decide/", rest, follow=True))
    told = an.post("/offers/claims/decide/", rest | {"reason": "名额已满"}, follow=True)
    assert "1 项认领未予通过" in text(told)
    assert steps.states(offer) == ["active", "active", "refused"]
    strange = browser(world, "bao").post("/offers/claims/decide/", first)
    assert strange.status_code == 404


@pytest.mark.parametrize("queue", ["/offers/claims/", "/offers/claims/exits/"])
def test_who_waits_longest_stands_first_and_nobody_is_out_of_reach(
    world: World, monkeypatch: pytest.MonkeyPatch, queue: str
) -> None:
    monkeypatch.setattr(desk, "PAGE_ROWS", 2)
    offer = steps.published(world, "post", approval="exits" not in queue)
    members = steps.registered(world, 3)
    rows = steps.claimed(offer, *members)
    if "exits" in queue:
        for member, row in zip(members, rows, strict=True):
            claims.request_exit(member, claim_id=row.pk, reason="调动工作")
    an = browser(world, "an")
    first, last = text(an.get(queue)), text(an.get(f"{queue}?page=2"))
    assert [str(row.pk) in first for row in rows] == [True, True, False]
    assert [str(row.pk) in last for row in rows] == [False, False, True]
    assert 'rel="next"' in first


def test_exits_are_decided_the_same_way(world: World) -> None:
    offer, chen = steps.published(world, "post", approval=False), steps.chen(world)
    held = steps.claimed(offer, chen)[0]
    claims.request_exit(chen, claim_id=held.pk, reason="调动工作")
    an = browser(world, "an")
    assert "调动工作" in text(an.get("/offers/claims/exits/"))
    sent = {"ids": [str(held.pk)], "decision": "approve"}
    assert "已同意 1 人退出。" in text(an.post("/offers/claims/exits/decide/", sent, follow=True))


def test_who_has_asked_longest_to_leave_stands_first_with_since_when(world: World) -> None:
    members = steps.registered(world, 2)
    offer = steps.published(world, "post", approval=False, places=2)
    early, late = steps.claimed(offer, *members)
    for days, member, row in ((2, members[1], late), (0, members[0], early)):
        with clock.at(clock.now() - timedelta(days=days)):
            claims.request_exit(member, claim_id=row.pk, reason="调动工作")
    page = text(browser(world, "an").get("/offers/claims/exits/"))
    assert page.index(str(late.pk)) < page.index(str(early.pk))
    assert ("2 天" in page, "今天" in page) == (True, True)


def test_the_calendar_shows_the_month_and_takes_its_theme(world: World) -> None:
    steps.published(world, starts_at=steps.hour(1), ends_at=steps.hour(1, 11))
    an = browser(world, "an")
    month = f"{steps.hour(1):%Y-%m}"
    assert "楼道清洁" in text(an.get(f"/offers/calendar/?month={month}"))
    assert "楼道清洁" not in text(an.get("/offers/calendar/?month=2020-01"))
    an.post(f"/offers/calendar/?month={month}", {"title": "垃圾分类月"}, follow=True)
    assert Theme.objects.get().title == "垃圾分类月"
    assert "垃圾分类月" in text(an.get(f"/offers/calendar/?month={month}"))


def test_moving_cancelling_closing_and_offering_again_on_their_pages(world: World) -> None:
    an = browser(world, "an")
    offer = steps.published(world)
    moved = {"on": f"{steps.hour(9):%Y-%m-%d}", "begins": "14:00", "ends": "16:00"}
    an.post(f"/offers/{offer.pk}/reschedule/", moved, follow=True)
    offer.refresh_from_db()
    assert offer.starts_at == steps.hour(9, 14)
    copied = an.post(f"/offers/{offer.pk}/copy/")
    draft = Offer.objects.get(state="draft")
    assert copied["Location"] == f"/offers/{draft.pk}/edit/"
    told = an.post(f"/offers/{offer.pk}/cancel/", {"reason": "暴雨"}, follow=True)
    assert "暴雨" in text(told)
    post = steps.published(world, "post")
    an.post(f"/offers/{post.pk}/close/", {"client_id": str(uuid4())}, follow=True)
    post.refresh_from_db()
    assert post.state == "closed"


def test_a_published_activity_keeps_its_hours_when_edited(world: World) -> None:
    offer = steps.published(world)
    an = browser(world, "an")
    assert "disabled" in text(an.get(f"/offers/{offer.pk}/edit/"))
    typed = {"title": "大扫除", "category": "environment", "places": "9",
             "on": "2030-01-01", "begins": "01:00", "ends": "02:00"}  # fmt: skip
    an.post(f"/offers/{offer.pk}/edit/", typed)
    offer.refresh_from_db()
    assert (offer.title, offer.places, offer.starts_at) == ("大扫除", 9, steps.hour())


def test_the_number_of_queries_does_not_grow_with_rows(world: World) -> None:
    an = browser(world, "an")

    def queries(page: str) -> int:
        an.get(page)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            an.get(page)
        return len(caught)

    pages = ("/offers/", "/offers/claims/", "/offers/calendar/")
    offer = steps.published(world, "post", places=9)
    steps.published(world)
    members = steps.registered(world, 6)
    steps.claimed(offer, members[0])
    few = [queries(page) for page in pages]
    for day in range(1, 5):
        steps.published(world, starts_at=steps.hour(day), ends_at=steps.hour(day, 11))
    steps.claimed(offer, *members[1:])
    assert [queries(page) for page in pages] == few


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "html"])
def test_the_table_of_claims_is_printed_in_every_format(world: World, ending: str) -> None:
    offer = steps.published(world, "post")
    steps.claimed(offer, steps.chen(world))
    for name, page in (
        ("an", f"/offers/claims.{ending}"),
        ("an", f"/offers/{offer.pk}/claims.{ending}"),
        ("deng", f"/unit/claims.{ending}"),
    ):
        answer = browser(world, name).get(page)
        assert answer.status_code == 200
        if ending == "html":
            assert "陈晓宇" in text(answer)
            assert "19900001234" not in text(answer)
    assert browser(world, "bao").get(f"/offers/{offer.pk}/claims.{ending}").status_code == 404
    assert "陈晓宇" not in text(browser(world, "bao").get("/offers/claims.html"))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/offers/new/post/", "category"),
        ("/offers/new/activity/", "category"),
        ("/needs/menu/new/", "category"),
        ("/offers/new/wish/", "situation"),
        ("/offers/pairings/new/", "situation"),
    ],
)
def test_nothing_is_chosen_before_somebody_does(world: World, address: str, name: str) -> None:
    page = text(browser(world, "an").get(address))
    kinds = re.search(rf'<select name="{name}".*?</select>', page)
    assert kinds
    assert re.findall(r'<option value="([^"]*)"[^>]*>', kinds[0])[0] == ""
