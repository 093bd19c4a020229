"""Twenty who spend one account at once: never below 0, whoever is first."""

import pytest
from django.db import IntegrityError

from baodao.kernel.authz import NOBODY
from baodao.timebank.commands import accounts, orders
from baodao.timebank.commands.accounts import donate_to_person
from baodao.timebank.commands.bookings import post_minutes
from baodao.timebank.models import TimeAccount, TimeBooking, TimeOrder
from baodao.timebank.queries.bookings import faults_of_books
from baodao.timebank.rules.accounts import BookingKind
from baodao.timebank.rules.policies import ANYBODY, DONATION
from tests.concurrency import at_once
from tests.ledger.steps import outcomes
from tests.orgs.test_policies import decide
from tests.talents.steps import talent
from tests.timebank.steps import fresh, of_talent, ordered, with_hours
from tests.world import World

SPENDERS = 20


def test_twenty_spend_one_account_and_it_is_never_below_0(committed_world: World) -> None:
    row = with_hours(committed_world, 120)
    told = outcomes([lambda: ordered(committed_world, 50)] * SPENDERS)
    assert told == ["done"] * 2 + ["time.short"] * (SPENDERS - 2)
    assert (fresh(row).balance, TimeOrder.objects.count()) == (20, 2)
    assert TimeBooking.objects.filter(kind="ordered").count() == 2
    assert faults_of_books() == []


def test_without_the_lock_the_database_is_left_to_object(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: whoever books does not look first."""
    row = with_hours(committed_world, 120)
    counter = TimeBooking.objects.get().payer
    monkeypatch.setattr(accounts, "check_enough", lambda *_: None)
    monkeypatch.setattr(orders, "check_enough", lambda *_: None)
    answers = at_once(
        *[lambda: post_minutes(NOBODY, BookingKind.DONATED, (row, counter), 50)] * SPENDERS
    )
    assert sum(isinstance(one, IntegrityError) for one in answers) == SPENDERS - 2
    assert fresh(row).balance == 20


def test_who_gives_many_times_at_once_gives_what_is_there(committed_world: World) -> None:
    world = committed_world
    row, other = with_hours(world, 120), of_talent(world, talent(world))
    decide(world, "sun", "city", DONATION, ANYBODY)
    chen = world.actor("chen")
    TimeAccount.objects.filter(pk=other.pk).update(balance=0)
    told = outcomes([lambda: donate_to_person(chen, number=other.number, minutes=10)] * 8)
    assert told == ["done"] * 8
    assert (fresh(row).balance, fresh(other).balance) == (40, 80)
