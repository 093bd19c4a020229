"""A community's desk: who waits to be received, which units, who is here already."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, ids_below, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.models import UnitRegistration
from baodao.partnership.queries import partner_units, units_waiting
from baodao.people.queries.members import unit_of
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registrations
from baodao.registration.rules.states import State


@dataclass(frozen=True)
class WaitingGroup:
    """Members of one unit who wait, the longest first; `as_group` when presented together."""

    unit: Organisation
    registrations: tuple[Registration, ...]
    as_group: bool

    @property
    def since(self) -> datetime | None:
        return self.registrations[0].submitted_at


@dataclass(frozen=True)
class Desk:
    """What waits for a community, and the figures beside it."""

    groups: tuple[WaitingGroup, ...]
    units: tuple[UnitRegistration, ...]
    waiting: int
    registered: int
    registered_this_month: int
    unplaced: int
    units_registered: int

    @property
    def oldest(self) -> datetime | None:
        return self.groups[0].since if self.groups else None


def hosted(actor: Actor, community: Organisation) -> QuerySet[Registration]:
    """Registrations that a community accepted and that have not ended, as far as in scope."""
    return registrations(actor).filter(
        community__in=ids_below(community.path), state=State.ACCEPTED
    )


def desk(actor: Actor, community: Organisation) -> Desk:
    """What waits for `community`, groups with the longest waiting first; empty out of scope."""
    waiting = registrations(actor).filter(community=community, state=State.SUBMITTED)
    by_unit: dict[tuple[int, bool], list[Registration]] = {}
    for registration in waiting.order_by("submitted_at", "letter__year", "letter__number"):
        key = (unit_of(registration.branch).pk, registration.as_group)
        by_unit.setdefault(key, []).append(registration)
    groups = tuple(
        WaitingGroup(unit_of(rows[0].branch), tuple(rows), as_group)
        for (_, as_group), rows in by_unit.items()
    )
    here = hosted(actor, community)
    month = clock.midnight(clock.today().replace(day=1))
    figures = here.aggregate(
        registered=Count("pk"),
        registered_this_month=Count("pk", filter=Q(accepted_at__gte=month)),
        unplaced=Count("pk", filter=Q(grid=None, team=None)),
    )
    return Desk(
        groups=groups,
        units=tuple(units_waiting(actor, community)),
        waiting=sum(len(group.registrations) for group in groups),
        units_registered=partner_units(actor, community).count(),
        **figures,
    )


def places_of(community: Organisation, kind: Kind) -> QuerySet[Organisation]:
    """The open grids or teams of a community, or of its successor, to place members in."""
    return below(standing_of(community), kind).filter(closed_at=None)


def placed_counts(community: Organisation) -> dict[int, int]:
    """How many members stand in each grid and team of a community the caller may see."""
    here = Registration.objects.filter(
        community__in=ids_below(community.path), state=State.ACCEPTED
    )
    counts: dict[int, int] = {}
    for side in ("grid", "team"):
        rows = here.exclude(**{side: None}).order_by().values_list(side)
        counts |= dict(rows.annotate(members=Count("pk")))
    return counts
