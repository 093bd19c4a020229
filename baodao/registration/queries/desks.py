"""A community's desk: who waits to be received, who is here already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, QuerySet, Window

from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, ids_below, places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import unit_column, unit_of, with_belonging
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import UNPLACED, registrations
from baodao.registration.rules.states import State

DESK_ROWS = 200
"""Who waits on one page."""


@dataclass(frozen=True)
class WaitingGroup:
    """Members of one unit who wait, the longest first; `as_group` when presented together."""

    unit: Organisation
    registrations: tuple[Registration, ...]
    as_group: bool


@dataclass
class ArrivalCount:
    """How many members of one unit wait, and since when the first; `as_group` when presented
    together."""

    unit: str
    as_group: bool
    since: datetime
    count: int


@dataclass(frozen=True)
class HostCounts:
    """How many are registered in a community now, and how many of them are in no grid and no
    team."""

    registered: int
    unplaced: int


def hosted(actor: Actor, community: Organisation) -> QuerySet[Registration]:
    """Registrations that a community accepted and that have not ended, as far as in scope."""
    return registrations(actor).filter(
        community__in=ids_below(community.path), state=State.ACCEPTED
    )


def _waiting(actor: Actor, community: Organisation) -> QuerySet[Registration]:
    """Who waits for `community`, the longest first; nobody out of scope."""
    rows = registrations(actor).filter(community=community, state=State.SUBMITTED)
    return rows.order_by("submitted_at", "letter__year", "letter__number")


def desk(actor: Actor, community: Organisation) -> QuerySet[Any]:
    """Who waits for `community`, the group of a unit with the longest waiting first, each with the
    instant since which the `longest` of all waits; nobody out of scope."""
    waiting = _waiting(actor, community)
    rows = waiting.annotate(
        unit=unit_column("branch", "pk"),
        group_since=Window(Min("submitted_at"), partition_by=[F("unit"), F("as_group")]),
        longest=Window(Min("submitted_at")),
    )
    return rows.order_by("group_since", "unit", "as_group", *waiting.query.order_by)


def groups_of(rows: Iterable[Registration]) -> list[WaitingGroup]:
    """Rows of the desk by their units, in its order."""
    by_unit: dict[tuple[int, bool], list[Registration]] = {}
    for row in rows:
        by_unit.setdefault((unit_of(row.branch).pk, row.as_group), []).append(row)
    return [
        WaitingGroup(unit_of(rows[0].branch), tuple(rows), as_group)
        for (_, as_group), rows in by_unit.items()
    ]


def _arrivals(actor: Actor, community: Organisation) -> QuerySet[Any, Any]:
    unit = {"unit": unit_column("branch", "pk"), "unit_name": unit_column("branch", "name")}
    rows = _waiting(actor, community).order_by().annotate(**unit).values("as_group", *unit)
    figures = {"since": Min("submitted_at"), "count": Count("pk")}
    counts: QuerySet[Any, Any] = rows.annotate(**figures).order_by("since")
    return counts.values_list(*_ARRIVAL)


_ARRIVALS = Prepared(_arrivals)
_ARRIVAL = ("unit_name", "as_group", "since", "count")


def arrival_counts(actor: Actor, community: Organisation) -> Question[list[ArrivalCount]]:
    """The groups of `desk` in numbers, in its order; one statement that reads no person."""
    groups = _ARRIVALS.question(actor, community)
    return groups.then(lambda rows: [ArrivalCount(*row) for row in rows])


def host_counts(actor: Actor, community: Organisation) -> Question[HostCounts]:
    """The figures of who is registered in `community`; 0 out of scope."""
    counted = _HOSTED.question(actor, community)
    return counted.then(lambda rows: HostCounts(*(rows[0] if rows else (0, 0))))


def _hosted(actor: Actor, community: Organisation) -> "QuerySet[Registration, tuple[Any, ...]]":
    rows = hosted(actor, community).order_by().values("state")
    figures = {"registered": Count("pk"), "unplaced": Count("pk", filter=UNPLACED)}
    return rows.annotate(**figures).values_list(*figures)


_HOSTED = Prepared(_hosted)


def places_of(community: Organisation, kind: Kind) -> QuerySet[Organisation]:
    """The open grids or teams of a community, or of its successor, to place members in."""
    return _open_places(standing_of(community), kind)


def _open_places(standing: Organisation, kind: Kind) -> QuerySet[Organisation]:
    return below(standing, kind).filter(closed_at=None)


class HostChoices(NamedTuple):
    """By which units, grids and teams who is registered in a community is narrowed: ids, names."""

    units: list[tuple[int, str]]
    grids: list[tuple[int, str]]
    teams: list[tuple[int, str]]


def host_choices(actor: Actor, community: Organisation) -> HostChoices:
    """Those of a community, asked in one trip."""
    standing = standing_of(community)
    return together(
        HostChoices,
        units=_UNITS.question(actor, community),
        grids=_GRIDS.question(standing),
        teams=_TEAMS.question(standing),
    ).answer()


def _units(actor: Actor, community: Organisation) -> QuerySet[Any, Any]:
    here = with_belonging(hosted(actor, community)).order_by()
    units = places(Kind.UNIT).filter(pk__in=here.values("unit_key"))
    return units.values_list("pk", "name")


_UNITS = Prepared(_units)
_GRIDS = Prepared(lambda one: _open_places(one, Kind.GRID).values_list("pk", "name"))
_TEAMS = Prepared(lambda one: _open_places(one, Kind.TEAM).values_list("pk", "name"))
