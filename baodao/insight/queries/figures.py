"""The official tables of an organisation as of an instant, counted from the facts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.insight.queries.asking import ask, parameters
from baodao.insight.queries.leaves import by_source, counts
from baodao.insight.queries.listing import ListedPerson, listed_people
from baodao.insight.queries.snapshots import children_in, snapshot_at
from baodao.insight.queries.sources import counted
from baodao.insight.rules import (
    LEVELS,
    METRICS,
    OWN,
    ROWS,
    SHEETS,
    AsOf,
    Figures,
    Period,
    Sheet,
    total,
    year_of,
)
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs import queries as orgs
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind

UNITS_HERE = """
    SELECT unit.id, unit.code, unit.name, unit.path, min(u.accepted_at) AS accepted_at
    FROM orgs_organisation unit
    LEFT JOIN partnership_unitregistration u ON u.unit_id = unit.id AND u.community_id = %(place)s
        AND u.accepted_at < %(instant)s AND (u.ended_at IS NULL OR u.ended_at >= %(instant)s)
    WHERE unit.id = ANY(%(units)s)
    GROUP BY unit.id ORDER BY unit.path"""
_PEOPLE = """
    SELECT id AS person_id, name, number, sex, position FROM people_person
    WHERE id = ANY(%(people)s) ORDER BY pinyin, id"""


@dataclass(frozen=True)
class Row:
    """One row: a child in the tree, a unit that reports to a community, or one person.

    `direct` marks a unit's own row, for members that are in none of its branches, and a community's
    own row, for what is no unit's.
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
    """An official table; each figure of `total` is the sum of its column.

    Figures of services, needs met and the like are those of `period`.
    """

    organisation: Organisation
    sheet: Sheet
    as_of: AsOf
    period: Period
    rows: tuple[Row, ...]
    total: Figures

    @property
    def level(self) -> Kind:
        return Kind(self.organisation.kind)

    @property
    def metrics(self) -> tuple[str, ...]:
        return SHEETS[self.sheet][self.level]


def organisation_for(actor: Actor, code: str) -> Organisation:
    """An organisation that has a table and whose figures the actor may read, else `Absent`."""
    found = orgs.organisation_of(actor, Permission.FIGURE_READ, code)
    if found.kind not in LEVELS:
        raise Absent(code)
    return found


def table(
    actor: Actor,
    code: str,
    as_of: AsOf,
    sheet: Sheet = Sheet.REGISTRATION,
    period: Period | None = None,
) -> Table:
    """A table of the organisation with `code`, of the year of its instant unless another period is
    given; `Absent` out of scope."""
    organisation = organisation_for(actor, code)
    period = period or year_of(as_of)
    metrics = SHEETS[sheet][Kind(organisation.kind)]
    rows = _rows(organisation, sheet, as_of, period)
    figures = total((row.figures for row in rows), metrics)
    return Table(organisation, sheet, as_of, period, tuple(rows), figures)


def _rows(organisation: Organisation, sheet: Sheet, as_of: AsOf, period: Period) -> list[Row]:
    kind = Kind(organisation.kind)
    metrics = SHEETS[sheet][kind]
    if kind is Kind.COMMUNITY:
        return _units_of(organisation, metrics, as_of, period)
    if kind is not Kind.BRANCH:
        return children(organisation, metrics, as_of, period)
    if sheet is Sheet.SERVICE:
        return _people_serving(organisation, metrics, as_of, period)
    return _people(organisation, as_of, period)


def below(
    organisation: Organisation, as_of: AsOf, period: Period, metrics: Sequence[str]
) -> dict[str, Figures]:
    """Live figures of the organisation's children by code, of itself under the empty code."""
    found: defaultdict[str, Figures] = defaultdict(dict)
    for count in counts(organisation, metrics, as_of, period):
        for leaf in count.leaves():
            figures = found[leaf.child]
            for metric, value in leaf.figures.items():
                figures[metric] = figures.get(metric, 0) + value
    return dict(found)


def children(
    organisation: Organisation, metrics: Sequence[str], as_of: AsOf, period: Period
) -> list[Row]:
    """One row a child in the tree that stood by then or has anything to count."""
    kind = Kind(organisation.kind)
    held = list(organisation.children.filter(kind__in=ROWS[kind]).order_by("kind", "sort", "code"))
    snapshot = snapshot_at(as_of, period) if kind is not Kind.UNIT else None
    if snapshot is not None:
        figures = children_in(snapshot, held)
    else:
        figures = below(organisation, as_of, period, metrics)
    rows = [
        Row(
            child.name,
            _padded(figures.get(child.code, {})),
            child.code,
            child.path,
            Kind(child.kind),
        )
        for child in sorted(held, key=lambda child: child.kind == Kind.UNIT)
        if any(figures.get(child.code, {}).values()) or _open(child, as_of)
    ]
    own = figures.get("", {}) if kind is Kind.UNIT else {}
    if any(own.values()):
        place = (organisation.name, _padded(own), organisation.code, organisation.path)
        rows.insert(0, Row(*place, kind, direct=True))
    return rows


def _units_of(
    community: Organisation, metrics: Sequence[str], as_of: AsOf, period: Period
) -> list[Row]:
    """One row a unit whose members report or serve here, or which is registered here itself; and
    one for what the community counts itself."""
    found: defaultdict[int, Figures] = defaultdict(dict)
    values = parameters(community, as_of, period)
    for codes in by_source(metric for metric in metrics if metric not in OWN):
        for row in ask(counted(METRICS[codes[0]].source, "unit_id", codes), values):
            unit = row.pop("unit_id")
            if any(row.values()):
                found[unit] |= row
    told = ask(UNITS_HERE, values | {"units": list(found), "place": community.pk})
    rows = [
        Row(
            unit["name"],
            _padded(found[unit["id"]]),
            unit["code"],
            unit["path"],
            Kind.UNIT,
            accepted_at=unit["accepted_at"],
        )
        for unit in told
    ]
    own = [metric for metric in metrics if metric in OWN]
    if own:
        figures = _padded(below(community, as_of, period, own).get("", {}))
        place = (community.name, figures, community.code, community.path)
        rows.insert(0, Row(*place, Kind.COMMUNITY, direct=True))
    return rows


def _people(branch: Organisation, as_of: AsOf, period: Period) -> list[Row]:
    """One row a person in service, with ones and zeros."""
    people = listed_people("in_service", parameters(branch, as_of, period))
    return [Row(one.name, _ones(one), person=one) for one in people]


def _people_serving(
    branch: Organisation, metrics: Sequence[str], as_of: AsOf, period: Period
) -> list[Row]:
    """One row a person in service, or of whom a service of the period or a post counts here."""
    found: defaultdict[UUID, Figures] = defaultdict(dict)
    values = parameters(branch, as_of, period)
    for codes in by_source(metrics):
        for row in ask(counted(METRICS[codes[0]].source, "person_id", codes), values):
            person = row.pop("person_id")
            if any(row.values()):
                found[person] |= row
    people = ask(_PEOPLE, {"people": list(found)})
    return [
        Row(one["name"], _padded(found[one["person_id"]]), person=ListedPerson(**one))
        for one in people
    ]


def _ones(person: ListedPerson) -> Figures:
    marks = {"in_service": 1, "living_in_city": int(person.lives_in_city)}
    return _padded(marks | ({person.stands: 1} if person.stands else {}))


def _padded(figures: Mapping[str, int]) -> Figures:
    return {metric: figures.get(metric, 0) for metric in METRICS}


def _open(organisation: Organisation, as_of: AsOf) -> bool:
    """Whether it stood in the tree by then."""
    closed = organisation.closed_at
    return organisation.opened_at < as_of.instant and (closed is None or closed >= as_of.instant)
