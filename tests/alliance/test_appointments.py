"""Appointments with shops and neighbours: booked by anybody, one an hour, without shame."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from baodao.accounts.models import Account
from baodao.alliance.commands import appointments as commands
from baodao.alliance.commands.appointments import APPOINTMENTS
from baodao.alliance.commands.members import (
    discontinue_service,
    edit_service,
    end_member,
    give_back_day,
    set_day,
    unmask_member,
)
from baodao.alliance.models import AllianceMember, Appointment
from baodao.alliance.queries.alliance import services_here
from baodao.alliance.rules.alliance import CONSENT as NAMED
from baodao.alliance.rules.alliance import check_member, check_service
from baodao.alliance.tasks import forget_visitors
from baodao.bookings.commands import bookings as acts
from baodao.bookings.rules.bookings import BookingFacts
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.queries.residents import page_elsewhere
from baodao.notices.models import Notice
from baodao.people.models import Person
from tests import factories
from tests.alliance.steps import (
    MORNING,
    REPAIR,
    SHOP,
    VISITOR,
    booked,
    free_hours,
    fresh,
    hour,
    service,
    token,
)
from tests.offers import steps as offer_steps
from tests.registration.browsing import browser
from tests.world import World


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "alliance.who"),
        ({"phone": ""}, "alliance.who"),
        ({"kind": "unit"}, "alliance.who"),
        ({"kind": "neighbour"}, "alliance.consent"),
    ],
)
def test_who_offers_is_known_and_a_neighbour_agrees(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_member(replace(SHOP, **change))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "alliance.words"),
        ({"weekly": ("",) * 7}, "alliance.week"),
        ({"weekly": ("上午",) * 7}, "hours.unreadable"),
        ({"minutes": 5}, "alliance.minutes"),
        ({"cost": "low"}, "alliance.cost"),
        ({"cost": "dear"}, "alliance.words"),
    ],
)
def test_a_service_says_what_when_and_what_it_costs(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_service(replace(REPAIR, **change))
    assert refused.value.code == code


def test_a_resident_books_and_the_community_confirms_for_the_shop(world: World) -> None:
    row = service(world)
    assert hour() in free_hours(row)
    one = booked(world, row)
    assert hour() not in free_hours(row)
    told = Notice.objects.get(kind="appointment-booked")
    assert (told.organisation, told.url) == (world.willow, f"/appointments/{one.pk}/")
    acts.confirm_booking(world.actor("ji"), kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour)
    assert fresh(one).state == "agreed"
    with pytest.raises(Refused):
        acts.confirm_booking(world.actor("ji"), kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour)
    assert not any(part in str(list(JournalEntry.objects.values())) for part in VISITOR)
    with pytest.raises(Refused) as taken:
        booked(world, row)
    assert taken.value.code == "hours.taken"


def test_the_database_holds_no_two_at_an_hour(world: World) -> None:
    row = service(world)
    booked(world, row)
    other = booked(world, row, hour(at=time(10)))
    with pytest.raises(DatabaseError), transaction.atomic():
        Appointment.objects.filter(pk=other.pk).update(
            starts_at=hour(at=time(9, 15)), ends_at=hour(at=time(9, 45))
        )


def test_whoever_knows_the_code_moves_cancels_and_books_again(world: World) -> None:
    row = service(world)
    one = booked(world, row)
    acts.confirm_booking(world.actor("an"), kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour)
    assert page_elsewhere(one.code.lower()) == f"/appointment/{one.code}/"
    acts.move_booking(world.actor("chen"), kind=APPOINTMENTS, code=one.code, starts_at=hour(2))
    assert (fresh(one).state, fresh(one).starts_at) == ("booked", hour(2))
    with pytest.raises(Refused, match=r"booking\.moved"):
        acts.confirm_booking(world.actor("an"), kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour)
    assert fresh(one).state == "booked", "an old page confirms no other hour"
    assert hour() in free_hours(row)
    again = booked(world, row)
    with pytest.raises(Refused):
        acts.move_booking(NOBODY, kind=APPOINTMENTS, code=one.code, starts_at=hour())
    acts.cancel_by_code(NOBODY, kind=APPOINTMENTS, code=again.code)
    acts.move_booking(NOBODY, kind=APPOINTMENTS, code=one.code, starts_at=hour())
    with pytest.raises(Refused):
        acts.cancel_by_code(NOBODY, kind=APPOINTMENTS, code=again.code)
    names = JournalEntry.objects.filter(about=one.pk).values_list("actor_name", flat=True)
    assert "陈晓宇" not in names


def test_not_to_come_is_no_shame_and_may_still_be_put_right(world: World) -> None:
    row, an = service(world), world.actor("an")
    one = booked(world, row)
    with pytest.raises(Refused):
        commands.note_outcome(an, booking_id=one.pk, outcome="missed")
    with clock.at(hour(at=time(12))):
        commands.note_outcome(an, booking_id=one.pk, outcome="missed")
        booked(world, row, hour(2))
        commands.answer_by_code(NOBODY, code=one.code, word="fair", remark="晚到了一会儿")
        assert (fresh(one).state, fresh(one).word) == ("done", "fair")
        with pytest.raises(Refused):
            commands.answer_by_code(NOBODY, code=one.code, word="good")
    with pytest.raises(Refused):
        commands.answer_by_code(NOBODY, code=booked(world, row).code, word="good")


def test_hours_change_and_what_is_booked_stays(world: World) -> None:
    row, an = service(world), world.actor("an")
    one = booked(world, row)
    set_day(an, service_id=row.pk, on=hour(2).date(), hours="")
    assert hour(2) not in free_hours(row)
    give_back_day(an, service_id=row.pk, on=hour(2).date())
    assert hour(2) in free_hours(row)
    facts = replace(REPAIR, minutes=45, weekly=("08:45-11:00",) * 7)
    row = edit_service(an, service_id=row.pk, facts=facts)
    assert fresh(one).starts_at == hour()
    assert hour(at=time(8, 45)) not in free_hours(row)
    assert hour(2, time(8, 45)) in free_hours(row)
    with pytest.raises(Refused):
        set_day(an, service_id=row.pk, on=hour(-1).date(), hours=MORNING)


def test_what_is_offered_no_more_cancels_what_is_booked_and_forgets_the_telephone(
    world: World,
) -> None:
    row, an = service(world), world.actor("an")
    one = booked(world, row)
    discontinue_service(an, service_id=row.pk)
    assert (fresh(one).state, bool(fresh(one).reason)) == ("cancelled", True)
    assert not services_here(world.willow)
    neighbour = replace(SHOP, kind="neighbour", name="姜师傅", consent=NAMED)
    other = booked(world, service(world, who=neighbour))
    end_member(an, member_id=other.service.member_id)
    gone = AllianceMember.objects.get(pk=other.service.member_id)
    assert (gone.name, gone.phone, fresh(other).state) == ("", "", "cancelled")


def test_a_member_who_offers_and_can_sign_in_is_told_and_answers_themselves(world: World) -> None:
    [actor] = offer_steps.registered(world, 1)
    person = Person.objects.get(pk=actor.person_id)
    Account.objects.filter(person=person).delete()
    row = service(world, who=replace(SHOP, number=person.number.lower()))
    account = factories.account(person.name, person=person, is_active=False)
    booked(world, row, hour(at=time(10)))
    assert Notice.objects.get(kind="appointment-booked").organisation == world.willow
    Account.objects.filter(pk=account.pk).update(is_active=True)
    one = booked(world, row)
    told = Notice.objects.get(kind="appointment-booked", about=one.pk)
    assert (told.person_id, told.organisation, told.url) == (person.pk, None, "/me/appointments/")
    with pytest.raises(Absent):
        acts.confirm_booking(
            world.actor("chen"), kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour
        )
    acts.confirm_booking(actor, kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour)
    acts.cancel_booking(actor, kind=APPOINTMENTS, booking_id=one.pk, reason="那天出差")
    assert (fresh(one).state, fresh(one).why) == ("cancelled", "那天出差")
    with pytest.raises(Refused):
        service(world, who=replace(SHOP, number="V0000000000"))


def test_nobody_else_reads_or_acts(world: World) -> None:
    row = service(world)
    one = booked(world, row)
    for name in ("bao", "deng", "fan", "chen", "sun"):
        actor = world.actor(name)
        for act in (
            lambda actor=actor: acts.confirm_booking(
                actor, kind=APPOINTMENTS, booking_id=one.pk, hour=one.hour
            ),
            lambda actor=actor: acts.unmask_visitor(
                actor, kind=APPOINTMENTS, booking_id=one.pk, reason="联系预约人"
            ),
            lambda actor=actor: unmask_member(actor, member_id=row.member_id, reason="联系店主"),
            lambda actor=actor: discontinue_service(actor, service_id=row.pk),
            lambda actor=actor: commands.book_by_hand(
                actor,
                community_id=world.willow.pk,
                service_id=row.pk,
                facts=BookingFacts(hour(2), way="window"),
            ),
        ):
            with pytest.raises(Absent):
                act()
    an = world.actor("an")
    phone = acts.unmask_visitor(an, kind=APPOINTMENTS, booking_id=one.pk, reason="联系预约人")
    assert phone == VISITOR[1]
    taken = commands.book_by_hand(
        an,
        community_id=world.willow.pk,
        service_id=row.pk,
        facts=BookingFacts(hour(2), way="phone"),
    )
    assert (taken.way, taken.booked_by) == ("phone", "安静")


def test_who_booked_is_forgotten_after_a_month_or_at_once_by_the_code(world: World) -> None:
    row = service(world)
    old, own = booked(world, row), booked(world, row, hour(at=time(10)))
    acts.withdraw_visitor(NOBODY, kind=APPOINTMENTS, code=own.code)
    assert (fresh(own).visitor, fresh(own).phone, fresh(own).notes) == ("", "", "")
    assert fresh(own).state == "booked"
    with clock.at(clock.now() + timedelta(days=20)):
        forget_visitors()
        assert fresh(old).visitor == VISITOR[0]
    with clock.at(clock.now() + timedelta(days=40)):
        forget_visitors()
    assert (fresh(old).visitor, fresh(old).phone) == ("", "")


def test_a_resident_without_account_books_moves_and_rates_on_a_phone(world: World) -> None:
    row, client = service(world), Client()
    address = f"/ask/{token(world)}/alliance/"
    assert "修小家电" in client.get(address).content.decode()
    form = client.get(f"{address}{row.pk}/").content.decode()
    assert hour().astimezone(clock.ZONE).isoformat() in form
    typed = {"starts_at": hour().isoformat(), "visitor": "孔阿姨"}
    answer = client.post(f"{address}{row.pk}/", typed | {"phone": VISITOR[1]})
    assert answer.status_code == 422
    answer = client.post(f"{address}{row.pk}/", typed)
    own = answer["Location"]
    assert "孔阿姨" not in client.get(own).content.decode()
    assert client.post(f"{own}move/", {"starts_at": hour(2).isoformat()}).status_code == 302
    with clock.at(hour(2, time(12))):
        assert "不满意" in client.get(own).content.decode()
        client.post(f"{own}answer/", {"word": "good"})
    one = Appointment.objects.get()
    assert (one.state, one.word, one.starts_at) == ("done", "good", hour(2))


def test_the_form_that_puts_who_offers_right_shows_no_telephone_and_keeps_it(world: World) -> None:
    row, client = service(world).member, browser(world, "an")
    address = f"/alliance/{row.pk}/edit/"
    assert SHOP.phone not in client.get(address).content.decode()
    assert client.post(address, {"kind": "shop", "name": "修理铺"}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.phone) == ("修理铺", SHOP.phone)


def test_the_slip_masks_who_booked(world: World) -> None:
    one = booked(world, service(world))
    client = browser(world, "an")
    page = client.get(f"/appointments/{one.pk}/slip.html").content.decode()
    assert (VISITOR[0] in page, VISITOR[1] in page, one.code in page) == (False, False, True)
    for ending in ("pdf", "docx"):
        assert client.get(f"/appointments/{one.pk}/slip.{ending}").status_code == 200
