"""Recording what was done, though people have moved on since: the day that was served decides."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from baodao.attendance.commands.rolls import DayService, Turnout, record_day, record_roll
from baodao.attendance.rules.rolls import Holding, check_day, check_held, check_length, check_night
from baodao.claims import tasks
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands import offers
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.people.models import Membership
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from baodao.rosters.commands.rows import close_memberships
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.world import World

NIGHT = datetime(2026, 7, 4, 22, tzinfo=clock.ZONE)
HOUR = timedelta(hours=1)
DAY = NIGHT.date()
LATER = timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "hours", "code"),
    [
        (240, (NIGHT, NIGHT + 4 * HOUR), ""),
        (241, (NIGHT, NIGHT + 4 * HOUR), "roll.longer"),
        (120, (NIGHT, NIGHT + 2 * HOUR), ""),
    ],
)
def test_nobody_served_longer_than_it_lasted(
    minutes: int, hours: tuple[datetime, datetime], code: str
) -> None:
    assert refused(check_length, ACTIVITY, minutes, hours) == code


@pytest.mark.parametrize(
    ("minutes", "now", "code"),
    [
        (240, NIGHT + HOUR, "roll.night"),
        (120, NIGHT + HOUR, ""),
        (240, NIGHT + 3 * HOUR, ""),
    ],
)
def test_what_goes_on_after_midnight_is_recorded_after_it(
    minutes: int, now: datetime, code: str
) -> None:
    assert refused(check_night, ACTIVITY, minutes, NIGHT, now) == code


@pytest.mark.parametrize(
    ("holding", "day", "code"),
    [
        (Holding("active", DAY), DAY, ""),
        (Holding("active", DAY), DAY - LATER, "roll.not-then"),
        (Holding("left", DAY, DAY + LATER), DAY + LATER, ""),
        (Holding("left", DAY, DAY + LATER), DAY + 2 * LATER, "roll.not-then"),
        (Holding("waiting", None), DAY, "claim.waiting"),
    ],
)
def test_the_place_of_that_day_decides(holding: Holding, day: object, code: str) -> None:
    answer = refused(check_held, holding, often=True) or refused(check_day, holding, day)
    assert answer == code


def test_who_serves_once_is_recorded_once() -> None:
    done = Holding("done", DAY)
    assert refused(check_held, done, often=False) == "claim.done"
    assert refused(check_held, done, often=True) == ""


def refused(check: object, *facts: object, **options: object) -> str:
    try:
        check(*facts, **options)  # type: ignore[operator]
    except Refused as no:
        return no.code
    return ""


def moved_on(world: World, *members: Actor) -> None:
    """They leave the community, and their unit's roster."""
    persons = [actor.person_id for actor in members]
    for row in Registration.objects.filter(person__in=persons):
        end(world.actor("an"), registration_id=row.pk, reason="moved", ended_on=clock.today())
    rows = Membership.objects.filter(person__in=persons, closed_at=None)
    close_memberships(list(rows.values_list("pk", flat=True)))


def test_last_weeks_service_of_who_left_is_recorded_and_nothing_after_it(world: World) -> None:
    offer, an = steps.published(world, "post", approval=False), world.actor("an")
    stays, left = steps.registered(world, 2)
    rows = [claim.pk for claim in steps.claimed(offer, stays, left)]
    first = clock.today()
    with clock.at(clock.now() + timedelta(days=7)):
        moved_on(world, left)
        tasks.end_claims_of_departed()
        assert steps.states(offer) == ["active", "left"]
        page = text(browser(world, "an").get(f"/offers/{offer.pk}/roll/"))
        assert page.count('name="ids"') == 2
        assert "退出" in page
    with clock.at(clock.now() + timedelta(days=9)):
        day = DayService(first + timedelta(days=3), 60)
        assert len(record_day(an, claim_ids=rows, service=day).done) == 2
        record = ServiceRecord.objects.get(person=left.person_id)
        assert record.branch_id == world.first.pk
        after = record_day(an, claim_ids=rows, service=DayService(first + timedelta(days=8), 60))
        assert [no.code for _, no in after.refused] == ["roll.not-then"]
        assert len(after.done) == 1
        before = DayService(first - timedelta(days=1), 60)
        refusals = record_day(an, claim_ids=rows, service=before).refused
        assert [no.code for _, no in refusals] == ["roll.not-then"] * 2
        offers.close(an, offer_id=offer.pk)
        late = DayService(first + timedelta(days=4), 60)
        assert len(record_day(an, claim_ids=rows, service=late).done) == 2


def test_the_list_of_what_has_begun_keeps_who_moved_on(world: World) -> None:
    offer, an = steps.published(world), world.actor("an")
    stays, left = steps.registered(world, 2)
    steps.claimed(offer, stays, left)
    with clock.at(steps.hour(at=10)):
        moved_on(world, left)
    with clock.at(steps.hour(8, 12)):
        tasks.end_claims_of_departed()
        page = text(browser(world, "an").get(f"/offers/{offer.pk}/roll/"))
        assert page.count("checked>") == 2
        turnout = Turnout([stays.person_id, left.person_id], 120)
        assert len(record_roll(an, offer_id=offer.pk, turnout=turnout).done) == 2
    assert steps.states(offer) == ["done", "done"]


def test_who_came_without_claiming_was_registered_on_that_day(world: World) -> None:
    offer, an = steps.published(world), world.actor("an")
    before, left = steps.registered(world, 2)
    with clock.at(steps.hour(8, 9)):
        moved_on(world, left)
        late = world.people["chen"]
        steps.chen(world)
        browsing = browser(world, "an")
        page = text(browsing.post(f"/offers/{offer.pk}/roll/", {"q": left.name, "find": "1"}))
        assert page.count('name="ids"') == 1

        def record(*persons: UUID | None) -> object:
            return record_roll(an, offer_id=offer.pk, turnout=Turnout(list(persons), 60, more=True))

        with pytest.raises(Absent):
            record(late.pk)
        record(before.person_id, left.person_id)
    assert ServiceRecord.objects.count() == 2


def test_a_night_is_recorded_on_the_day_on_which_it_began(world: World) -> None:
    offer = steps.published(world, starts_at=steps.hour(at=22), ends_at=steps.hour(8, 2))
    an, member = world.actor("an"), steps.registered(world, 1)[0]
    steps.claimed(offer, member)
    turnout = Turnout([member.person_id], 240)
    with clock.at(steps.hour(at=23)):
        code = refusal(record_roll, an, offer_id=offer.pk, turnout=turnout)
        assert code == "roll.night"
        page = browser(world, "an").post(
            f"/offers/{offer.pk}/roll/",
            {"ids": [str(member.person_id)], "minutes": "240", "record": "1"},
        )
        assert "请第二天再登记" in text(page)
    with clock.at(steps.hour(8, 3)):
        longer = Turnout([member.person_id], 241)
        code = refusal(record_roll, an, offer_id=offer.pk, turnout=longer)
        assert code == "roll.longer"
        record_roll(an, offer_id=offer.pk, turnout=turnout)
    record = ServiceRecord.objects.get()
    assert (record.served_on, record.began_at) == (steps.hour().date(), steps.hour(at=22))
