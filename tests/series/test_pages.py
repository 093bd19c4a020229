"""Series as the community and its members see them, and over the API."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from baodao.agenda.commands.calendars import renew_feed
from baodao.agenda.commands.series import claim_series
from baodao.agenda.queries.feeds import appointments, feed_at
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import suggestions
from baodao.claims.commands.claims import withdraw_claim
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused
from baodao.offers.commands import offers as commands
from baodao.series.commands.series import end_series
from baodao.series.models import ActivitySeries
from tests.offers import steps as offered
from tests.programs import code_of, program
from tests.registration.browsing import browser, client_id, text
from tests.series import steps
from tests.teams.steps import signed_in
from tests.world import World

TYPED = {
    "title": "固定服务日", "category": "environment", "places": "3", "place": "3号楼前",
    "on": "2027-03-13", "rhythm": "weekday", "until_on": "2027-12-31", "begins": "09:00",
    "ends": "11:00",
}  # fmt: skip


LATE = date(2027, 12, 31)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.at(steps.MONDAY):
        yield


def sent(client: Client, url: str, page: str = "", **typed: object) -> str:
    """What is shown after a form of a page was sent."""
    body = {"client_id": str(client_id(client.get(page or url))), **typed}
    return text(client.post(url, body, follow=True))


def test_a_community_publishes_changes_and_ends_a_series(world: World) -> None:
    an = browser(world, "an")
    assert "/offers/series/" in an.get("/offers/").content.decode()
    assert "只有一期" in sent(an, "/offers/series/new/", **TYPED | {"until_on": "2027-03-31"})
    page = sent(an, "/offers/series/new/", **TYPED)
    assert "每月第2个星期六" in page
    assert "09:00–11:00" in page
    assert "已认领 0 人，共需 3 人" in page
    assert "2027年4月26日以前的各期已经发布；以后的各期到2027年12月31日为止" in page
    assert "2027年的放假安排还没有导入" in page
    series = ActivitySeries.objects.get()
    address = f"/offers/series/{series.pk}/"
    before = {f"before-{name}": value for name, value in TYPED.items()}
    assert "7号楼前" in sent(an, f"{address}edit/", **TYPED | before | {"place": "7号楼前"})
    assert [offer.place for offer in steps.activities(series)] == ["7号楼前"] * 2
    assert "/end/" in an.get(address).content.decode()
    assert "不再举办" in sent(an, f"{address}end/", reason="不再举办")
    assert "2027年3月1日结束" in text(an.get("/offers/series/"))
    fan, bao = browser(world, "fan"), browser(world, "bao")
    assert (bao.get(address).status_code, fan.get(address).status_code) == (404, 200)
    assert "/edit/" not in fan.get(address).content.decode()


def test_a_member_claims_all_that_come_and_reads_of_each_date(world: World) -> None:
    series, (first, second) = steps.published(world), offered.registered(world, 2)
    dates = steps.activities(series)
    elsewhere = offered.published(
        world, starts_at=dates[2].starts_at, ends_at=dates[2].ends_at, title="义诊"
    )
    offered.claimed(elsewhere, first)
    commands.edit(
        world.actor("an"), offer_id=dates[3].pk, facts=offered.facts(title="固定服务日", places=1)
    )
    offered.claimed(dates[3], second)
    batch = claim_series(first, series_id=series.pk)
    assert [claim.state for claim in batch.done] == [
        "active", "active", "waiting", "active", "active", "active", "active",
    ]  # fmt: skip
    assert [(name, no.code) for name, no in batch.refused] == [
        ("2027年3月20日 09:00", "claim.overlap")
    ]
    again = claim_series(first, series_id=series.pk)
    assert (again.done, len(again.refused)) == ([], 1)
    with pytest.raises(Refused, match=r"claim\.not-registered"):
        claim_series(world.actor("chen"), series_id=series.pk)
    with pytest.raises(Absent):
        claim_series(world.actor("an"), series_id=series.pk)


def test_all_dates_are_claimed_from_the_page_of_one(world: World) -> None:
    series, [member] = steps.published(world, until_on=LATE), offered.registered(world, 1)
    first = steps.activities(series)[0]
    phone = signed_in(member)
    page = f"/find/{first.pk}/"
    assert "认领以后全部 8 期" in text(phone.get(page))
    after = sent(phone, f"/find/series/{series.pk}/claim/", page)
    assert "已认领 8 期" in after
    assert "2027年4月26日" in after
    assert "认领以后" not in text(phone.get(page))


def test_a_member_reads_who_ended_what_they_claimed(world: World) -> None:
    series, chen = steps.published(world), offered.chen(world)
    near, far = steps.activities(series)[:2]
    [own], _ = offered.claimed(near, chen), offered.claimed(far, chen)
    withdraw_claim(chen, claim_id=own.pk)
    with clock.at(steps.MONDAY + timedelta(minutes=5)):
        end_series(world.actor("an"), series_id=series.pk, reason="人手不够")
    page = text(browser(world, "chen").get("/me/claims/"))
    assert "社区已取消 · 2027年3月13日" in page
    assert page.count("社区已取消") == 1
    desk = browser(world, "an").get(reverse("offers:offer", args=[far.pk]))
    ours = browser(world, "deng").get("/unit/claims/?state=")
    for shown in (desk, ours):
        assert text(shown).count("社区已取消") == 1, (
            "who offers and whose members claimed read it too"
        )
    assert "人手不够" in page


def test_a_list_shows_one_date_of_a_series_and_the_page_all(world: World) -> None:
    series, chen = steps.published(world), offered.chen(world)
    dates = steps.activities(series)
    fits = suggestions(chen, own_community(chen)).weighed
    assert [(fit.offer, fit.series) for fit in fits] == [(dates[0], series)]
    member, page = browser(world, "chen"), f"/find/series/{series.pk}/"
    found = member.get("/find/").content.decode()
    assert (found.count("固定服务日</a>"), page in found) == (1, True)
    assert page in member.get(f"/find/{dates[4].pk}/").content.decode()
    shown = text(member.get(page))
    assert "每星期六" in shown
    assert "认领以后全部 8 期" in shown
    assert "已认领 8 期" in sent(member, f"{page}claim/", page)
    assert Claim.objects.filter(state="active").count() == 8
    assert member.get("/find/").content.decode().count("固定服务日</a>") == 0
    assert len(appointments(feed_at(renew_feed(chen).token))) == 8
    assert "认领以后全部" not in text(member.get(page))


def test_the_quarter_has_its_months_with_their_themes(world: World) -> None:
    steps.published(world)
    an = browser(world, "an")
    an.post("/offers/calendar/?month=2027-03", {"title": "学雷锋", "note": "", "client_id": ""})
    page = text(an.get("/offers/calendar/quarter/?month=2027-02"))
    assert "2027年第1季度" in page
    assert "2027年3月 · 学雷锋" in page
    assert "2027年4月" not in page
    assert browser(world, "chen").get("/offers/calendar/quarter/").status_code == 404


def test_a_program_publishes_changes_and_ends_a_series(world: World) -> None:
    token = program(world, "an", "willow", Permission.OFFER_READ, Permission.OFFER_EDIT)
    body = {
        "title": "固定服务日", "category": "environment", "places": 3, "begins": "09:00",
        "ends": "11:00", "until_on": "2027-04-30",
    }  # fmt: skip
    first = {"community": world.willow.code, "rhythm": "week", "first_on": "2027-03-06"}
    made = token.post("/series/", body | first).json()
    assert (made["title"], made["rhythm"], made["ended_at"]) == ("固定服务日", "week", None)
    [row] = token.get("/series/", community=world.willow.code).json()["items"]
    assert row["id"] == made["id"]
    dates = token.get(f"/series/{made['id']}/dates/").json()["items"]
    assert len(dates) == 8
    assert all(one["offer"] for one in dates)
    token.post(f"/series/{made['id']}/", body | {"place": "7号楼前", "before": body})
    assert ActivitySeries.objects.get().place == "7号楼前"
    again = token.post(f"/series/dates/{dates[0]['id']}/decide/", {"takes_place": False})
    assert code_of(again) == (409, "series.settled")
    ended = token.post(f"/series/{made['id']}/end/", {"reason": "不再举办"}).json()
    assert ended["ended_at"]
    other = program(world, "bao", "bridge", Permission.OFFER_READ, Permission.OFFER_EDIT)
    assert other.get(f"/series/{made['id']}/dates/").status_code == 404
    assert date.fromisoformat(ended["until_on"]) == date(2027, 4, 30)
