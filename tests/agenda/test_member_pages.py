"""A member on the phone: what fits, two taps, what is kept, and the own calendar."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from baodao.accounts.models import Account
from baodao.agenda import tasks
from baodao.agenda.commands import calendars as feeds
from baodao.agenda.models import Feed
from baodao.agenda.queries.suggestions import WEIGHED
from baodao.agenda.tables.suggestions import MOST_SERVICES
from baodao.claims.commands import claims, decisions
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.ids import new_id
from baodao.notices.models import Notice
from baodao.offers.commands import hours, offers
from baodao.offers.models import Offer
from tests.offers import steps
from tests.registration.browsing import browser, client_id, text
from tests.world import World


def test_claiming_takes_two_taps_and_a_double_tap_claims_once(world: World) -> None:
    """找服务, then 认领."""
    offer, _ = steps.published(world), steps.chen(world)
    chen = browser(world, "chen")
    page = chen.get("/find/")
    assert "楼道清洁" in text(page)
    assert "还缺 3 人" in text(page)
    assert "离家近" in text(page)
    sent = {"client_id": str(client_id(page))}
    answer = chen.post(f"/find/{offer.pk}/claim/", sent, follow=True)
    assert "认领成功" in text(answer)
    chen.post(f"/find/{offer.pk}/claim/", sent, follow=True)
    assert Claim.objects.count() == 1
    assert "楼道清洁" not in text(chen.get("/find/"))
    assert "楼道清洁" in text(chen.get("/me/claims/"))


def test_filters_narrow_by_kind_time_and_words_and_the_neighbours_come_last(world: World) -> None:
    steps.chen(world)
    steps.published(world, "post", title="法律咨询岗", specialties="法律")
    steps.published(world, title="楼道清洁", starts_at=steps.hour(20), ends_at=steps.hour(20, 11))
    steps.published(world, where=world.bridge, title="邻里联欢")
    chen = browser(world, "chen")

    def seen(query: str) -> list[str]:
        page = text(chen.get(f"/find/?{query}"))
        return [title for title in ("法律咨询岗", "楼道清洁", "邻里联欢") if title in page]

    assert seen("") == ["法律咨询岗", "楼道清洁", "邻里联欢"]
    assert seen("kind=post") == ["法律咨询岗"]
    assert seen("time=standing") == ["法律咨询岗"]
    assert seen("time=week") == ["邻里联欢"]
    assert seen("q=法律") == ["法律咨询岗"]
    assert seen("kind=nonsense") == seen("time=nonsense") == []
    page = text(chen.get("/find/"))
    assert page.index("本街道其他社区") < page.index("邻里联欢")


def test_among_many_offers_ones_own_community_comes_first_and_every_one_is_found(
    world: World,
) -> None:
    """A page weighs 200 and shows 60; what is looked for is looked for among all."""
    steps.chen(world)
    pattern = steps.published(world, where=world.bridge, title="邻里联欢")
    for number in range(WEIGHED + 20):
        pattern.pk, pattern._state.adding = new_id(), True
        pattern.title, pattern.text = f"邻里联欢{number}", "带小凳子" if number == 7 else ""
        pattern.save()
    steps.published(world, "post", title="法律咨询岗", specialties="法律")
    Offer.objects.filter(kind="post").update(published_at=clock.now() - timedelta(days=90))
    chen = browser(world, "chen")
    page = text(chen.get("/find/"))
    assert page.index("法律咨询岗") < page.index("邻里联欢")
    assert f"另有 {WEIGHED + 22 - MOST_SERVICES} 项未列出" in page
    assert "邻里联欢7" in text(chen.get("/find/?q=小凳子"))
    assert "未列出" not in text(chen.get("/find/?kind=post"))


def test_more_offers_ask_no_more_statements(world: World) -> None:
    steps.chen(world)
    chen = browser(world, "chen")

    def asked(url: str) -> int:
        chen.get(url)
        with CaptureQueriesContext(connection) as statements:
            chen.get(url)
        return len(statements)

    steps.published(world)
    few = [asked(url) for url in ("/find/", "/find/?q=清洁")]
    for number in range(5):
        hours = {"starts_at": steps.hour(8 + number), "ends_at": steps.hour(8 + number, 11)}
        steps.published(world, **hours)
    assert [asked(url) for url in ("/find/", "/find/?q=清洁")] == few


def test_who_is_not_registered_sees_but_has_no_button(world: World) -> None:
    offer = steps.published(world)
    chen = browser(world, "chen")
    page = text(chen.get("/find/"))
    assert "楼道清洁" in page
    assert f"/find/{offer.pk}/claim/" not in page
    answer = chen.post(f"/find/{offer.pk}/claim/", {"back": "/find/"}, follow=True)
    assert "请先报到" in text(answer)


def test_giving_up_asks_once_and_leaving_a_post_asks_for_a_reason(world: World) -> None:
    chen_actor, chen = steps.chen(world), browser(world, "chen")
    activity, post = steps.published(world), steps.published(world, "post")
    mine, held = steps.claimed(activity, chen_actor)[0], steps.claimed(post, chen_actor)[0]
    decisions.decide_claims(world.actor("an"), claim_ids=[held.pk], approve=True)
    assert "不用向谁申请" in text(chen.get(f"/me/claims/{mine.pk}/leave/"))
    chen.post(f"/me/claims/{mine.pk}/leave/", follow=True)
    assert steps.fresh(mine).state == "left"
    assert "申请退出" in text(chen.get(f"/me/claims/{held.pk}/leave/"))
    assert chen.post(f"/me/claims/{held.pk}/leave/", {"reason": ""}).status_code == 422
    chen.post(f"/me/claims/{held.pk}/leave/", {"reason": "调动工作"}, follow=True)
    assert steps.fresh(held).state == "exit-requested"


def test_who_asked_to_leave_may_stay_until_the_community_has_answered(world: World) -> None:
    chen_actor, chen = steps.chen(world), browser(world, "chen")
    post = steps.published(world, "post", approval=False)
    held = steps.claimed(post, chen_actor)[0]
    claims.request_exit(chen_actor, claim_id=held.pk, reason="调动工作")
    assert "撤回申请" in text(chen.get("/me/claims/"))
    assert browser(world, "gu").post(f"/me/claims/{held.pk}/stay/").status_code == 404
    chen.post(f"/me/claims/{held.pk}/stay/", follow=True)
    assert (steps.fresh(held).state, steps.fresh(held).reason) == ("active", "")
    assert "撤回申请" not in text(chen.get("/me/claims/"))
    claims.request_exit(chen_actor, claim_id=held.pk, reason="调动工作")
    decisions.decide_exits(world.actor("an"), claim_ids=[held.pk], approve=True)
    answer = chen.post(f"/me/claims/{held.pk}/stay/", follow=True)
    assert "已退出" in text(answer)
    assert steps.fresh(held).state == "left"


def test_an_invitation_is_confirmed_with_one_tap_and_only_by_its_own(world: World) -> None:
    offer = steps.published(world, places=1)
    other = steps.registered(world, 1)[0]
    chen_actor = steps.chen(world)
    first, second = steps.claimed(offer, other, chen_actor)
    claims.withdraw_claim(other, claim_id=first.pk)
    chen = browser(world, "chen")
    hours = {"starts_at": steps.hour(1), "ends_at": steps.hour(1, 11)}
    sooner = steps.published(world, title="明早的清扫", **hours)
    steps.claimed(sooner, chen_actor)
    page = text(chen.get("/me/claims/"))
    assert ("为您保留到" in page, "有空位，请确认" in page) == (True, True)
    assert page.index("为您保留到") < page.index("明早的清扫")
    of_others = text(browser(world, "an").get(f"/offers/{offer.pk}/"))
    assert ("待本人确认" in of_others, "有空位，请确认" in of_others) == (True, False)
    assert browser(world, "gu").post(f"/me/claims/{second.pk}/confirm/").status_code == 404
    chen.post(f"/me/claims/{second.pk}/confirm/", follow=True)
    assert steps.fresh(second).state == "active"


def test_absence_is_never_shown_as_blame(world: World) -> None:
    offer = steps.published(world)
    held = steps.claimed(offer, steps.chen(world))[0]
    Claim.objects.filter(pk=held.pk).update(state="absent", ended_at=clock.now())
    for name, page in (("chen", "/me/claims/"), ("an", f"/offers/{offer.pk}/"),
                       ("deng", "/unit/claims/")):  # fmt: skip
        shown = text(browser(world, name).get(page))
        assert "楼道清洁" in shown
        assert "未到场" not in shown


def test_the_calendar_is_read_by_its_address_until_a_new_one_is_made(world: World) -> None:
    offer = steps.published(world, title="楼道清洁，周六上午九点在三号楼前集合，请自带手套和水杯")
    steps.claimed(offer, steps.chen(world))
    chen = browser(world, "chen")
    assert "旧地址" not in text(chen.post("/me/claims/calendar/", follow=True))
    old = Feed.objects.get().token
    answer = browser(world, "gu").get(f"/c/{old}.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [offer.title]
    assert events[0].decoded("dtstart") == offer.starts_at
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert "旧地址已失效" in text(chen.post("/me/claims/calendar/", follow=True))
    assert chen.get(f"/c/{old}.ics").status_code == 404
    assert chen.get(f"/c/{Feed.objects.get().token}.ics").status_code == 200


def feed_of(token: str) -> Calendar:
    answer = Client().get(f"/c/{token}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def dates_of(token: str) -> list[tuple[str, str, int]]:
    """Title, standing and sequence of each date of a calendar."""
    events = feed_of(token).walk("VEVENT")
    return [(str(one["summary"]), str(one["status"]), int(one["sequence"])) for one in events]


def test_a_calendar_follows_moves_and_cancels_what_is_cancelled(world: World) -> None:
    chen, an = steps.chen(world), world.actor("an")
    stays, gone, left, full = (
        steps.published(
            world, title=title, places=1, starts_at=steps.hour(day), ends_at=steps.hour(day, 11)
        )
        for day, title in ((8, "清扫"), (9, "义诊"), (10, "维修"), (11, "晚会"))
    )
    steps.claimed(full, *steps.registered(world, 1))
    claim = steps.claimed(left, chen)[0]
    steps.claimed(stays, chen)
    steps.claimed(gone, chen)
    steps.claimed(full, chen)
    token = feeds.renew_feed(chen).token
    named = feed_of(token)
    assert {str(named[key]) for key in ("name", "x-wr-calname")} == {"报到 · 我认领的服务"}
    assert {row[1:] for row in dates_of(token)} == {("CONFIRMED", 2)}
    later = clock.now() + timedelta(hours=1)
    new = {"starts_at": steps.hour(8, 14), "ends_at": steps.hour(8, 16)}
    with clock.at(later):
        hours.reschedule(an, offer_id=stays.pk, **new)
        offers.cancel(an, offer_id=gone.pk, reason="暴雨")
        claims.withdraw_claim(chen, claim_id=claim.pk)
        offers.edit(an, offer_id=full.pk, facts=steps.facts(places=2, title="晚会",
                    starts_at=full.starts_at, ends_at=full.ends_at))  # fmt: skip
        moved = feed_of(token).walk("VEVENT")[0]
        assert moved.decoded("dtstart") == new["starts_at"]
        assert abs(moved.decoded("last-modified") - later) < timedelta(seconds=1)
        assert dates_of(token) == [
            ("清扫", "CONFIRMED", 3), ("义诊", "CANCELLED", 4), ("维修", "CANCELLED", 5),
            ("晚会", "TENTATIVE", 5),
        ]  # fmt: skip
    with clock.at(clock.now() + timedelta(days=60)):
        assert [title for title, _, _ in dates_of(token)] == ["清扫", "晚会"]


def test_a_calendar_says_nothing_of_who_did_not_come_and_stops_with_the_account(
    world: World,
) -> None:
    claim = steps.claimed(steps.published(world), steps.chen(world))[0]
    token = feeds.renew_feed(world.actor("chen")).token
    Claim.objects.filter(pk=claim.pk).update(state="absent", ended_at=clock.now())
    assert dates_of(token) == [("楼道清洁", "CONFIRMED", 2)]
    Account.objects.filter(username="chen").update(is_active=False)
    assert Client().get(f"/c/{token}.ics").status_code == 404


def test_a_unit_sees_what_its_members_claimed_and_the_next_unit_does_not(world: World) -> None:
    steps.claimed(steps.published(world), steps.chen(world))
    assert "陈晓宇" in text(browser(world, "deng").get("/unit/claims/"))
    assert "陈晓宇" in text(browser(world, "dai").get("/unit/claims/?q=cxy"))
    for name in ("an", "bao", "fan", "chen"):
        assert browser(world, name).get("/unit/claims/").status_code == 404


def test_tomorrow_is_announced_once_and_not_to_who_wants_no_reminders(world: World) -> None:
    offer = steps.published(world, starts_at=steps.hour(1), ends_at=steps.hour(1, 11))
    chen, other = steps.chen(world), steps.registered(world, 1)[0]
    steps.claimed(offer, chen, other)
    world.accounts["chen"].reminders = False
    world.accounts["chen"].save()
    with clock.at(steps.hour(0, 17)):
        tasks.remind_of_tomorrow()
        tasks.remind_of_tomorrow()
    told = Notice.objects.filter(kind="activity-tomorrow")
    assert [notice.person_id for notice in told] == [other.person_id]
    with clock.at(steps.hour(-1, 17) - timedelta(days=1)):
        tasks.remind_of_tomorrow()
    assert told.count() == 1


def test_many_offers_are_counted_and_only_the_first_are_shown(world: World) -> None:
    steps.chen(world)
    for number in range(MOST_SERVICES + 3):
        steps.published(world, "post", title=f"岗位{number}")
    page = text(browser(world, "chen").get("/find/"))
    assert f"有 {MOST_SERVICES + 3} 项服务可以认领" in page
    assert page.count("<h2 class=") == MOST_SERVICES
    assert "另有 3 项未列出" in page
