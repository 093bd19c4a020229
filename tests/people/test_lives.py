"""One person's life without a roster: added, moved, retired, left, died, back again."""

from datetime import date, timedelta

import pytest

from baodao.claims.commands.claims import claim
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.rules.records import Entry, Origin
from baodao.notices.models import Notice
from baodao.orgs.commands.organisations import close as close_organisation
from baodao.people import tasks
from baodao.people.commands.departures import end_membership, retire
from baodao.people.commands.transfers import (
    accept_transfer,
    decline_transfer,
    withdraw_transfer,
)
from baodao.people.models import Membership, Person, UnitTransfer
from baodao.people.queries.members import current
from baodao.people.rules.departures import Ending
from baodao.registration.models import Registration
from baodao.statements.models import Statement
from tests import factories
from tests.exemptions import test_exemptions as exempting
from tests.offers import steps as offering
from tests.people import steps
from tests.registration import steps as road
from tests.statements import steps as stating
from tests.world import World


def test_a_member_is_added_by_hand_and_found(world: World) -> None:
    person = steps.added(world, position="科员")
    membership = current().get(person=person)
    assert (membership.branch, membership.from_on) == (world.first, steps.yesterday())
    assert (person.name, person.pinyin, person.position) == ("罗新", "luo xin", "科员")
    assert person.number.startswith("V")
    assert JournalEntry.objects.get(about=person.pk).verb == "membership.begun"


def test_a_wrong_number_or_a_day_to_come_adds_nobody(world: World) -> None:
    people = Person.objects.count()
    with pytest.raises(Refused, match=r"identity\.invalid"):
        steps.added(world, "990101198005010001")
    with clock.at(clock.now() - timedelta(days=2)):
        day = clock.today()
    with clock.at(clock.now() - timedelta(days=5)), pytest.raises(Refused, match="future"):
        end_membership(
            world.actor("dai"), person_id=world.people["chen"].pk, ending=Ending.LEFT, on=day
        )
    assert Person.objects.count() == people


def test_a_member_of_another_unit_is_not_added(world: World) -> None:
    number = factories.id_number()
    hao = factories.member("郝二鸣", world.office, id_number=number)
    with pytest.raises(Refused, match=r"member\.elsewhere") as refusal:
        steps.added(world, number, name="郝二鸣")
    assert "发展委" not in refusal.value.text()
    assert steps.added(world, number, name="罗新").pk != hao.pk
    assert steps.branch_of(hao) == world.office


def test_who_seems_to_be_a_member_already_is_asked_about(world: World) -> None:
    first = steps.added(world)
    with pytest.raises(Refused, match=r"person\.same"):
        steps.added(world)
    other = steps.added(world, is_other=True)
    assert other.pk != first.pk


def test_who_left_comes_back_as_the_same_person(world: World) -> None:
    chen = world.people["chen"]
    end_membership(world.actor("dai"), person_id=chen.pk, ending=Ending.LEFT, on=clock.today())
    assert steps.branch_of(chen) is None
    back = steps.added(world, chen.id_number, name="陈晓宇")
    assert back.pk == chen.pk
    assert steps.branch_of(chen) == world.first
    assert JournalEntry.objects.filter(about=chen.pk, verb="membership.resumed").exists()


def test_members_of_a_closed_unit_are_taken_over(world: World) -> None:
    hao = world.people["hao"]
    Membership.objects.filter(person=hao).update(from_on=steps.yesterday())
    world.office.closed_at = world.commission.closed_at = clock.now()
    world.office.save()
    world.commission.save()
    steps.added(world, hao.id_number, name="郝一鸣")
    before, now = Membership.objects.filter(person=hao).order_by("recorded_at")
    assert (before.ending, now.branch, now.closed_at) == ("transferred", world.first, None)


def test_retiring_keeps_the_member_and_tells_the_day(world: World) -> None:
    chen = world.people["chen"]
    retire(world.actor("dai"), person_id=chen.pk, on=steps.yesterday())
    before, now = Membership.objects.filter(person=chen).order_by("recorded_at")
    assert (before.to_on, before.ending) == (steps.yesterday(), "")
    assert (now.standing, now.from_on, now.branch) == ("retired", steps.yesterday(), world.first)


def test_the_last_member_may_go_and_the_unit_be_closed(world: World) -> None:
    hao = world.people["hao"]
    steps.clerk_elsewhere(world)
    end_membership(world.actor("lin"), person_id=hao.pk, ending=Ending.LEFT, on=clock.today())
    assert not current().filter(branch=world.office).exists()
    for place in (world.office, world.commission):
        close_organisation(world.actor("sun"), organisation_id=place.pk)


def test_a_death_ends_everything_and_says_nothing_to_the_dead(world: World) -> None:
    chen = world.people["chen"]
    registration = road.accepted(world)
    offer = offering.published(world)
    claim(world.actor("chen"), offer_id=offer.pk)
    statement = stating.stated(world)
    exemption = exempting.approved(world)
    steps.proposed(world)
    before = Notice.objects.filter(person=chen).count()

    end_membership(world.actor("dai"), person_id=chen.pk, ending=Ending.DIED, on=clock.today())

    row = Registration.objects.get(pk=registration.pk)
    assert (row.state, row.ended_reason, row.ended_on) == ("ended", "died", clock.today())
    assert offering.states(offer) == ["left"]
    assert Statement.objects.get(pk=statement.pk).state == "withdrawn"
    assert UnitTransfer.objects.get(person=chen).state == "withdrawn"
    exemption.refresh_from_db()
    assert exemption.state == "revoked"
    assert Notice.objects.filter(person=chen).count() == before
    assert not Notice.objects.filter(person=chen, read_at=None).exists()
    world.accounts["chen"].refresh_from_db()
    assert not world.accounts["chen"].is_active
    chen.refresh_from_db()
    assert chen.died_on == clock.today()


def test_a_letter_that_waits_is_taken_back_for_who_died(world: World) -> None:
    registration = road.issued(world)
    end_membership(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        ending=Ending.DIED,
        on=clock.today(),
    )
    assert road.fresh(registration).state == "withdrawn"
    assert not Notice.objects.filter(kind="registration-withdrawn").exists()


def test_who_left_is_told_and_can_still_have_last_weeks_service_confirmed(world: World) -> None:
    chen = world.people["chen"]
    road.accepted(world)
    statement = stating.stated(world)
    end_membership(world.actor("dai"), person_id=chen.pk, ending=Ending.LEFT, on=clock.today())
    assert Registration.objects.get(person=chen).ended_reason == "moved"
    assert Statement.objects.get(pk=statement.pk).state == "waiting"
    assert Notice.objects.filter(person=chen, kind="registration-ended").exists()
    world.accounts["chen"].refresh_from_db()
    assert world.accounts["chen"].is_active


def test_a_transfer_is_one_act_that_both_sides_see(world: World) -> None:
    chen = world.people["chen"]
    registration = road.accepted(world)
    transfer = steps.proposed(world)
    assert steps.branch_of(chen) == world.first
    accept_transfer(world.actor("lin"), transfer_id=transfer.pk, branch_id=world.office.pk)
    before, now = Membership.objects.filter(person=chen).order_by("recorded_at")
    assert (before.to_on, before.ending) == (steps.yesterday(), "transferred")
    assert (now.from_on, now.branch) == (steps.yesterday(), world.office)
    assert before.closed_at == now.recorded_at
    assert road.fresh(registration).state == "accepted"
    entries = JournalEntry.objects.filter(about=chen.pk, verb="transfer.accepted")
    assert {entry.scope_id for entry in entries} == {world.first.pk, world.commission.pk}


def test_a_letter_of_the_unit_left_is_taken_back_at_a_transfer(world: World) -> None:
    registration = road.issued(world)
    steps.transferred(world)
    assert road.fresh(registration).state == "withdrawn"


@pytest.mark.parametrize("name", ["dai", "deng", "an", "bao", "chen", "fan", "gu"])
def test_only_the_receiving_unit_takes_a_member_in(world: World, name: str) -> None:
    transfer = steps.proposed(world)
    with pytest.raises(Absent):
        accept_transfer(world.actor(name), transfer_id=transfer.pk, branch_id=world.office.pk)
    with pytest.raises(Absent):
        decline_transfer(world.actor(name), transfer_id=transfer.pk, reason="因")


def test_a_branch_of_another_unit_takes_nobody_in(world: World) -> None:
    transfer = steps.proposed(world)
    with pytest.raises(Absent):
        accept_transfer(world.actor("lin"), transfer_id=transfer.pk, branch_id=world.second.pk)


def test_a_member_who_is_not_taken_in_stays(world: World) -> None:
    transfer = steps.proposed(world)
    with pytest.raises(Refused, match=r"transfer\.waits"):
        steps.proposed(world)
    decline_transfer(world.actor("lin"), transfer_id=transfer.pk, reason="查无此人")
    assert steps.branch_of(world.people["chen"]) == world.first
    withdraw_transfer(world.actor("dai"), transfer_id=steps.proposed(world).pk)
    with pytest.raises(Refused, match=r"transfer\.declined"):
        accept_transfer(world.actor("lin"), transfer_id=transfer.pk, branch_id=world.office.pk)


def test_a_transfer_that_nobody_answers_is_over_after_its_time(world: World) -> None:
    transfer = steps.proposed(world)
    with clock.at(clock.now() + timedelta(days=29)):
        tasks.lapse_unanswered()
        transfer.refresh_from_db()
        assert transfer.state == "proposed"
    with clock.at(clock.now() + timedelta(days=31)):
        tasks.lapse_unanswered()
        tasks.lapse_unanswered()
    transfer.refresh_from_db()
    assert transfer.state == "lapsed"
    assert steps.branch_of(world.people["chen"]) == world.first


@pytest.mark.parametrize("born_on", [date(2030, 1, 1), date(2025, 1, 1)])
def test_nobody_is_added_who_is_not_of_age(world: World, born_on: date) -> None:
    with pytest.raises(Refused, match=r"identity\.under-age"):
        steps.added(world, factories.id_number(born_on))


@pytest.mark.parametrize("joined_on", [date(1950, 1, 1), date(2099, 1, 1)])
def test_nobody_joined_before_they_could_or_in_years_to_come(world: World, joined_on: date) -> None:
    with pytest.raises(Refused, match=r"person\.joined"):
        steps.added(world, joined_on=joined_on)


def test_who_had_a_place_in_what_has_begun_stays_on_its_list_after_leaving(world: World) -> None:
    begun = offering.published(world)
    [claim] = offering.claimed(begun, offering.chen(world))
    assert begun.starts_at is not None
    with clock.at(begun.starts_at + timedelta(hours=3)):
        end_membership(
            world.actor("deng"),
            person_id=world.people["chen"].pk,
            ending=Ending.LEFT,
            on=clock.today(),
        )
        assert offering.fresh(claim).state == "active"


def test_nobody_serves_after_their_death(world: World) -> None:
    chen, today = world.people["chen"].pk, clock.today()
    end_membership(
        world.actor("deng"), person_id=chen, ending=Ending.DIED, on=today - timedelta(days=3)
    )
    for days, code in ((2, "record.after-death"), (4, None)):
        entry = Entry(chen, today - timedelta(days=days), 60, "environment", "post")
        batch = append(
            world.actor("an"),
            entries={world.willow: [entry]},
            confirmed=Confirmed(Origin.OFFICE, "安静"),
        )
        assert [no.code for _, no in batch.refused] == ([code] if code else [])
