"""The calendar of a resource: lent and wanted hours by day, and the way to claim a day."""

from datetime import date, datetime, time, timedelta

from baodao.kernel import clock
from baodao.resources.commands import claims
from baodao.resources.queries.calendars import resource_month
from baodao.resources.rules.lists import BookedTime
from tests.orders.steps import partner
from tests.registration.browsing import browser, text
from tests.resources import steps
from tests.world import World


def night(on: date) -> BookedTime:
    """From ten in the evening of a day until two."""
    begins = datetime.combine(on, time(22), clock.ZONE)
    return BookedTime(begins, begins + timedelta(hours=4))


def test_a_month_shows_lent_and_wanted_hours_on_each_of_their_days(world: World) -> None:
    partner(world)
    row, here = (
        steps.hall(world),
        (clock.today().replace(day=1) + timedelta(days=62)).replace(day=1),
    )
    claim = claims.claim_resource(
        world.actor("an"), community_id=world.willow.pk, resource_id=row.pk, time=night(here)
    )
    days = {day.on: day for week in resource_month(row, here).weeks for day in week}
    spans = [
        (f"{one.begins:%H:%M}", f"{one.ends:%H:%M}", one.lent)
        for on in (here, here + timedelta(days=1))
        for one in days[on].hours
    ]
    assert spans == [("22:00", "00:00", False), ("00:00", "02:00", False)]
    assert all(not day.over for day in days.values())
    page = f"/resources/{row.pk}/calendar/?month={here:%Y-%m}"
    an = browser(world, "an")
    assert "22:00–24:00" in text(an.get(page))
    assert "柳荫社区申请，待商定" in text(an.get(page))
    assert f"待{world.bureau.name}答复" in text(an.get(f"/resources/{row.pk}/"))
    claims.accept_claim(world.actor("dai"), list_claim_id=claim.pk)
    assert "已借给柳荫社区" in text(an.get(page))
    assert f"/resources/{row.pk}/claim/?on={here:%Y-%m-%d}" in text(an.get(page))
    assert f"{here:%Y-%m-%d}" in text(an.get(f"/resources/{row.pk}/claim/?on={here:%Y-%m-%d}"))
    own = text(browser(world, "dai").get(page))
    assert "已借给柳荫社区" in own
    assert "claim/?on=" not in own
    assert browser(world, "bao").get(page).status_code == 404
    assert f"/resources/{row.pk}/calendar/" in text(an.get(f"/resources/{row.pk}/"))


def test_a_month_that_is_none_is_refused_in_words(world: World) -> None:
    partner(world)
    row, an = steps.hall(world), browser(world, "an")
    assert an.get(f"/resources/{row.pk}/calendar/?month=2026-13").status_code == 409
