"""The registration table of an organisation as of an instant, counted from the facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from baodao.insight.queries.asking import ask, parameters
from baodao.insight.queries.leaves import leaves_of
from baodao.insight.queries.listing import ListedPerson, listed_people
from baodao.insight.queries.snapshots import children_in, snapshot_at
from baodao.insight.queries.sources import counted
from baodao.insight.rules import LEVELS, METRICS, ROWS, AsOf, Figures, Source, total
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs import queries as orgs
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind

UNITS_HERE = """
    SELECT unit.id, unit.code, unit.name, unit.path, min(u.accepted_at) AS accepted_at
    FROM orgs_organisation unit
    LEFT JOIN registration_unitregistration u ON u.unit_id = unit.id AND u.community_id = %(place)s
        AND u.accepted_at < %(instant)s AND (u.ended_at IS NULL OR u.ended_at >= %(instant)s)
    WHERE unit.id = ANY(%(units)s)
    GROUP BY unit.id ORDER BY unit.path"""


@dataclass(frozen=True)
class Row:
    """One row: a child in the tree, a unit that reports to a community, or one person.

    `direct` marks a unit's own row, for members that are in none of its branches.
    """

    name: str
    figures: Figures
    code: str = ""
    path: str = ""
    kind: Kind | None = None
    direct: bool = False
    accepted_at: datetime | None = None
    person: ListedPerson | None = None


@dataclass(frozen=True)
class Table:
    """The registration table; each figure of `total` is the sum of its column."""

    organisation: Organisation
    as_of: AsOf
    metrics: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Figures

    @property
    def level(self) -> Kind:
        return Kind(self.organisation.kind)


def organisation_for(actor: Actor, code: str) -> Organisation:
    """An organisation that has a table and whose figures the actor may read, else `Absent`."""
    found = orgs.organisation_of(actor, Permission.FIGURE_READ, code)
    if found.kind not in LEVELS:
        raise Absent(code)
    return found


def table(actor: Actor, code: str, as_of: AsOf) -> Table:
    """The registration table of the organisation with `code`; `Absent` out of scope."""
    organisation = organisation_for(actor, code)
    kind = Kind(organisation.kind)
    metrics = LEVELS[kind]
    if kind is Kind.BRANCH:
        rows = _people(organisation, as_of)
    elif kind is Kind.COMMUNITY:
        rows = _units_of(organisation, as_of)
    else:
        rows = _children(organisation, as_of)
    figures = total((row.figures for row in rows), metrics)
    return Table(organisation, as_of, metrics, tuple(rows), figures)


def below(organisation: Organisation, as_of: AsOf, metrics: Iterable[str]) -> dict[str, Figures]:
    """Live figures of the organisation's children by code, of itself under the empty code."""
    found: defaultdict[str, Figures] = defaultdict(dict)
    for source in sorted({METRICS[metric].source for metric in metrics}):
        for leaf in leaves_of(organisation, source, as_of):
            figures = found[leaf.child]
            for metric, count in leaf.figures.items():
                figures[metric] = figures.get(metric, 0) + count
    return dict(found)


def _children(organisation: Organisation, as_of: AsOf) -> list[Row]:
    kind = Kind(organisation.kind)
    children = list(
        organisation.children.filter(kind__in=ROWS[kind]).order_by("kind", "sort", "code")
    )
    snapshot = snapshot_at(as_of) if kind is not Kind.UNIT else None
    if snapshot is not None:
        figures = children_in(snapshot, children)
    else:
        figures = below(organisation, as_of, LEVELS[kind])
    rows = [
        Row(
            child.name,
            _padded(figures.get(child.code, {})),
            child.code,
            child.path,
            Kind(child.kind),
        )
        for child in sorted(children, key=lambda child: child.kind == Kind.UNIT)
        if any(figures.get(child.code, {}).values()) or _open(child, as_of)
    ]
    own = figures.get("", {}) if kind is Kind.UNIT else {}
    if any(own.values()):
        place = (organisation.name, _padded(own), organisation.code, organisation.path)
        rows.insert(0, Row(*place, kind, direct=True))
    return rows


def _units_of(community: Organisation, as_of: AsOf) -> list[Row]:
    """One row a unit whose members report here, or which is registered here itself."""
    found: defaultdict[int, Figures] = defaultdict(dict)
    for source in (Source.HOSTED, Source.HOSTED_UNITS):
        for row in ask(counted(source, "unit_id"), parameters(community, as_of)):
            unit = row.pop("unit_id")
            if any(row.values()):
                found[unit] |= row
    values = {"units": list(found), "place": community.pk, "instant": as_of.instant}
    return [
        Row(
            unit["name"],
            _padded(found[unit["id"]]),
            unit["code"],
            unit["path"],
            Kind.UNIT,
            accepted_at=unit["accepted_at"],
        )
        for unit in ask(UNITS_HERE, values)
    ]


def _people(branch: Organisation, as_of: AsOf) -> list[Row]:
    """One row a person in service, with ones and zeros."""
    people = listed_people("in_service", parameters(branch, as_of))
    return [Row(one.name, _ones(one), person=one) for one in people]


def _ones(person: ListedPerson) -> Figures:
    marks = {"in_service": 1, "living_in_city": int(person.lives_in_city)}
    return _padded(marks | ({person.stands: 1} if person.stands else {}))


def _padded(figures: Mapping[str, int]) -> Figures:
    return {metric: figures.get(metric, 0) for metric in METRICS}


def _open(organisation: Organisation, as_of: AsOf) -> bool:
    """Whether it stood in the tree by then."""
    closed = organisation.closed_at
    return organisation.opened_at < as_of.instant and (closed is None or closed >= as_of.instant)
