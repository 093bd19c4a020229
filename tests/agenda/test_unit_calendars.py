"""The calendar of a unit: an address that is the unit's own, not its clerk's."""

from django.test import Client
from icalendar import Calendar

from baodao.accounts.models import Grant
from baodao.agenda.models import Feed
from baodao.agenda.queries.feeds import appointments, feed_at
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel import clock, journal
from baodao.offers.models import Offer
from baodao.orgs.rules.handovers import Aim, Reform
from tests.agenda.test_parties import ids, partnered, taken_on
from tests.offers import steps
from tests.orgs.test_reorganisations import done, undone
from tests.registration.browsing import browser, client_id, text
from tests.world import World

ADDRESS = "/unit/services/calendar/"


def made(world: World) -> str:
    assert browser(world, "deng").post(ADDRESS).status_code == 302
    return Feed.objects.get(unit=world.bureau).token


def events(token: str) -> list[tuple[str, str, int]]:
    answer = Client().get(f"/c/{token}.ics")
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.content)
    assert str(found["name"]) == "报到 · 区城建局机关党委"
    return [(str(e["summary"]), str(e["status"]), int(e["sequence"])) for e in found.walk("VEVENT")]


def statuses(token: str) -> list[tuple[str, str]]:
    return [(title, status) for title, status, _ in events(token)]


def test_an_old_address_is_spoken_of_only_where_one_was_replaced(world: World) -> None:
    deng = browser(world, "deng")
    assert "旧地址" not in text(deng.post(ADDRESS, follow=True))
    assert "旧地址已失效" in text(deng.post(ADDRESS, follow=True))


def by_branch(world: World, offer: Offer) -> Claim:
    """Qin's branch of the unit claims it too."""
    return claims.claim_for(
        world.actor("qin"),
        offer_id=offer.pk,
        organisation_id=world.first.pk,
        person_ids=ids([steps.chen(world)]),
    )


def test_a_unit_has_its_calendar_whoever_is_its_clerk_and_without_names(world: World) -> None:
    partnered(world)
    hours = {"starts_at": steps.hour(9), "ends_at": steps.hour(9, 11)}
    sweep = steps.published(world, title="楼道清洁")
    steps.published(world, title="邻里联欢")
    talk = steps.published(world, title="普法讲座", organiser_id=world.team.pk, **hours)
    Offer.objects.filter(pk=talk.pk).update(organiser=world.bureau)
    members = steps.registered(world, 2)
    taken_on(world, sweep, members)
    by_branch(world, sweep)
    steps.claimed(talk, members[0])
    deng = browser(world, "deng")
    assert "/c/" not in text(deng.get("/unit/services/"))
    token = made(world)
    assert f"/c/{token}.ics" in text(deng.get("/unit/services/"))
    assert f"/c/{token}.ics" in text(browser(world, "dai").get("/unit/services/"))
    assert statuses(token) == [("楼道清洁", "CONFIRMED"), ("普法讲座", "CONFIRMED")]
    content = Client().get(f"/c/{token}.ics").content.decode()
    assert world.people["chen"].name not in content
    assert all(str(actor.name) not in content for actor in members)
    Grant.objects.filter(organisation=world.bureau).update(revoked_at=clock.now())
    assert statuses(token) == [("楼道清洁", "CONFIRMED"), ("普法讲座", "CONFIRMED")]
    for stranger in ("an", "bao", "chen"):
        assert browser(world, stranger).post(ADDRESS).status_code == 404


def test_a_date_of_a_unit_stands_as_long_as_one_of_its_claims_does(world: World) -> None:
    partnered(world)
    sweep = steps.published(world, title="楼道清洁")
    whole = taken_on(world, sweep, steps.registered(world, 1))
    part = by_branch(world, sweep)
    token = made(world)
    [first] = events(token)
    claims.withdraw_claim(world.actor("deng"), claim_id=whole.pk)
    [second] = events(token)
    assert (second[1], second[2] > first[2]) == ("CONFIRMED", True)
    claims.withdraw_claim(world.actor("deng"), claim_id=part.pk)
    [third] = events(token)
    assert (third[1], third[2] > second[2]) == ("CANCELLED", True)


def test_the_address_of_a_unit_is_replaced_and_withdrawn_which_is_journalled(world: World) -> None:
    deng = browser(world, "deng")
    old, new = made(world), made(world)
    assert Client().get(f"/c/{old}.ics").status_code == 404
    assert events(new) == []
    page = deng.get(f"{ADDRESS}withdraw/")
    assert "停用单位服务日历的地址" in text(page)
    told = {"client_id": client_id(page)}
    assert browser(world, "an").post(f"{ADDRESS}withdraw/", told).status_code == 404
    assert deng.post(f"{ADDRESS}withdraw/", told).status_code == 302
    assert Client().get(f"/c/{new}.ics").status_code == 404
    assert deng.get(f"{ADDRESS}withdraw/").status_code == 404
    written = journal.entries().filter(verb__startswith="unit-calendar")
    names = list(written.order_by("id").values_list("verb", flat=True))
    assert names == ["unit-calendar.renewed"] * 2 + ["unit-calendar.withdrawn"]
    assert not written.filter(facts__icontains=new).exists()


def test_the_address_ends_with_the_unit_and_its_successor_makes_another(world: World) -> None:
    partnered(world)
    sweep = steps.published(world, title="楼道清洁")
    taken_on(world, sweep, steps.registered(world, 1))
    token = made(world)
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    assert Client().get(f"/c/{token}.ics").status_code == 404
    heir = Feed.objects.create(unit=world.commission)
    [date] = appointments(feed_at(heir.token))
    assert (date.offer.title, date.status) == ("楼道清洁", "CONFIRMED")
    Feed.objects.filter(pk=heir.pk).delete()
    undone(world, act)
    assert statuses(token) == [("楼道清洁", "CONFIRMED")]
