"""查漏补缺: a unit's members in service beside their registrations, by branch, with reasons."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from baodao.exemptions.models import Exemption
from baodao.exemptions.queries import in_force_below
from baodao.exemptions.rules.reasons import ExemptionReason
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships
from baodao.people.rules.standing import Standing
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import current_registrations_of
from baodao.registration.rules.check_list import Why, why_missing
from baodao.registration.rules.states import State


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
    community: Organisation | None = None


@dataclass(frozen=True)
class BranchStanding:
    """A branch's figures (`branch` is None in totals); `missing` names who they leave out."""

    branch: Organisation | None
    members: int
    in_service: int
    living_in_city: int
    registered: int
    waiting: int
    delayed: int
    exempt: int
    missing: tuple[Missing, ...]

    @property
    def gap(self) -> int:
        """Who still has something to do: in service, neither registered nor waiting nor let off."""
        return self.in_service - self.registered - self.waiting - self.delayed - self.exempt


@dataclass(frozen=True)
class UnitStanding:
    """A unit's branches in the order of the tree, and their sum."""

    unit: Organisation
    rows: tuple[BranchStanding, ...]
    totals: BranchStanding

    def with_reason(self, *reasons: Why) -> tuple[Missing, ...]:
        """Everybody missing for one of these reasons."""
        return tuple(one for one in self.totals.missing if one.reason in reasons)


LET_OFF = (Why.EXEMPT, Why.OTHER_PLACE)


def check_list(
    actor: Actor, unit: Organisation, branch: Organisation | None = None
) -> list[Missing]:
    """Who in service has not reported and why, by branch and name; `Absent` out of scope.

    A branch's secretary who asks for the unit sees their branch alone.
    """
    place = branch or unit
    scope = within(below(place), actor, Permission.REGISTRATION_READ, "path")
    if not place.path.startswith(unit.path) or not scope.exists():
        raise Absent("unit")
    return _missing(_members(actor, place), place)


def unit_standing(actor: Actor, unit: Organisation) -> UnitStanding:
    """The unit's branches with their figures and who is missing; `Absent` out of scope."""
    missing: defaultdict[int, list[Missing]] = defaultdict(list)
    for one in check_list(actor, unit):
        missing[one.branch.pk].append(one)
    counted = _counted(_members(actor, unit))
    branches = below(unit, Kind.BRANCH, Kind.UNIT).order_by("path", "sort")
    rows = tuple(
        _standing(branch, counted.get(branch.pk, Figures()), missing[branch.pk])
        for branch in branches
        if branch.pk in counted
        or (branch.closed_at is None and branch.kind == Kind.BRANCH and _sees(actor, branch))
    )
    return UnitStanding(unit, rows, _sum(rows))


def _sees(actor: Actor, branch: Organisation) -> bool:
    return actor.may(Permission.REGISTRATION_READ, branch.path)


def _members(actor: Actor, place: Organisation) -> QuerySet[Membership]:
    rows = memberships(actor, Permission.REGISTRATION_READ)
    return rows.filter(branch__path__startswith=place.path)


def _registered() -> Exists:
    """Of a membership: its person has an accepted registration, whichever branch began it."""
    accepted = Registration.objects.filter(person=OuterRef("person"), state=State.ACCEPTED)
    return Exists(accepted)


def _missing(members: QuerySet[Membership], place: Organisation) -> list[Missing]:
    rows = members.filter(~_registered(), standing=Standing.IN_SERVICE)
    begun = current_registrations_of(place).exclude(state=State.ACCEPTED)
    live = {row.person_id: row for row in begun}
    spared = {row.person_id: row for row in in_force_below(place)}
    missing = []
    for membership in rows.order_by("branch__path", "person__pinyin", "person"):
        registration = live.get(membership.person_id)
        exemption = spared.get(membership.person_id)
        reason = why_missing(
            registration.state if registration else None, exemption.effect if exemption else None
        )
        if reason is not None:
            missing.append(_one(membership, reason, registration, exemption))
    return missing


def _one(
    membership: Membership,
    reason: Why,
    registration: Registration | None,
    exemption: Exemption | None,
) -> Missing:
    spared = exemption if reason in (Why.DELAYED, *LET_OFF) else None
    return Missing(
        person=membership.person,
        branch=membership.branch,
        standing=membership.standing,
        lives_in_city=membership.lives_in_city,
        reason=reason,
        since=_since(registration),
        registration_id=registration.pk if registration else None,
        until=spared.to_on if spared else None,
        note=ExemptionReason(spared.reason).words if spared else "",
        community=registration.community if registration else None,
    )


def _since(registration: Registration | None) -> datetime | None:
    if registration is None:
        return None
    return registration.submitted_at or registration.letter.issued_at


class Figures(NamedTuple):
    """What is counted in one branch."""

    members: int = 0
    in_service: int = 0
    living_in_city: int = 0
    registered: int = 0


def _counted(members: QuerySet[Membership]) -> dict[int, Figures]:
    in_service = Q(standing=Standing.IN_SERVICE)
    rows = (
        members.order_by()
        .values("branch")
        .annotate(
            members=Count("pk"),
            in_service=Count("pk", filter=in_service),
            living_in_city=Count("pk", filter=in_service & Q(lives_in_city=True)),
            registered=Count("pk", filter=in_service & Q(_registered())),
        )
    )
    return {
        branch: Figures(*counts) for branch, *counts in rows.values_list("branch", *Figures._fields)
    }


def _standing(branch: Organisation, counted: Figures, missing: list[Missing]) -> BranchStanding:
    reasons = Counter(one.reason for one in missing)
    return BranchStanding(
        branch=branch,
        **counted._asdict(),
        waiting=reasons[Why.WAITING],
        delayed=reasons[Why.DELAYED],
        exempt=sum(reasons[reason] for reason in LET_OFF),
        missing=tuple(missing),
    )


def _sum(rows: Sequence[BranchStanding]) -> BranchStanding:
    return BranchStanding(
        branch=None,
        members=sum(row.members for row in rows),
        in_service=sum(row.in_service for row in rows),
        living_in_city=sum(row.living_in_city for row in rows),
        registered=sum(row.registered for row in rows),
        waiting=sum(row.waiting for row in rows),
        delayed=sum(row.delayed for row in rows),
        exempt=sum(row.exempt for row in rows),
        missing=tuple(one for row in rows for one in row.missing),
    )
