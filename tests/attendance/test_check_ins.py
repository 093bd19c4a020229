"""Checking in on the spot: who may, once, with what the list makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils.translation import override

from baodao.attendance.commands.check_ins import check_in
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import code_now, presences
from baodao.attendance.rules.check_ins import CheckSide
from baodao.attendance.tables import rows_of
from baodao.identities.commands.merges import confirm_merge, propose_merge
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from baodao.offers.queries.acts import acts_on
from baodao.offers.queries.offers import offer_of
from baodao.registration.commands import arrivals
from baodao.ui.wording import worded
from tests import factories
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.offers.test_proposals import proposed
from tests.orgs.test_reorganisations import merged, partner
from tests.registration import steps as road
from tests.registration.browsing import browser
from tests.world import World


def scan(
    actor: Actor,
    offer: Offer,
    at: datetime,
    side: CheckSide = CheckSide.ARRIVAL,
    code_from: timedelta = timedelta(0),
) -> CheckIn:
    """Scan the code that was shown `code_from` before."""
    with clock.at(at - code_from):
        code = code_now(offer)
    with clock.at(at):
        return check_in(actor, code=code, side=side)


def test_who_claimed_checks_in_once(world: World) -> None:
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    steps.claimed(offer, member)
    first = scan(member, offer, steps.hour(at=9))
    again = scan(member, offer, steps.hour(at=10))
    assert first.pk == again.pk
    assert CheckIn.objects.get().scanned_at == steps.hour(at=9)


def test_who_is_registered_there_may_come_without_claiming(world: World) -> None:
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    scan(member, offer, steps.hour(at=9))
    assert set(presences(offer)) == {member.person_id}


def test_who_belongs_elsewhere_is_refused_with_the_reason(world: World) -> None:
    offer = steps.published(world)
    assert refusal(scan, world.actor("chen"), offer, steps.hour(at=9)) == "check-in.elsewhere"
    with pytest.raises(Absent):
        scan(world.actor("an"), offer, steps.hour(at=9))


@pytest.mark.parametrize(
    ("at", "shown_before", "code"),
    [
        (9, timedelta(minutes=5), "check-in.expired"),
        (7, timedelta(0), "check-in.hours"),
        (13, timedelta(0), "check-in.hours"),
    ],
)
def test_codes_passed_on_and_other_hours_are_refused(
    world: World, at: int, shown_before: timedelta, code: str
) -> None:
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    arrival = (CheckSide.ARRIVAL, shown_before)
    assert refusal(scan, member, offer, steps.hour(at=at), *arrival) == code
    assert not CheckIn.objects.exists()


def test_a_check_in_is_a_fact_that_nobody_changes(world: World) -> None:
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    scan(member, offer, steps.hour(at=9))
    with pytest.raises(ProgrammingError), transaction.atomic():
        CheckIn.objects.update(scanned_at=steps.hour(at=8))


def test_the_list_takes_the_time_of_who_checked_in_and_out(world: World) -> None:
    offer = steps.published(world)
    members = steps.registered(world, 3)
    steps.claimed(offer, *members)
    scan(members[0], offer, steps.hour(at=9) + timedelta(minutes=10))
    scan(members[0], offer, steps.hour(at=10), CheckSide.DEPARTURE)
    scan(members[1], offer, steps.hour(at=10))  # and forgot to check out
    with clock.at(steps.hour(at=12)):
        came = [member.person_id for member in members]
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=Turnout(came, 120))
    records = {row.person_id: row for row in ServiceRecord.objects.all()}
    assert [(records[one].origin, records[one].minutes) for one in came] == [
        ("check-in", 50),
        ("check-in", 60),
        ("list", 120),
    ]
    assert records[came[0]].began_at == steps.hour(at=9) + timedelta(minutes=10)


def test_who_records_may_take_one_time_for_all(world: World) -> None:
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    scan(member, offer, steps.hour(at=9))
    scan(member, offer, steps.hour(at=10), CheckSide.DEPARTURE)
    with clock.at(steps.hour(at=12)):
        turnout = Turnout([member.person_id], 120, by_code=False)
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=turnout)
    assert ServiceRecord.objects.get().minutes == 120


def test_the_page_of_the_list_shows_who_checked_in(world: World, client: Client) -> None:
    offer = steps.published(world)
    came, expected = steps.registered(world, 2)
    steps.claimed(offer, expected)
    scan(came, offer, steps.hour(at=9))
    scan(came, offer, steps.hour(at=10), CheckSide.DEPARTURE)
    client.force_login(world.accounts["an"], backend="baodao.accounts.adapter.AccountBackend")
    with clock.at(steps.hour(at=12)):
        page = client.get(f"/offers/{offer.pk}/roll/").content.decode()
        sent = {
            "record": "1", "minutes": "120", "by_code": "on",
            "ids": [str(came.person_id), str(expected.person_id)],
        }  # fmt: skip
        client.post(f"/offers/{offer.pk}/roll/", sent)
    assert "9:00" in page
    assert "10:00" in page
    assert page.count('name="ids"') == 2
    assert {row.minutes for row in ServiceRecord.objects.all()} == {60, 120}


def test_who_was_entered_twice_is_on_the_list_under_the_entry_that_stays(world: World) -> None:
    twice = factories.member("陈晓宇", world.second, home_community=world.willow)
    road.accepted(world, twice)
    offer = steps.published(world)
    scan(Actor(None, twice.pk, "本人"), offer, steps.hour(at=9))
    merge = propose_merge(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        number=twice.number,
        reason="登记了两次",
        evidence="身份证复印件",
    )
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert set(presences(offer)) == {world.people["chen"].pk}


@pytest.mark.parametrize(("days", "offered"), [(6, False), (7, True), (8, True)])
def test_the_code_is_offered_from_the_day_on(world: World, days: int, *, offered: bool) -> None:
    offer = steps.published(world)
    with clock.at(steps.hour(days=days, at=8)):
        an = world.actor("an")
        counted = offer_of(an, offer.pk, Permission.OFFER_READ)
        addresses = [button.url for button in acts_on(an, counted)]
    assert (f"/offers/{offer.pk}/code/" in addresses) is offered


def test_hours_are_told_as_hours(world: World) -> None:
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    with pytest.raises(Refused) as refused:
        scan(member, offer, steps.hour(at=7))
    with override("zh-hans"):
        assert "08:00至" in worded(refused.value)


def test_after_a_merger_who_is_registered_with_the_heir_checks_in_and_stands_on_the_list(
    world: World,
) -> None:
    partner(world)
    offer = steps.published(world)
    merged(world)
    offer.refresh_from_db()
    person = factories.member("何新", world.second, home_community=world.bridge)
    letter = road.submitted(world, person)
    arrivals.accept(world.actor("bao"), registration_ids=[letter.pk])
    with clock.at(steps.hour(at=9)):
        check_in(Actor(None, person.pk, "本人"), code=code_now(offer), side=CheckSide.ARRIVAL)
        rows = rows_of(world.actor("bao"), offer, None)
    assert [line.person for line in rows.lines] == [person]


def test_who_keeps_the_list_for_a_unit_does_not_record_themselves(world: World) -> None:
    offer = proposed(world)
    chen = steps.chen(world)
    offers.publish(world.actor("an"), offer_id=offer.pk)
    steps.claimed(offer, chen)
    clerk = replace(world.actor("deng"), person_id=chen.person_id)
    with clock.at(steps.hour(at=12)):
        turnout = Turnout([chen.person_id], 60)
        batch = record_roll(clerk, offer_id=offer.pk, turnout=turnout)
        assert [no.code for _, no in batch.refused] == ["record.own"]
        assert not ServiceRecord.objects.exists()
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=turnout)
    assert ServiceRecord.objects.get().person_id == chen.person_id


def test_the_unit_that_organises_shows_the_code(world: World) -> None:
    offer = proposed(world)
    offers.publish(world.actor("an"), offer_id=offer.pk)
    with clock.at(steps.hour(at=8)):
        assert browser(world, "deng").get(f"/offers/{offer.pk}/code/").status_code == 200
        assert browser(world, "bao").get(f"/offers/{offer.pk}/code/").status_code == 404
