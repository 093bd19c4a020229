"""Recording who came to an activity, and what was done in a post."""

from datetime import timedelta

import pytest

from baodao.attendance.commands.rolls import DayService, Turnout, record_day, record_roll
from baodao.claims.commands import decisions
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.ledger.models import ServiceRecord
from baodao.offers.models import Offer
from baodao.people.models import Person
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.offers.answers import answered, offer_of
from tests.world import World


def ids(*members: Actor) -> list[object]:
    return [actor.person_id for actor in members]


def roll(world: World, offer: Offer, turnout: Turnout, who: str = "an") -> object:
    """Record after the activity."""
    with clock.at(steps.hour(at=12)):
        return record_roll(world.actor(who), offer_id=offer.pk, turnout=turnout)


def test_who_came_is_recorded_and_the_list_is_closed(world: World) -> None:
    offer = steps.published(world)
    members = steps.registered(world, 3)
    steps.claimed(offer, *members)
    batch = roll(world, offer, Turnout(ids(*members[:2]), 120))
    assert len(batch.done) == 2
    record = ServiceRecord.objects.filter(person=members[0].person_id).get()
    assert (record.origin, record.way, record.minutes) == ("list", "activity", 120)
    assert (record.began_at, record.offer_id, record.confirmed_by) == (
        offer.starts_at, offer.pk, "安静",
    )  # fmt: skip
    assert steps.states(offer) == ["done", "done", "absent"]
    offer.refresh_from_db()
    assert offer.state == "closed"
    assert offer.recorded_at is not None
    assert refusal(roll, world, offer, Turnout(ids(members[2]), 60)) == "offer.closed"


def test_latecomers_are_added_while_the_list_stays_open(world: World) -> None:
    offer = steps.published(world)
    members = steps.registered(world, 2)
    steps.claimed(offer, *members)
    roll(world, offer, Turnout(ids(members[0]), 120, more=True))
    assert steps.states(offer) == ["done", "active"]
    roll(world, offer, Turnout(ids(members[1]), 60))
    assert steps.states(offer) == ["done", "done"]
    assert ServiceRecord.objects.count() == 2


def test_who_came_without_claiming_is_recorded_when_registered_here(world: World) -> None:
    offer = steps.published(world, places=1)
    members = steps.registered(world, 2)
    steps.claimed(offer, members[0])
    stranger = world.people["hao"]
    with pytest.raises(Absent):
        roll(world, offer, Turnout([*ids(*members), stranger.pk], 120))
    assert not ServiceRecord.objects.exists()
    assert len(roll(world, offer, Turnout(ids(*members), 120)).done) == 2
    assert Claim.objects.filter(offer=offer).count() == 1


def test_who_came_from_the_waiting_list_takes_a_place_only_if_there_is_one(world: World) -> None:
    offer = steps.published(world, places=1)
    members = steps.registered(world, 2)
    steps.claimed(offer, *members)
    roll(world, offer, Turnout(ids(*members), 120))
    assert steps.states(offer) == ["done", "refused"]
    assert ServiceRecord.objects.count() == 2


def test_who_served_elsewhere_then_is_named_and_the_list_stays_open(world: World) -> None:
    offer = steps.published(world)
    other = steps.published(world, starts_at=steps.hour(at=10), ends_at=steps.hour(at=12))
    members = steps.registered(world, 2)
    steps.claimed(offer, *members)
    roll(world, other, Turnout(ids(members[0]), 120))
    batch = roll(world, offer, Turnout(ids(*members), 120))
    assert [(name, no.code) for name, no in batch.refused] == [("党员甲", "record.overlap")]
    assert steps.states(offer) == ["active", "done"]
    offer.refresh_from_db()
    assert offer.state == "published"
    roll(world, offer, Turnout([], 60))
    assert steps.states(offer) == ["absent", "done"]


def test_the_needs_it_answered_are_met_or_wait_for_another(world: World) -> None:
    offer = steps.published(world)
    met, unmet = answered(world, offer), answered(world, offer)
    member = steps.registered(world, 1)[0]
    steps.claimed(offer, member)
    roll(world, offer, Turnout(ids(member), 120, met_ids=[met.pk]))
    met.refresh_from_db()
    unmet.refresh_from_db()
    assert (met.state, unmet.state, offer_of(unmet)) == ("met", "screened", None)


def test_it_is_recorded_afterwards_and_by_the_community_alone(world: World) -> None:
    offer = steps.published(world)
    an = world.actor("an")
    assert refusal(record_roll, an, offer_id=offer.pk, turnout=Turnout([], 60)) == "roll.early"
    for name in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            roll(world, offer, Turnout([], 60), who=name)
    post = steps.published(world, "post")
    assert refusal(record_roll, an, offer_id=post.pk, turnout=Turnout([], 60)) == "roll.by-day"


def test_twenty_people_are_one_chain_in_one_act(world: World) -> None:
    offer = steps.published(world, places=20)
    members = steps.registered(world, 20)
    steps.claimed(offer, *members)
    assert len(roll(world, offer, Turnout(ids(*members), 120)).done) == 20
    assert sorted(ServiceRecord.objects.values_list("seq", flat=True)) == list(range(1, 21))


def test_a_day_of_a_post_is_recorded_and_the_members_serve_on(world: World) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        offer, an = steps.published(world, "post"), world.actor("an")
        rows = steps.claimed(offer, *steps.registered(world, 2))
        decisions.decide_claims(an, claim_ids=[row.pk for row in rows], approve=True)
    day = clock.today() - timedelta(days=1)
    chosen = [row.pk for row in rows]
    batch = record_day(an, claim_ids=chosen, service=DayService(day, 90, "接待 3 人"))
    assert {record.way for record in batch.done} == {"post"}
    assert steps.states(offer) == ["active", "active"]
    assert steps.fresh(rows[0]).served_on == day
    again = record_day(an, claim_ids=chosen, service=DayService(day, 90))
    assert [no.code for _, no in again.refused] == ["record.same"] * 2
    with pytest.raises(Absent):
        record_day(world.actor("bao"), claim_ids=chosen, service=DayService(day, 30))


def test_who_left_or_waits_is_not_recorded_in_a_post(world: World) -> None:
    offer, an = steps.published(world, "post"), world.actor("an")
    held = steps.claimed(offer, steps.chen(world))[0]
    service = DayService(clock.today(), 60)
    code = refusal(record_day, an, claim_ids=[held.pk], service=service)
    assert code == "claim.applied"
    assert Person.objects.filter(pk=held.person_id).exists()
