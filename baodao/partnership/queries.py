"""Units' own registrations: in scope, the partner community, and what happened to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, ids_below, places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.models import UnitRegistration
from baodao.partnership.rules.states import STORIES, UNIT_REGISTRATION, UnitState
from baodao.people.queries.members import memberships_of, unit_of
from baodao.people.rules.standing import Standing
from baodao.ui.timelines import TimelineItem, timeline_items


def unit_registrations(
    actor: Actor, permission: Permission = Permission.UNIT_REGISTRATION_READ
) -> QuerySet[UnitRegistration]:
    """Contact forms on which the actor holds `permission`, by unit or by community."""
    rows = UnitRegistration.objects.select_related("unit__parent", "community")
    if permission == Permission.UNIT_REGISTRATION_PRESENT:
        return within(rows, actor, permission, "unit__path")
    if permission == Permission.UNIT_REGISTRATION_ACCEPT:
        return within(rows, actor, permission, "community__path")
    return within(rows, actor, permission, "unit__path", "community__path")


def one_unit_registration(
    actor: Actor,
    unit_registration_id: UUID,
    permission: Permission = Permission.UNIT_REGISTRATION_READ,
) -> UnitRegistration:
    """One contact form on which the actor holds `permission`; raises `Absent`."""
    registration = unit_registrations(actor, permission).filter(pk=unit_registration_id).first()
    if registration is None:
        raise Absent("unit registration")
    return registration


def _of_unit(actor: Actor, unit: Organisation) -> QuerySet[UnitRegistration]:
    return unit_registrations(actor).filter(unit=unit).order_by("-submitted_at")


_OF_UNIT = Prepared(_of_unit)


def unit_registration_of(actor: Actor, unit: Organisation) -> Question[UnitRegistration | None]:
    """The unit's registration that counts now: the one not ended, else the last."""
    return _OF_UNIT.question(actor, unit).then(_that_counts)


def _that_counts(rows: Sequence[UnitRegistration]) -> UnitRegistration | None:
    return next(
        (row for row in rows if row.state in UNIT_REGISTRATION.live), next(iter(rows), None)
    )


def units_waiting(actor: Actor, community: Organisation) -> QuerySet[UnitRegistration]:
    """Contact forms that wait for a community, the longest first; empty out of scope."""
    rows = unit_registrations(actor).filter(
        community__in=ids_below(community.path), state=UnitState.SUBMITTED
    )
    return rows.order_by("submitted_at")


def partner_units(actor: Actor, community: Organisation) -> QuerySet[UnitRegistration]:
    """The registrations of units whose partner `community` is; empty out of scope."""
    return unit_registrations(actor).filter(
        community__in=ids_below(community.path), state=UnitState.ACCEPTED
    )


def partnerships() -> QuerySet[UnitRegistration]:
    """Every registration by which a unit has a partner community now, for the slices above."""
    return UnitRegistration.objects.filter(state=UnitState.ACCEPTED)


def contacts_waiting(unit_ids: Collection[int]) -> set[int]:
    """Those of these units whose contact form lies before a community, for the slices above."""
    rows = UnitRegistration.objects.filter(unit__in=unit_ids, state=UnitState.SUBMITTED)
    return set(rows.values_list("unit", flat=True))


def contacts_ever() -> QuerySet[UnitRegistration]:
    """Every registration by which a unit has or had a partner community, from `accepted_at` to
    `ended_at`, for the slices above."""
    return UnitRegistration.objects.filter(accepted_at__isnull=False)


def partnerships_in(community: Organisation) -> QuerySet[UnitRegistration]:
    """Those by which a community, or its successor, is a partner now."""
    return partnerships_at(standing_of(community).path)


def partnerships_at(path: str) -> QuerySet[UnitRegistration]:
    """Those by which the community at a path, open, is a partner now."""
    return partnerships().filter(community__in=ids_below(path))


def by_partner_community(unit_ids: Collection[int]) -> dict[int, Organisation]:
    """The community that accepted each unit, or its successor; absent means none yet."""
    rows = partnerships().filter(unit__in=unit_ids)
    return {row.unit_id: standing_of(row.community) for row in rows.select_related("community")}


def partner_community(unit: Organisation) -> Organisation | None:
    """The community that accepted the unit's own registration; of a branch, that of its unit."""
    whole = unit_of(unit)
    return by_partner_community([whole.pk]).get(whole.pk)


def require_unit(actor: Actor, permission: Permission, unit_id: int) -> Organisation:
    """The open unit, locked, when the actor holds `permission` on it; raises `Absent`."""
    return lock(within(places(Kind.UNIT), actor, permission, "path"), unit_id)


def live_unit_registration(unit: Organisation) -> UnitRegistration | None:
    """The contact form of the unit that has not ended; there is at most one."""
    rows = UnitRegistration.objects.select_related("unit", "community")
    return rows.filter(unit=unit, state__in=UNIT_REGISTRATION.live).first()


@dataclass(frozen=True)
class UnitCounts:
    """The figures on a unit's contact form."""

    branches: int
    members: int
    in_service: int


def unit_counts(unit: Organisation) -> UnitCounts:
    """The unit's open branches and present members, for whoever may see its contact form."""
    members = memberships_of(unit)
    return UnitCounts(
        branches=below(unit, Kind.BRANCH).filter(closed_at=None).count(),
        members=members.count(),
        in_service=members.filter(standing=Standing.IN_SERVICE).count(),
    )


def contact_facts(registration: UnitRegistration) -> Mapping[str, object]:
    """What stands on a contact form at the instant at which it is presented, with the figures of
    the unit's roster then; for the command that issues it."""
    unit, community = registration.unit, registration.community
    counts = unit_counts(unit)
    return {
        "number": registration.number_text,
        "community": community.name,
        "community_contact": community.contact_name,
        "community_phone": community.contact_phone,
        "unit": unit.name,
        "parent": unit.parent.name if unit.parent else "",
        "unit_address": unit.address,
        "branches": counts.branches,
        "members": counts.members,
        "in_service": counts.in_service,
        "secretary": registration.secretary,
        "secretary_phone": registration.secretary_phone,
        "unit_contact": registration.contact_name,
        "unit_phone": registration.contact_phone,
        "resources": registration.resources,
        "needs": registration.needs,
        "presented_on": clock.day_of(registration.submitted_at),
    }


def unit_timeline(actor: Actor, registration: UnitRegistration) -> list[TimelineItem]:
    """What happened to a contact form, oldest first; raises `Absent` out of scope."""
    one_unit_registration(actor, registration.pk)
    return timeline_items(journal.timeline(registration.pk), STORIES)


PENDING: dict[str, PendingRows] = {
    "unit-presented": lambda: UnitRegistration.objects.filter(
        pk=OuterRef("about"), state=UnitState.SUBMITTED
    ),
    "unit-returned": lambda: UnitRegistration.objects.filter(
        pk=OuterRef("about"), state=UnitState.RETURNED
    ),
}
"""For which rows notices ask."""
