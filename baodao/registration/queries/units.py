"""Units' own registrations: in scope, the partner community, where a unit's members report."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries import below, places
from baodao.orgs.queries.policies import value_of
from baodao.orgs.rules import Kind
from baodao.people.queries.members import memberships_of
from baodao.people.rules.standing import Standing
from baodao.registration.models import UnitRegistration
from baodao.registration.rules import UnitState
from baodao.registration.rules.policies import PARTNER, PLACE


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


def unit_registration_of(actor: Actor, unit: Organisation) -> UnitRegistration | None:
    """The unit's registration that counts now: the one not ended, else the last."""
    rows = unit_registrations(actor).filter(unit=unit)
    return rows.exclude(state=UnitState.ENDED).first() or rows.order_by("-submitted_at").first()


def by_partner_community(unit_ids: Collection[int]) -> dict[int, Organisation]:
    """The community that accepted each unit; absent means none yet."""
    rows = UnitRegistration.objects.filter(unit__in=unit_ids, state=UnitState.ACCEPTED)
    return {row.unit_id: row.community for row in rows.select_related("community")}


def partner_community(unit: Organisation) -> Organisation | None:
    """The community that accepted the unit's own registration."""
    return by_partner_community([unit.pk]).get(unit.pk)


def reports_to_partner(unit: Organisation) -> bool:
    """Whether this unit's members report to its partner community instead of at home."""
    return value_of(PLACE, unit) == PARTNER


def chosen_community(community_id: int) -> Organisation:
    """An open community to report to; refused when it is closed or no community."""
    found = places(Kind.COMMUNITY).filter(pk=community_id).first()
    if found is None:
        raise Refused(
            "community.not-open",
            gettext_noop("This is not a community one can report to; choose another."),
        )
    return found


def require_unit(actor: Actor, permission: Permission, unit_id: int) -> Organisation:
    """The open unit, locked, when the actor holds `permission` on it; raises `Absent`."""
    return lock(within(places(Kind.UNIT), actor, permission, "path"), unit_id)


def live_unit_registration(unit: Organisation) -> UnitRegistration | None:
    """The contact form of the unit that has not ended; there is at most one."""
    rows = UnitRegistration.objects.select_related("community").filter(unit=unit)
    return rows.exclude(state=UnitState.ENDED).first()


@dataclass(frozen=True)
class UnitCounts:
    """The figures on a unit's contact form."""

    branches: int
    members: int
    in_service: int


def unit_counts(unit: Organisation) -> UnitCounts:
    """The unit's open branches and present members, for whoever may see its contact form."""
    held = memberships_of(unit)
    return UnitCounts(
        branches=below(unit, Kind.BRANCH).filter(closed_at=None).count(),
        members=held.count(),
        in_service=held.filter(standing=Standing.IN_SERVICE).count(),
    )
