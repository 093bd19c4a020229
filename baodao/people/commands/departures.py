"""Memberships that end: what hangs on them in every slice ends with them, in the same act."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.people.models import Membership, Person
from baodao.people.queries.members import lock_persons, memberships
from baodao.people.rules.departures import Departure, Ending, Json, check_day, steps
from baodao.people.rules.standing import Standing


@command
def end_membership(actor: Actor, *, person_id: UUID, ending: Ending, on: date) -> Membership:
    """A member left or died on a day that is not to come; all that waits for them ends with it."""
    if ending not in (Ending.LEFT, Ending.DIED):
        raise Absent("ending")
    membership = _locked_membership(actor, person_id)
    check_day(on, membership.from_on, clock.today())
    close(membership, on, ending)
    facts = {"ending": ending.words, "ended_on": on.isoformat()}
    journal.write(actor, "membership.ended", person_id, membership.branch_id, **facts)
    depart(actor, [Departure(person_id, membership.branch_id, ending, on)])
    return membership


@command
def retire(actor: Actor, *, person_id: UUID, on: date) -> Membership:
    """A member retired on a day that is not to come; they stay a member, and nothing ends."""
    membership = _locked_membership(actor, person_id)
    check_day(on, membership.from_on, clock.today())
    if membership.standing == Standing.RETIRED:
        return membership
    recorded_at = close(membership, on)
    retired = Membership.objects.create(
        person_id=person_id,
        branch_id=membership.branch_id,
        standing=Standing.RETIRED,
        grade=membership.grade,
        lives_in_city=membership.lives_in_city,
        from_on=on,
        recorded_at=recorded_at,
    )
    facts = {"retired_on": on.isoformat()}
    journal.write(actor, "membership.retired", person_id, membership.branch_id, **facts)
    return retired


def close(membership: Membership, on: date, ending: Ending | None = None) -> datetime:
    """End a locked membership as of a civil day; without an ending another one follows it, which
    is recorded at the instant that is returned."""
    now = clock.now()
    membership.closed_at, membership.to_on = now, max(membership.from_on, on)
    membership.ending = ending or ""
    membership.save(update_fields=["closed_at", "to_on", "ending"])
    return now


def open_again(person: Person, **columns: Any) -> Membership:
    """Begin a membership of a locked person with the columns of one that ended."""
    return Membership.objects.create(person=person, **columns)


def depart(actor: Actor, departures: Sequence[Departure]) -> Json:
    """End what hangs on memberships that ended in this transaction; the persons are locked. Of who
    died the day is kept, by whichever door it was told. Returns what `come_back` needs."""
    if not departures:
        return {}
    _keep_deaths(departures)
    marks = {step.key: step.let_go(actor, departures) for step in steps()}
    return {key: ended for key, ended in marks.items() if ended}


def _keep_deaths(departures: Sequence[Departure]) -> None:
    days: defaultdict[date, list[UUID]] = defaultdict(list)
    for one in departures:
        if one.ending is Ending.DIED:
            days[one.on].append(one.person_id)
    for day, persons in days.items():
        Person.objects.filter(pk__in=persons).update(died_on=day, changed_at=clock.now())


def come_back(actor: Actor, marks: Json) -> None:
    """Let all that ended with memberships stand again as it did, lowest slice first; whose
    membership it is has begun again, and nothing stands in the way."""
    for step in reversed(steps()):
        if step.key in marks:
            step.take_back(actor, marks[step.key])


def _locked_membership(actor: Actor, person_id: UUID) -> Membership:
    rows = memberships(actor, Permission.PERSON_EDIT).filter(person=person_id)
    lock_persons([person_id])
    membership = rows.first()
    if membership is None:
        raise Absent("person")
    return lock(rows, membership.pk)
