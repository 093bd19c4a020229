"""吹哨报到: whistled for, answered by coming or saying why not, told to the street when late."""

from datetime import timedelta

import pytest
from django.urls import reverse

from baodao.claims.commands.claims import claim_for, withdraw_claim
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.workdays import workday_after
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from baodao.orders import tasks
from baodao.orders.commands.whistles import decline, whistle
from baodao.orders.models import Whistle
from baodao.orders.queries.whistles import state_of as queried
from baodao.orders.queries.whistles import to_answer, whistles_in
from baodao.orders.rules.whistles import whistle_state
from tests.offers import steps as offered
from tests.orders import steps
from tests.registration.browsing import browser
from tests.world import World


def blown(world: World) -> Whistle:
    """An whistles for the bureau to take on a haircut."""
    steps.partner(world)
    need = steps.ordered(world, steps.item(world))
    steps.dispatched(world, need, "units", unit_ids=[world.bureau.pk])
    return Whistle.objects.get()


def state_of(world: World) -> str:
    return queried(whistles_in(world.actor("fan"), world.east).get())


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).order_by("organisation__path")
    return [row.organisation.name for row in rows if row.organisation]


@pytest.mark.parametrize(
    ("coming", "declined", "open_now", "late", "state"),
    [
        (True, False, False, True, "coming"),
        (True, True, True, True, "coming"),
        (False, True, True, True, "declined"),
        (False, False, False, True, "over"),
        (False, False, True, True, "overdue"),
        (False, False, True, False, "waiting"),
    ],
)
def test_how_a_whistle_stands(
    coming: bool, declined: bool, open_now: bool, late: bool, state: str
) -> None:
    found = whistle_state(coming=coming, declined=declined, open_now=open_now, late=late)
    assert found == state


def test_a_unit_is_told_once_and_has_two_working_days(world: World) -> None:
    row = blown(world)
    assert row.due_on == workday_after(clock.today(), 2)
    assert told("whistle-blown") == ["区城建局机关党委"]
    again = whistle(world.actor("an"), offer_id=row.offer_id, unit_ids=[world.bureau.pk])
    assert [refused.code for _, refused in again.refused] == ["whistle.again"]
    assert Whistle.objects.count() == 1


def test_a_unit_that_takes_it_on_has_answered(world: World) -> None:
    chen = offered.chen(world)
    row = blown(world)
    deng = world.actor("deng")
    assert to_answer(deng, world.bureau).get() == row
    claim_for(
        deng,
        offer_id=row.offer_id,
        organisation_id=world.bureau.pk,
        person_ids=[chen.person_id],  # type: ignore[list-item]
    )
    assert state_of(world) == "coming"
    assert not to_answer(deng, world.bureau).exists()
    with pytest.raises(Refused, match=r"whistle\.answered"):
        decline(deng, whistle_id=row.pk, reason="没有会理发的人")


def test_a_unit_that_cannot_come_says_why(world: World) -> None:
    row = blown(world)
    for name in ("an", "qin", "chen", "fan"):
        with pytest.raises(Absent):
            decline(world.actor(name), whistle_id=row.pk, reason="没有会理发的人")
    with pytest.raises(Refused):
        decline(world.actor("deng"), whistle_id=row.pk, reason=" ")
    decline(world.actor("deng"), whistle_id=row.pk, reason="没有会理发的人")
    assert state_of(world) == "declined"
    assert told("whistle-declined") == ["柳荫社区"]
    with clock.at(clock.now() + timedelta(days=9)):
        tasks.tell_streets()
    assert told("whistle-overdue") == []


def test_what_is_not_answered_in_time_is_told_to_the_street_once(world: World) -> None:
    row = blown(world)
    with clock.at(clock.midnight(row.due_on) + timedelta(hours=20)):
        tasks.tell_streets()
        assert state_of(world) == "waiting"
    assert told("whistle-overdue") == []
    with clock.at(clock.midnight(row.due_on) + timedelta(days=1, hours=9)):
        tasks.tell_streets()
        tasks.tell_streets()
        assert state_of(world) == "overdue"
    assert told("whistle-overdue") == ["柳荫街道", "柳荫社区"]


def test_what_is_over_needs_no_answer(world: World) -> None:
    row = blown(world)
    offers.cancel(world.actor("an"), offer_id=row.offer_id, reason="居民已找到人")
    assert state_of(world) == "over"
    with clock.at(clock.now() + timedelta(days=9)):
        tasks.tell_streets()
    assert told("whistle-overdue") == []


def test_a_unit_need_not_answer_for_a_place_that_is_taken(world: World) -> None:
    [first] = offered.registered(world, 1)
    row = blown(world)
    [claim] = offered.claimed(row.offer, first)
    assert not to_answer(world.actor("deng"), world.bureau).exists()
    assert state_of(world) == "needless"
    with clock.at(clock.now() + timedelta(days=9)):
        tasks.tell_streets()
    assert told("whistle-overdue") == []
    an, page = browser(world, "an"), f"/offers/{row.offer_id}/"
    send = reverse("orders:send", args=[row.offer_id])
    assert send not in an.get(page).content.decode()
    withdraw_claim(first, claim_id=claim.pk)
    assert state_of(world) == "waiting"
    assert send in an.get(page).content.decode()


def test_nobody_whistles_for_what_has_no_free_place_or_has_begun(world: World) -> None:
    steps.partner(world)
    chen, an = offered.chen(world), world.actor("an")
    full = offered.published(world, places=1)
    offered.claimed(full, chen)
    with pytest.raises(Refused, match=r"offer\.full"):
        whistle(an, offer_id=full.pk, unit_ids=[world.bureau.pk])
    begun = offered.published(world)
    with clock.at(offered.hour(at=10)), pytest.raises(Refused, match=r"claim\.too-late"):
        whistle(an, offer_id=begun.pk, unit_ids=[world.bureau.pk])


def test_nobody_whistles_for_a_unit_that_is_no_partner(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    for unit in (world.bureau, world.commission):
        with pytest.raises(Absent):
            steps.dispatched(world, need, "units", unit_ids=[unit.pk])
    assert not Offer.objects.exists()


def test_a_unit_and_its_branch_are_not_both_asked(world: World) -> None:
    steps.partner(world)
    need = steps.ordered(world, steps.item(world))
    steps.dispatched(world, need, "units", unit_ids=[world.bureau.pk, world.first.pk])
    assert [row.unit for row in Whistle.objects.all()] == [world.bureau]
