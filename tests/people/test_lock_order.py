"""Acts that meet on the same persons and rows wait in a line: persons are held before the rest.

Each test lets two acts meet where each would hold what the other wants; in a ring the database
ends one of them.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from baodao.agenda.commands import reminders
from baodao.claims.commands import claims, seats
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.commands import departures, handovers
from baodao.people.models import Membership, Person
from baodao.people.queries.members import lock_free_persons, lock_persons
from tests.concurrency import Meeting, at_once
from tests.offers import steps
from tests.orgs.test_reorganisations import done
from tests.world import World


def waits_at(meeting: Meeting, act: Callable[..., Any]) -> Callable[..., Any]:
    """The act, after whoever else comes to the meeting."""

    def later(*args: Any, **options: Any) -> Any:
        meeting.wait()
        return act(*args, **options)

    return later


def test_a_reminder_of_tomorrow_and_a_place_given_up(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = steps.published(committed_world, starts_at=steps.hour(1), ends_at=steps.hour(1, 11))
    other, leaving = steps.registered(committed_world, 2)
    _, claim = steps.claimed(offer, other, leaving)
    meeting = Meeting(2)
    monkeypatch.setattr(seats, "lock_many", waits_at(meeting, seats.lock_many))
    monkeypatch.setattr(
        reminders,
        "starting_on_the_next_day",
        waits_at(meeting, reminders.starting_on_the_next_day),
    )
    with clock.at(steps.hour(1) - timedelta(hours=16)):
        answers = at_once(
            lambda: reminders.remind_of(committed_world.actor("an"), offer_id=offer.pk),
            lambda: claims.withdraw_claim(leaving, claim_id=claim.pk),
        )
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert steps.states(offer) == ["active", "left"]
    assert Notice.objects.filter(kind="activity-tomorrow", person=other.person_id).count() == 1


def test_a_branch_that_is_merged_and_a_member_who_retires(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, chen = committed_world, committed_world.people["chen"]
    meeting = Meeting(2)
    monkeypatch.setattr(departures, "lock", waits_at(meeting, departures.lock))
    monkeypatch.setattr(handovers, "lock_persons", waits_at(meeting, handovers.lock_persons))
    aim = Aim(Reform.MERGED, successor_id=world.second.pk)
    answers = at_once(
        lambda: done(world, world.first, aim),
        lambda: departures.retire(world.actor("dai"), person_id=chen.pk, on=clock.today()),
    )
    assert [type(answer) for answer in answers] == [Refused, Membership]
    done(world, world.first, aim)
    row = Membership.objects.get(person=chen, closed_at=None)
    assert (row.branch_id, row.standing) == (world.second.pk, "retired")


def test_who_holds_a_person_holds_every_period_of_theirs_and_no_row_of_persons(
    committed_world: World,
) -> None:
    chen, hao = (committed_world.people[name].pk for name in ("chen", "hao"))
    departures.retire(committed_world.actor("deng"), person_id=chen, on=clock.today())
    held, other = Membership.objects.filter(person=chen).order_by("recorded_at")

    def free() -> set[UUID]:
        with transaction.atomic():
            Person.objects.select_for_update(no_key=True, nowait=True).get(pk=chen)
            return lock_free_persons({chen, hao})

    with transaction.atomic():
        lock_persons({chen})
        assert at_once(free) == [{hao}]
    for period in (held, other):
        with transaction.atomic():
            Membership.objects.select_for_update(no_key=True).get(pk=period.pk)
            assert at_once(free) == [{hao}]
    assert at_once(free) == [{chen, hao}]
