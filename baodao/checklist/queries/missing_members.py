"""查漏补缺: who of a unit is in service and not registered, by branch, with reasons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from baodao.checklist.rules.reasons import BY_EFFECT, BY_STATE, SPARED, Why
from baodao.exemptions.rules.reasons import ExemptionReason
from baodao.exemptions.rules.states import ExemptionState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships
from baodao.people.rules.standing import Standing
from baodao.registration.queries.registrations import itself_in
from baodao.registration.rules.states import REGISTRATION, State


@dataclass(frozen=True)
class Missing:
    """Somebody in service who is not registered, and why.

    `since` is when that began, as far as a letter tells; `until` and `note` (a message id) come
    from the exemption. `registration_id` leads to the letter, where there is one.
    """

    person: Person
    branch: Organisation
    standing: str
    lives_in_city: bool
    reason: Why
    since: datetime | None
    registration_id: UUID | None
    until: date | None = None
    note: str = ""


Rows = QuerySet[Any]
"""Memberships with what the check list says of them."""


def check_list(
    actor: Actor, unit: Organisation, branch: Organisation | None = None
) -> list[Missing]:
    """Who in service has not reported and why, by branch and name; `Absent` out of scope.

    A branch's secretary who asks for the unit sees their branch alone.
    """
    place = branch or unit
    if not place.path.startswith(unit.path):
        raise Absent("unit")
    return [missing_of(row) for row in missing_rows(actor, place)]


def missing_rows(actor: Actor, place: Organisation) -> Rows:
    """The memberships of whom the check list names, by branch and name, for filters and pages;
    each becomes a line by `missing_of`. Raises `Absent` out of scope."""
    check_scope(actor, place)
    return _in_order(actor, place)


def _in_order(actor: Actor, place: Organisation) -> Rows:
    rows = _with_reason(members_of(actor, place)).filter(standing=Standing.IN_SERVICE)
    return rows.exclude(why="").order_by("branch__path", "person__pinyin", "person")


def check_scope(actor: Actor, place: Organisation) -> None:
    """Raise `Absent` where the actor reads neither the place nor anything below it."""
    reach = actor.paths(Permission.REGISTRATION_READ)
    if not any(place.path.startswith(path) or path.startswith(place.path) for path in reach):
        raise Absent("unit")


def members_of(actor: Actor, place: Organisation) -> QuerySet[Membership]:
    """Present members below a place whose registrations the actor reads."""
    rows = memberships(actor, Permission.REGISTRATION_READ)
    return rows.filter(branch__path__startswith=place.path)


def with_grounds(members: QuerySet[Membership]) -> Rows:
    """With what a reason rests on: `live`, the live registration, of which a person has one at
    most, and `spared`, the exemption in force."""
    today = clock.today()
    live = Q(person__registration__state__in=REGISTRATION.live)
    spared = Q(
        person__exemption__state=ExemptionState.APPROVED, person__exemption__from_on__lte=today
    ) & (Q(person__exemption__to_on=None) | Q(person__exemption__to_on__gte=today))
    return members.annotate(
        live=FilteredRelation("person__registration", condition=live),
        spared=FilteredRelation("person__exemption", condition=spared),
    )


def _with_reason(members: QuerySet[Membership]) -> Rows:
    """With `why`, the reason as `why_missing` has it and "" for who is registered, and its
    grounds."""
    rows: Rows = with_grounds(members).annotate(
        why=Case(
            When(live__state=State.ACCEPTED, then=Value("")),
            When(live__state=State.SUBMITTED, then=Value(Why.WAITING)),
            *(When(spared__effect=effect, then=Value(why)) for effect, why in BY_EFFECT.items()),
            *(When(live__state=state, then=Value(why)) for state, why in BY_STATE.items()),
            default=Value(Why.NO_LETTER),
            output_field=CharField(),
        ),
        since=Coalesce("live__submitted_at", "live__letter__issued_at"),
        registration=F("live"),
        spared_for=F("spared__reason"),
        until=F("spared__to_on"),
    )
    return rows


def missing_of(row: Any) -> Missing:
    """The line of a row of `missing_rows`."""
    reason = Why(row.why)
    is_spared = reason in SPARED
    return Missing(
        person=row.person,
        branch=row.branch,
        standing=row.standing,
        lives_in_city=row.lives_in_city,
        reason=reason,
        since=row.since,
        registration_id=row.registration,
        until=row.until if is_spared else None,
        note=ExemptionReason(row.spared_for).words if is_spared else "",
    )


@dataclass(frozen=True)
class MissingName:
    """Somebody who is missing, where a page names the first of many."""

    person_id: UUID
    name: str
    reason: Why
    since: datetime | None
    note: str
    until: date | None


@dataclass
class MissingGroup:
    """Everybody of a branch with one reason, since or until one day: the first by name, and how
    many they are."""

    branch_id: int
    first: list[MissingName] = field(default_factory=list)
    count: int = 0


def _names(actor: Actor, place: Organisation) -> QuerySet[Membership, tuple[Any, ...]]:
    facts = ("branch", "why", "spared_for", "until", "since", "person", "person__name")
    return _in_order(actor, place).values_list(*facts)


_NAMES = Prepared(_names)


def missing_groups(actor: Actor, place: Organisation, most: int) -> Question[list[MissingGroup]]:
    """Everybody missing by branch and reason, the first `most` of each by name."""
    check_scope(actor, place)
    return _NAMES.question(actor, place).then(lambda rows: _grouped(rows, most))


def _grouped(rows: Iterable[tuple[Any, ...]], most: int) -> list[MissingGroup]:
    groups: dict[tuple[object, ...], MissingGroup] = {}
    for branch_id, why, spared_for, until, since, person_id, name in rows:
        rests_on = (spared_for, until) if why in SPARED else ("", None)
        day = clock.local(since).date() if since and why == Why.WAITING else None
        group = groups.setdefault((branch_id, why, rests_on, day), MissingGroup(branch_id))
        group.count += 1
        if group.count <= most:
            note = ExemptionReason(rests_on[0]).words if rests_on[0] else ""
            one = MissingName(person_id, name, Why(why), since, note, rests_on[1])
            group.first.append(one)
    return list(groups.values())


PENDING: dict[str, PendingRows] = {
    "reminder-present": itself_in(State.ISSUED),
    "reminder-returned": itself_in(State.RETURNED),
}
"""For which rows reminders ask."""
