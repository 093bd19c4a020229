"""The pages of call-ups as each seat has them, sent as forms without JavaScript."""

from datetime import timedelta

from django.urls import reverse

from baodao.accounts.models import Account
from baodao.attendance.models import CheckIn
from baodao.callups import tasks
from baodao.callups.commands.callups import stand_down
from baodao.callups.commands.posts import seat_best
from baodao.callups.models import CallPost, CallUp, Summons
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.notices.models import Notice
from baodao.offers.commands.hours import reschedule
from tests.attendance.test_along import at, delivered, line, pack
from tests.callups import crowd, steps
from tests.offers import steps as offered
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.world import World


def test_a_worker_prepares_calls_places_and_stands_down(world: World) -> None:
    road.accepted(world)
    an, chen = browser(world, "an"), browser(world, "chen")
    day = offered.hour(7).date()
    typed = {
        "title": "防汛演练", "reason": steps.REASON, "task": "装沙袋", "spot": "社区广场",
        "on": f"{day:%Y-%m-%d}", "begins": "08:00", "skills": "",
    }  # fmt: skip
    assert an.get("/callups/new/").status_code == 200
    assert an.post("/callups/new/", typed | {"reason": ""}).status_code == 422
    page = an.post("/callups/new/", typed)["Location"]
    call = CallUp.objects.get()
    shown = text(an.get(page))
    assert "集结 1 人" in shown
    assert "夜间也立即送达" in shown
    assert text(an.get("/callups/")).count("已准备") == 1
    with clock.at(offered.hour(8)):
        late = text(browser(world, "an").get(page))
        assert "集结时间已过" in late
        assert f"{page}send/" not in late
    an.post(f"{page}send/", {})
    tasks.summon(str(call.pk))
    assert "次应急集结进行中" in text(an.get("/today/"))
    own = f"/me/callups/{call.pk}/"
    assert own in text(chen.get("/me/today/"))
    chen.post(f"{own}answer/", {"answer": "cannot"})
    assert "陈晓宇" not in text(an.get(f"{page}people/?who=able"))
    window = {
        "on": f"{day:%Y-%m-%d}",
        "begins": "08:00",
        "until_on": f"{day:%Y-%m-%d}",
        "ends": "18:00",
    }
    assert chen.post(own, window)["Location"] == own
    assert "能来" in text(chen.get(own))
    assert "陈晓宇" in text(an.get(f"{page}people/?who=able"))
    shift = {
        "title": "装沙袋一班", "community_id": str(world.willow.pk),
        "on": f"{day:%Y-%m-%d}", "begins": "09:00", "ends": "11:00", "places": "5", "place": "东堤",
    }  # fmt: skip
    assert an.get(f"{page}posts/new/").status_code == 200
    post_page = an.post(f"{page}posts/new/", shift)["Location"]
    assert "陈晓宇" in text(an.get(post_page))
    assert "没有勾选任何人" in text(an.post(f"{post_page}place/", {"whom": "ticked"}, follow=True))
    an.post(f"{post_page}place/", {"whom": "best"})
    claim = Claim.objects.get()
    assert (claim.state, claim.offer) == ("active", CallPost.objects.get().offer)
    assert claim.offer.category == "patrol", "nobody is asked for it in an emergency"
    assert "东堤" in text(chen.get("/notices/"))
    assert reverse("agenda:service", args=[claim.offer_id]) in text(chen.get(own))
    assert "安排最合适的" not in text(an.get(post_page))
    assert an.get(f"{page}comers/").status_code == 200
    an.post(f"{page}stand-down/", {"reason": "演练结束"})
    assert "演练结束" in text(an.get(page))
    assert "演练结束" in text(chen.get(own))


def test_the_same_call_up_again_asks_before_it_is_sent(world: World) -> None:
    road.accepted(world)
    first, again, an = steps.sent(world), steps.draft(world), browser(world, "an")
    page = f"/callups/{again.pk}/"
    assert f"/callups/{first.pk}/" in text(an.get(page))
    assert "内容相同的集结" in text(an.post(f"{page}send/", {}, follow=True))
    again.refresh_from_db()
    assert again.called_at is None
    an.post(f"{page}send/", {"another": "on"})
    again.refresh_from_db()
    assert again.called_at is not None
    other = steps.draft(world, spot="东堤")
    assert "内容相同的集结" not in text(an.get(f"/callups/{other.pk}/"))


def test_hours_that_say_nothing_or_end_before_they_begin_come_back_open(world: World) -> None:
    road.accepted(world)
    call, chen = steps.sent(world), browser(world, "chen")
    own, day = f"/me/callups/{call.pk}/", offered.hour(7).date()
    closed = text(chen.get(own))
    assert "<details" in closed
    assert '<details class="card" open' not in closed
    hours = {"on": f"{day:%Y-%m-%d}", "begins": "12:00", "until_on": f"{day:%Y-%m-%d}"}
    for typed, words in (
        ({}, "填写"), (hours | {"ends": "08:00"}, "12:00"),
        ({"ends": "13:00"}, "是哪一天"), (hours | {"on": ""}, "是哪一天"),
    ):  # fmt: skip
        answer = chen.post(own, typed)
        assert answer.status_code == 422
        assert '<details class="card" open' in text(answer)
        assert words in text(answer)
    assert Summons.objects.get().answer == ""
    assert chen.post(own, hours | {"begins": ""}).status_code == 302
    said = Summons.objects.get()
    assert said.free_until is not None
    assert said.free_until - clock.midnight(day) == timedelta(days=1), "the whole of the last day"


def test_a_shift_that_is_moved_names_who_said_other_hours(world: World) -> None:
    road.accepted(world)
    call, an = steps.sent(world), browser(world, "an")
    steps.able(call, world.actor("chen"), free_until=offered.hour(7, 12))
    post = steps.post(world, call)
    seat_best(world.actor("an"), post_id=post.pk)
    page = f"/callups/posts/{post.pk}/"
    assert "陈晓宇" not in text(an.get(page))
    moved = {"starts_at": offered.hour(7, 13), "ends_at": offered.hour(7, 15)}
    reschedule(world.actor("an"), offer_id=post.pk, **moved)
    shown = text(an.get(page))
    assert "答复能来的时间不含这个班次" in shown
    assert "陈晓宇" in shown


def test_who_cannot_be_told_is_telephoned_and_only_who_can_come_is_written_down(
    world: World,
) -> None:
    offered.registered(world, 1)
    Account.objects.filter(person__isnull=False).update(is_active=False)
    call, an = steps.sent(world), browser(world, "an")
    page = f"/callups/{call.pk}/"
    shown = text(an.get(page))
    assert "1 人通知送不到，需打电话" in shown
    assert "待联系 1，已联系 0，没打通 0" in shown
    row = Summons.objects.get()
    assert row.person.name in text(an.get(f"{page}people/?who=telephone"))
    an.post(f"{page}note/", {"ids": [str(row.pk)], "became": "missed"})
    assert "待联系 0，已联系 0，没打通 1" in text(an.get(page))
    an.post(f"{page}note/", {"ids": [str(row.pk)]})
    row.refresh_from_db()
    assert row.answer == "can"


def test_a_unit_reads_how_many_of_its_own_were_called_and_no_answer(world: World) -> None:
    road.accepted(world)
    call = steps.sent(world)
    steps.able(call, world.actor("chen"))
    dai = browser(world, "dai")
    assert "/unit/callups/" in text(dai.get("/unit/"))
    page = text(dai.get("/unit/callups/"))
    assert "防汛演练" in page
    assert "陈晓宇" not in page
    assert "能来" not in page
    assert dai.get(f"/callups/{call.pk}/").status_code == 404
    assert browser(world, "fan").get(f"/callups/{call.pk}/").status_code == 200


def test_a_flood_drill_calls_five_hundred_and_fills_a_shift_in_one_tap(world: World) -> None:
    [member] = offered.registered(world, 1)
    crowd.copied(member.person_id, 499)
    call, an = steps.draft(world), browser(world, "an")
    page = f"/callups/{call.pk}/"
    assert "集结 500 人" in text(an.get(page))
    an.post(f"{page}send/", {})
    tasks.summon(str(call.pk))
    crowd.answered(call.pk, 300)
    shift = steps.post(world, call, places=250, starts_at=offered.hour(7, 9))
    an.post(f"/callups/posts/{shift.pk}/place/", {"whom": "best"})
    assert Claim.objects.filter(offer=shift.offer, state="active").count() == 250
    assert Notice.objects.filter(kind="callup-place").count() == 250
    part = text(an.get(page, headers={"hx-request": "true"}))
    assert "<!doctype" not in part, "a page in the place of a part is not put there"
    assert "400 人" in part
    shown = text(an.get(page))
    assert [number in shown for number in ("500 人", "400 人", "300 人", "250 人")] == [True] * 4


def test_the_list_of_a_shift_is_taken_along_and_delivered_as_any_other(world: World) -> None:
    members = offered.registered(world, 2)
    call = steps.sent(world)
    steps.able(call, *members)
    shift = steps.post(world, call)
    seat_best(world.actor("an"), post_id=shift.pk)
    rows = pack(world, shift.offer)["rows"]
    assert {row["name"] for row in rows} == {one.name for one in members}
    came = line(rows[0]["code"], at(9))
    assert delivered(world, shift.offer, came).json()["taken"] == [came["id"]]
    assert CheckIn.objects.get().offer_id == shift.offer_id


def test_a_shift_that_is_over_says_so_and_promises_nothing(world: World) -> None:
    offered.registered(world, 1)
    call = steps.sent(world)
    shift, an = steps.post(world, call), browser(world, "an")
    page = f"/callups/posts/{shift.pk}/"
    assert "安排后立即通知" in text(an.get(page))
    with clock.at(shift.offer.starts_at + timedelta(minutes=1)):
        shown = text(browser(world, "an").get(page))
        assert ("岗位已开始" in shown, "安排后" in shown) == (True, False)
    stand_down(world.actor("an"), call_id=call.pk, reason="洪水已退")
    shown = text(an.get(page))
    assert ("已解除" in shown, "安排后" in shown) == (True, False)


def test_of_a_call_of_the_street_each_fills_and_opens_the_shifts_of_their_own(world: World) -> None:
    members = offered.registered(world, 1)
    call = steps.sent(world, world.willow_street)
    steps.able(call, *members)
    shift = steps.post(world, call)
    links = f"/offers/{shift.pk}/", f"/callups/posts/{shift.pk}/"
    browser(world, "an").post(f"{links[1]}place/", {"whom": "best"})
    for name, opens in (("an", True), ("bao", False)):
        page = text(browser(world, name).get(f"/callups/{call.pk}/"))
        assert ("装沙袋一班" in page, [link in page for link in links]) == (True, [opens] * 2)
    told = text(browser(world, "an").get(links[0]))
    assert ("本人答复能来" in told, "空出的名额给了" in told) == (True, False)
