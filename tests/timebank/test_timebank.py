"""Hours earned by records, spent by oneself and kin, given away, put right; nothing while it is
off, nothing that others read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from baodao.accounts.commands.switches import end_switch
from baodao.accounts.models import Switch
from baodao.accounts.rules import TIME_BANK
from baodao.alliance.commands.appointments import APPOINTMENTS
from baodao.bookings.commands.bookings import cancel_by_code
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent
from baodao.kernel.health import Health
from baodao.kernel.models import JournalEntry
from baodao.kernel.moments import Period
from baodao.ledger.commands.corrections import reverse
from baodao.notices.models import Notice
from baodao.registration.models import Registration
from baodao.talents.commands.services import reverse_deed
from baodao.talents.commands.talents import withdraw_talent
from baodao.timebank.checks import books
from baodao.timebank.commands.accounts import (
    add_kin_by_hand,
    close_own,
    create_account,
    create_pool,
    donate_to_person,
    donate_to_pool,
    end_kin,
)
from baodao.timebank.commands.orders import (
    cancel_order,
    cancel_own_order,
    confirm_order,
    order_by_hand,
)
from baodao.timebank.models import TimeAccount, TimeBooking, TimeKin, TimeOrder
from baodao.timebank.queries.accounts import account_in_charge, accounts_in_charge, own_account
from baodao.timebank.queries.counts import time_counts
from baodao.timebank.queries.lines import statement_of
from baodao.timebank.rules.accounts import CONSENT, KinFacts, check_kin
from baodao.timebank.rules.orders import TimeOrderFacts, check_time_order
from baodao.timebank.rules.policies import ANYBODY, DONATION, EXPIRY_DAYS, MONTH_HOURS, NOWHERE
from baodao.timebank.tasks import book_hours
from tests.alliance import steps as alliance
from tests.ledger import steps as ledger
from tests.orgs.test_policies import decide
from tests.registration.browsing import browser, text
from tests.talents.steps import served, talent
from tests.timebank.steps import (
    MOTHER,
    booked,
    bookings,
    code_of,
    fresh,
    kin,
    of_talent,
    opened,
    ordered,
    pool,
    with_hours,
)
from tests.world import World


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (KinFacts(" ", "parent", CONSENT), "time.kin-name"),
        (KinFacts("某人", "neighbour", CONSENT), "time.kin-relation"),
        (KinFacts("某人", "parent", ""), "time.kin-consent"),
    ],
)
def test_kin_are_named_with_what_they_are_and_know_of_it(facts: KinFacts, code: str) -> None:
    assert code_of(lambda: check_kin(facts, 0)) == code
    assert code_of(lambda: check_kin(KinFacts("某人", "parent", CONSENT), 10)) == "time.kin-many"


@pytest.mark.parametrize(
    ("words", "minutes", "way", "code"),
    [
        (" ", 60, "phone", "time.words"),
        ("陪同就医", 0, "phone", "time.length"),
        ("陪同就医", 721, "phone", "time.length"),
        ("陪同就医", 60, "letter", "need.source"),
    ],
)
def test_an_order_has_words_and_a_length(words: str, minutes: int, way: str, code: str) -> None:
    facts = TimeOrderFacts(words, minutes, way=way)
    assert code_of(lambda: check_time_order(facts)) == code


def test_off_by_default_nobody_opens_an_account_and_no_page_asks(world: World) -> None:
    ledger.hosted(world)
    assert code_of(lambda: create_account(world.actor("chen"), consent=CONSENT)) == "time.off"
    page = browser(world, "chen").get("/me/time-bank/").content.decode()
    assert "/me/time-bank/open/" not in page
    first = browser(world, "chen").get("/me/").content.decode()
    assert "time-bank" not in first
    assert code_of(lambda: create_pool(world.actor("an"), community_id=world.willow.pk, name="池"))


def test_a_record_is_credited_once_as_of_its_instant_and_opens(world: World) -> None:
    ledger.record(world, minutes=30)
    row = opened(world)
    made = ledger.record(world, minutes=90)
    statement = statement_of(row)
    assert (statement.balance, statement.lines[0].pending) == (90, True)
    assert fresh(row).balance == 0
    booked(row)
    assert booked(row).balance == 90
    [one] = TimeBooking.objects.all()
    assert (one.source, one.source_community_id, one.of) == (
        made.id,
        made.community_id,
        made.recorded_at,
    )
    assert (one.served, one.minutes, one.payer.kind) == (90, 90, "clearing")
    assert books().health is Health.OK


def test_the_hours_of_a_month_are_capped_and_the_line_says_so(world: World) -> None:
    row = opened(world)
    decide(world, "sun", "city", MONTH_HOURS, 1)
    ledger.record(world, minutes=45)
    ledger.record(world, minutes=45, category="culture")
    assert booked(row).balance == 60
    decide(world, "sun", "city", MONTH_HOURS, 20)
    assert booked(row).balance == 60
    assert [line.is_capped for line in statement_of(row).lines] == [False, True]


def test_a_reversed_record_takes_its_hours_back_and_never_below_0(world: World) -> None:
    row, an = opened(world), world.actor("an")
    first = ledger.record(world, minutes=120)
    booked(row)
    order = ordered(world, 100)
    reverse(an, community_id=first.community_id, record_id=first.id, reason="记错了人")
    assert booked(row).balance == 0
    taken = TimeBooking.objects.get(kind="taken-back")
    assert (taken.minutes, taken.source) == (20, first.id)
    ledger.record(world, minutes=150)
    assert booked(row).balance == 50
    cancel_own_order(world.actor("chen"), order_id=order.pk)
    assert booked(row).balance == 150
    assert books().health is Health.OK


def test_an_order_is_booked_off_at_once_and_comes_back_when_it_is_cancelled(world: World) -> None:
    row, an = with_hours(world), world.actor("an")
    mother = kin(world)
    order = ordered(world, 60, kin_id=mother.pk)
    assert (order.kin, fresh(row).balance) == (mother, 60)
    assert Notice.objects.get(kind="time-ordered").organisation == world.willow
    assert code_of(lambda: ordered(world, 61)) == "time.short"
    confirm_order(an, order_id=order.pk)
    assert (
        code_of(lambda: cancel_order(an, order_id=order.pk, reason="来不了")) == "time-order.done"
    )
    again = ordered(world, 60)
    cancel_order(an, order_id=again.pk, reason="没有人手")
    assert Notice.objects.get(kind="time-cancelled").person == world.people["chen"]
    assert code_of(lambda: confirm_order(an, order_id=again.pk)) == "time-order.cancelled"
    assert fresh(row).balance == 60
    assert bookings() == [("earned", 120), ("ordered", 60), ("ordered", 60), ("given-back", 60)]


def test_an_order_that_pays_an_appointment_ends_with_it(world: World) -> None:
    row = with_hours(world)
    service = alliance.service(world)
    first, second = (alliance.booked(world, service, alliance.hour(days)) for days in (1, 2))
    assert code_of(lambda: ordered(world, 10, code="NO-SUCH")) == "time.code"
    order = ordered(world, 60, code=first.code)
    assert code_of(lambda: ordered(world, 10, code=first.code)) == "time.paid"
    kept = ordered(world, 30, code=second.code)
    cancel_by_code(NOBODY, kind=APPOINTMENTS, code=first.code)
    assert booked(row).balance == 90
    order.refresh_from_db()
    kept.refresh_from_db()
    assert (order.state, kept.state) == ("cancelled", "ordered")
    assert code_of(lambda: ordered(world, 10, code=first.code)) == "time.over"


def test_hours_that_were_not_spent_expire_the_oldest_first(world: World) -> None:
    row = opened(world)
    decide(world, "sun", "city", EXPIRY_DAYS, 30)
    ledger.record(world, minutes=100)
    booked(row)
    ordered(world, 40)
    with clock.at(clock.now() + timedelta(days=20)):
        ledger.record(world, minutes=50)
        booked(row)
    with clock.at(clock.now() + timedelta(days=31)):
        world.turned_on(TIME_BANK)
        assert booked(row).balance == 50
        assert booked(row).balance == 50
    assert ("expired", 60) in bookings()


def test_hours_go_to_the_pool_and_the_community_spends_them_for_who_has_none(
    world: World,
) -> None:
    row = with_hours(world)
    chen, an = world.actor("chen"), world.actor("an")
    assert code_of(lambda: donate_to_pool(chen, minutes=10)) == "time.no-pool"
    here = pool(world)
    donate_to_pool(chen, minutes=50)
    assert (fresh(row).balance, fresh(here).balance) == (70, 50)
    assert code_of(lambda: donate_to_pool(chen, minutes=71)) == "time.short"
    assert code_of(lambda: donate_to_person(chen, number="1", minutes=10)) == "time.no-gifts-to"
    facts = TimeOrderFacts("送餐上门", 40, way="window")
    order_by_hand(an, account_id=here.pk, facts=facts)
    assert fresh(here).balance == 10
    decide(world, "sun", "city", DONATION, NOWHERE)
    assert code_of(lambda: donate_to_pool(chen, minutes=10)) == "time.no-gifts"


def test_hours_are_given_to_a_person_where_the_authority_allows_it(world: World) -> None:
    row = with_hours(world)
    other = of_talent(world, talent(world))
    decide(world, "sun", "city", DONATION, ANYBODY)
    chen = world.actor("chen")
    donate_to_person(chen, number=other.number, minutes=20)
    assert (fresh(row).balance, fresh(other).balance) == (100, 20)
    [gift] = TimeBooking.objects.filter(kind="donated")
    assert gift.of == TimeBooking.objects.filter(payee=row, kind="earned").earliest("of").of
    own = row.number
    assert code_of(lambda: donate_to_person(chen, number=own, minutes=1)) == "time.no-account"


def test_a_talent_without_account_of_the_site_is_served_at_the_window(world: World) -> None:
    world.turned_on(TIME_BANK)
    an, who = world.actor("an"), talent(world)
    row = of_talent(world, who)
    deed, wrong = served(world, who, minutes=60), served(world, who, minutes=30)
    reverse_deed(an, talent_id=who.pk, service_id=wrong.pk, reason="重复")
    named = add_kin_by_hand(an, account_id=row.pk, facts=KinFacts("何爷爷", "parent", CONSENT))
    facts = TimeOrderFacts("陪同就医", 45, named.pk, way="call")
    order_by_hand(an, account_id=row.pk, facts=facts)
    assert (fresh(row).balance, TimeBooking.objects.get(kind="earned").source) == (15, deed.pk)
    page = Client().get(f"/talent/{who.code}/time-bank/").content.decode()
    assert "陪同就医" in page
    assert "何爷爷" not in page
    assert f"/talent/{who.code}/time-bank/" in Client().get(f"/talent/{who.code}/").content.decode()
    withdraw_talent(NOBODY, code=who.code)
    book_hours()
    gone = fresh(row)
    assert (gone.balance, gone.ending, gone.closed_at is None) == (0, "left", False)
    assert TimeOrder.objects.get().state == "cancelled"
    assert TimeKin.objects.get().name == ""


def test_turned_off_statements_stay_readable_and_nothing_changes(world: World) -> None:
    row = with_hours(world)
    order = ordered(world, 60)
    switch = Switch.objects.get(key=TIME_BANK)
    end_switch(world.actor("sun"), switch_id=switch.pk, reason="试点结束")
    ledger.record(world, minutes=60)
    assert booked(row).balance == 60
    assert code_of(lambda: ordered(world, 10)) == "time.off"
    page = browser(world, "chen").get("/me/time-bank/").content.decode()
    assert "/me/time-bank/order/" not in page
    assert statement_of(row).balance == 60
    for ending in ("html", "pdf", "xlsx"):
        answer = browser(world, "chen").get(f"/me/time-bank/statement.{ending}")
        assert answer.status_code == 200
    cancel_own_order(world.actor("chen"), order_id=order.pk)
    assert fresh(row).balance == 120
    world.turned_on(TIME_BANK)
    assert booked(row).balance == 120


def test_no_form_is_shown_where_it_would_be_refused(world: World) -> None:
    row, an = with_hours(world), browser(world, "an")
    common, mine = pool(world), browser(world, "chen")
    for act in ("close", "kin"):
        assert an.get(f"/time-bank/accounts/{common.pk}/{act}/").status_code == 404
    who = talent(world)
    of_talent(world, who)
    assert "已经有时间账户" in text(an.get(f"/time-bank/talents/{who.pk}/open/"))
    end_switch(world.actor("sun"), switch_id=Switch.objects.get(key=TIME_BANK).pk, reason="结束")
    pages = [mine.get(f"/me/time-bank/{act}/") for act in ("order", "kin", "give", "give-to")]
    pages += [an.get(f"/time-bank/accounts/{one.pk}/order/") for one in (row, common)]
    for page in pages:
        assert "没有启用时间银行" in text(page), page.wsgi_request.path
        assert 'name="client_id"' not in page.content.decode()


def test_nobody_else_reads_an_account_and_kin_stand_in_no_journal(world: World) -> None:
    row = with_hours(world)
    mother = kin(world)
    order = ordered(world, 60, kin_id=mother.pk)
    for name in ("bao", "deng", "fan", "sun", "qin", "chen"):
        actor = world.actor(name)
        assert not accounts_in_charge(actor)
        with pytest.raises(Absent):
            account_in_charge(actor, row.pk)
        with pytest.raises(Absent):
            confirm_order(actor, order_id=order.pk)
    page = browser(world, "an").get(f"/time-bank/orders/{order.pk}/").content.decode()
    assert MOTHER in page
    end_kin(world.actor("chen"), kin_id=mother.pk)
    assert TimeKin.objects.get().name == ""
    assert MOTHER not in str(list(JournalEntry.objects.values()))
    assert own_account(world.actor("an")) is None


def test_an_account_is_closed_as_easily_as_it_was_opened(world: World) -> None:
    row = with_hours(world)
    chen = world.actor("chen")
    assert code_of(lambda: create_account(chen, consent=CONSENT)) == "time.twice"
    ordered(world, 60)
    close_own(chen)
    assert (fresh(row).balance, fresh(row).ending) == (0, "wish")
    assert bookings()[-2:] == [("given-back", 60), ("closed", 120)]
    again = create_account(chen, consent=CONSENT)
    assert booked(again).balance == 0
    assert books().health is Health.OK


def test_the_account_of_a_member_goes_along_and_the_pool_stays(world: World) -> None:
    row, here = with_hours(world), pool(world)
    donate_to_pool(world.actor("chen"), minutes=20)
    registration = Registration.objects.get(person=world.people["chen"])
    registration.community = world.bridge
    registration.save(update_fields=["community"])
    assert booked(row).community == world.bridge
    assert fresh(here).community == world.willow
    assert statement_of(fresh(row)).balance == 100


def test_two_accounts_of_a_person_are_joined_by_night(world: World) -> None:
    row = with_hours(world)
    twin = TimeAccount.objects.create(
        kind="person", community=world.willow, person=world.people["chen"], consent=CONSENT
    )
    donated = booked(row)
    TimeAccount.objects.filter(pk=twin.pk).update(balance=0)
    book_hours()
    assert (fresh(twin).ending, fresh(row).balance) == ("joined", donated.balance)


def test_the_database_refuses_a_balance_below_0_and_a_booking_of_one_side(world: World) -> None:
    row = with_hours(world, 60)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeAccount.objects.filter(pk=row.pk).update(balance=-1)
    one = TimeBooking.objects.get()
    wrong: list[dict[str, Any]] = [{"payee": row}, {"minutes": 0}, {"source": None}]
    for columns in wrong:
        facts = {"kind": "donated", "payer": row, "payee": one.payer, "minutes": 5, "of": one.of}
        if "source" in columns:
            facts["kind"] = "earned"
        with pytest.raises(IntegrityError), transaction.atomic():
            TimeBooking.objects.create(**facts | columns)
    with pytest.raises(DatabaseError), transaction.atomic():
        TimeBooking.objects.update(minutes=1)


def test_the_doctor_finds_a_balance_and_a_credit_that_are_not_right(world: World) -> None:
    row = with_hours(world, 60)
    assert books().health is Health.OK
    TimeAccount.objects.filter(pk=row.pk).update(balance=61)
    found = books()
    assert (found.health, found.parts) == (Health.FAIL, ((str(row.pk), "61 ≠ 60"),))


def test_the_statement_is_on_paper_for_who_owns_it(world: World) -> None:
    row = with_hours(world)
    client = browser(world, "chen")
    page = client.get("/me/time-bank/statement.html").content.decode()
    assert all(words in page for words in ("时间银行对账单", "陈晓宇", "2小时"))
    assert browser(world, "bao").get(f"/time-bank/accounts/{row.pk}/").status_code == 404
    for ending in ("pdf", "xlsx", "docx"):
        address = f"/time-bank/accounts/{row.pk}/statement.{ending}"
        assert browser(world, "an").get(address).status_code == 200


def test_above_the_community_stand_counts_and_nothing_of_a_few(world: World) -> None:
    world.turned_on(TIME_BANK)
    accounts = [of_talent(world, talent(world)) for _ in range(5)]
    counter = TimeAccount.objects.create(kind="clearing", community=world.willow)
    for row in accounts:
        facts: dict[str, Any] = {"of": row.opened_at, "served_on": clock.today(), "served": 60}
        TimeBooking.objects.create(
            kind="earned", payer=counter, payee=row, minutes=60, source=row.pk, **facts
        )
    fan = world.actor("fan")
    today = Period("", clock.today(), clock.today())
    told = {one.place.name: one for one in time_counts(fan, world.willow_street, today)}
    assert told["柳荫社区"].accounts == told["柳荫社区"].earned == 5
    assert (told["石桥社区"].accounts, told["石桥社区"].earned) == (0, 0)
    accounts[0].closed_at = clock.now()
    accounts[0].save(update_fields=["closed_at"])
    told = {one.place.name: one for one in time_counts(fan, world.willow_street, today)}
    assert (told["柳荫社区"].accounts, told["柳荫社区"].earned) == (0, 0)


def test_the_window_finds_an_account_by_the_volunteer_number(world: World) -> None:
    row, who = with_hours(world), talent(world)
    client = browser(world, "an")
    answer = client.get(f"/time-bank/find/?number={row.number}")
    assert answer["Location"] == f"/time-bank/accounts/{row.pk}/"
    page = client.get(f"/time-bank/find/?number={who.number}").content.decode()
    assert f"/time-bank/talents/{who.pk}/open/" in page
    assert "time-bank/talents" not in client.get("/time-bank/find/?number=0").content.decode()
    typed = {"words": "送餐", "minutes": "30", "way": "window", "code": ""}
    answer = client.post(f"/time-bank/accounts/{row.pk}/order/", typed)
    assert answer.status_code == 302
    assert client.get("/time-bank/").content.decode().count("送餐") >= 1
    assert fresh(row).balance == 90
