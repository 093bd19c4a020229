"""A team's calendar: the month on its page, and an address for the phones of who is in it."""

from collections.abc import Sequence

from django.test import Client
from icalendar import Calendar

from baodao.agenda.models import Feed
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from tests.offers import steps as offered
from tests.registration.browsing import browser, text
from tests.teams import steps
from tests.world import World


def parted(world: World, count: int) -> list[Actor]:
    """So many members of the community: the first leads the team, the last is not in it."""
    members = offered.registered(world, count)
    steps.put(world, *members[:-1])
    steps.led_by(world, members[0])
    return members


def month_of(world: World, offer: Offer) -> str:
    assert offer.starts_at
    day = clock.local(offer.starts_at)
    return f"/teams/{world.team.pk}/calendar/?month={day:%Y-%m}"


def events(token: str) -> Sequence[tuple[str, str]]:
    answer = Client().get(f"/c/{token}.ics")
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.content)
    assert str(found["name"]) == "报到 · 法律服务队"
    return [(str(one["summary"]), str(one["status"])) for one in found.walk("VEVENT")]


def test_the_month_of_a_team_has_what_it_took_on_and_what_it_organises(world: World) -> None:
    leader, mate, other, outsider = parted(world, 4)
    sweep = offered.published(world, title="楼道清洁")
    talk = offered.published(world, title="普法讲座", organiser_id=world.team.pk)
    offered.published(world, title="邻里联欢")
    steps.claimed(world, sweep, leader, mate, other)
    inside = text(steps.signed_in(mate).get(month_of(world, sweep)))
    assert talk.starts_at == sweep.starts_at
    for words in ("楼道清洁", "普法讲座", "本队组织", mate.name, "放进我的日历"):
        assert words in inside
    assert "邻里联欢" not in inside
    outside = text(steps.signed_in(outsider).get(month_of(world, sweep)))
    assert "楼道清洁" in outside
    assert mate.name not in outside
    assert "放进我的日历" not in outside
    assert "楼道清洁" in text(browser(world, "an").get(month_of(world, sweep)))
    assert browser(world, "bao").get(month_of(world, sweep)).status_code == 404
    page = text(steps.signed_in(mate).get(f"/teams/{world.team.pk}/"))
    assert f"/teams/{world.team.pk}/calendar/" in page


def test_who_is_in_a_team_has_its_calendar_on_the_phone_until_they_leave_it(world: World) -> None:
    leader, mate, outsider = parted(world, 3)
    hours = {"starts_at": offered.hour(9), "ends_at": offered.hour(9, 11)}
    sweep = offered.published(world, title="楼道清洁")
    steps.claimed(world, sweep, leader, leader)
    offered.published(world, title="普法讲座", organiser_id=world.team.pk, **hours)
    address = f"/teams/{world.team.pk}/calendar/address/"
    assert steps.signed_in(outsider).post(address).status_code == 404
    phone = steps.signed_in(mate)
    phone.post("/me/claims/calendar/")
    assert "旧地址" not in text(phone.post(address, follow=True))
    token = Feed.objects.get(team=world.team).token
    assert token in text(phone.get(month_of(world, sweep)))
    assert events(token) == [("楼道清洁", "CONFIRMED"), ("普法讲座", "CONFIRMED")]
    offers.cancel(world.actor("an"), offer_id=sweep.pk, reason="暴雨")
    assert events(token)[0] == ("楼道清洁", "CANCELLED")
    assert "旧地址已失效" in text(phone.post(address, follow=True))
    assert Client().get(f"/c/{token}.ics").status_code == 404
    token = Feed.objects.get(team=world.team).token
    steps.leave(world, mate, world.team.pk)
    assert Client().get(f"/c/{token}.ics").status_code == 404
    assert Client().get(f"/c/{Feed.objects.get(team=None).token}.ics").status_code == 200
