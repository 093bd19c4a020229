"""The official tables of an organisation as of an instant, counted from the facts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sources.organisations import HOSTED_HERE
from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.queries.sql import ask
from baodao.figures.queries.statements import listed
from baodao.figures.rules.catalogue import METRICS, columns_of, in_order
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.figures import Figures, total
from baodao.figures.rules.sheets import CHILDREN, LEVELS, StatSheet
from baodao.insight.models import IssuedTable
from baodao.insight.rules.columns import printed, tells_reasons
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period, year_of
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisation_of
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.snapshots.queries import Knowledge, figures_in, known

_CHILDREN = """
    SELECT id, kind, code, name, code_now, path_now,
           opened_at < %(instant)s AND (closed_at IS NULL OR closed_at >= %(instant)s) AS open
    FROM tree WHERE parent_id = %(place)s AND kind = ANY(%(kinds)s) ORDER BY kind, sort, code"""
_PEOPLE = """
    SELECT id AS person_id, name, number, sex, position FROM people_person
    WHERE id = ANY(%(people)s) ORDER BY pinyin, id"""


@dataclass(frozen=True)
class StatRow:
    """One row: a child in the tree, a unit that reports to a community, or one person.

    Named as it was; `code` and `path` are those of today, for links and rights. `direct` marks the
    own row: of a unit for members that are in none of its branches, of a community for what is no
    unit's, of an authority for what is its own.
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
class StatTable:
    """An official table with the columns that its reader may see; each figure of `total` is that of
    all its rows together. `name` is what the organisation was called then. Figures of services,
    needs met and the like are those of `period`."""

    organisation: Organisation
    name: str
    sheet: StatSheet
    as_of: AsOf
    period: Period
    metrics: tuple[Metric, ...]
    rows: tuple[StatRow, ...]
    total: Figures

    @property
    def level(self) -> Kind:
        return Kind(self.organisation.kind)

    @property
    def of_persons(self) -> bool:
        """Whether its rows are persons."""
        return self.level is Kind.BRANCH

    @property
    def with_reasons(self) -> bool:
        """Whether its rows are people with the reason why they are not registered."""
        return tells_reasons(self.sheet, self.level)

    @property
    def printed(self) -> tuple[Metric, ...]:
        """The columns on paper, the same whoever prints it: those that all readers see."""
        return printed(self.sheet, self.level)

    def shows(self, row: StatRow, metric: Metric) -> bool:
        """Whether a row says anything of a metric; else a dash stands there."""
        if row.person is not None:
            return True
        if self.level is Kind.COMMUNITY:
            return row.direct != metric.source.by_unit
        return row.kind in (metric.source.leaves if row.direct else metric.source.levels)


def organisation_for(actor: Actor, code: str) -> Organisation:
    """An organisation that has a table and whose figures the actor may read, else `Absent`."""
    organisation = organisation_of(actor, Permission.FIGURE_READ, code)
    if organisation.kind not in LEVELS:
        raise Absent(code)
    return organisation


def metrics_for(actor: Actor) -> tuple[Metric, ...]:
    """All metrics whose figures the actor may see somewhere; `Absent` where there are none."""
    metrics = in_order(one for one in METRICS.values() if actor.may_somewhere(one.readers))
    if not metrics:
        raise Absent("figures")
    return metrics


def table(
    actor: Actor,
    code: str,
    as_of: AsOf,
    sheet: StatSheet = StatSheet.REGISTRATION,
    period: Period | None = None,
) -> StatTable:
    """A table of the organisation with `code`, of the year of its instant unless another period is
    given; `Absent` out of scope."""
    organisation = organisation_for(actor, code)
    columns = columns_of(sheet, Kind(organisation.kind))
    metrics = tuple(one for one in columns if actor.may(one.readers, organisation.path))
    query = FigureQuery(
        organisation, place_then(organisation, as_of), metrics, as_of, period or year_of(as_of)
    )
    rows = tuple(_rows(query, sheet))
    figures = total((row.figures for row in rows), metrics)
    return StatTable(
        organisation, query.place.name, sheet, as_of, query.period, metrics, rows, figures
    )


def issued_table(actor: Actor, table_id: UUID, forms: Collection[str]) -> IssuedTable:
    """An issued table on one of these forms, of an organisation whose figures the actor may read,
    else `Absent`."""
    rows = IssuedTable.objects.select_related("organisation").filter(form__in=forms)
    scoped = within(rows, actor, Permission.FIGURE_READ, "organisation__path")
    issued = scoped.filter(pk=table_id).first()
    if issued is None:
        raise Absent("table")
    return issued


def _rows(query: FigureQuery, sheet: StatSheet) -> list[StatRow]:
    if Kind(query.organisation.kind) is Kind.BRANCH:
        return _people_of(query, sheet)
    return rows_below(query)


def rows_below(query: FigureQuery) -> list[StatRow]:
    """The rows of whatever has organisations in its table: of a community the units, else the
    children. All together they are what the organisation counts."""
    if Kind(query.organisation.kind) is Kind.COMMUNITY:
        return _units_of(query)
    return children(query)


def children(query: FigureQuery) -> list[StatRow]:
    """One row a child that stood below it in the tree by then, or has anything to count; one of its
    own kind below it was merged into it, and tells what happened there before."""
    kind = Kind(query.organisation.kind)
    kinds = [str(child) for child in (*CHILDREN[kind], kind)]
    values = query.values | {"place": query.organisation.pk, "kinds": kinds}
    below = sorted(ask(_CHILDREN, values), key=lambda child: child["kind"] == Kind.UNIT)
    from_below = (metric for metric in query.metrics if kind not in metric.source.leaves)
    beneath = replace(query, metrics=tuple(from_below))
    knowledge = known(beneath) if kind is not Kind.UNIT else Knowledge()
    by_id = figures_in(knowledge, [child["id"] for child in below])
    rest = tuple(metric for metric in query.metrics if metric not in knowledge.metrics)
    by_code = replace(query, metrics=rest).by_child()
    rows: list[StatRow] = []
    for child in below:
        figures = by_id.get(child["id"], {}) | by_code.get(child["code"], {})
        if any(figures.values()) or child["open"]:
            facts = (child["code_now"], child["path_now"], Kind(child["kind"]))
            rows.append(StatRow(child["name"], _padded(query, figures), *facts))
    own = by_code.get("", {})
    if any(own.values()):
        rows.insert(0, _own_row(query, own))
    return rows


def _units_of(query: FigureQuery) -> list[StatRow]:
    """One row a unit whose members report or serve here, or which is registered here itself; and
    one for what the community counts itself."""
    place = query.organisation
    of_units = tuple(metric for metric in query.metrics if metric.source.by_unit)
    figures = replace(query, metrics=of_units).grouped_by("unit_id")
    units = ask(HOSTED_HERE, query.values | {"units": list(figures), "place": place.pk})
    rows = [
        StatRow(
            unit["name"],
            _padded(query, figures[unit["id"]]),
            unit["code"],
            unit["path"],
            Kind.UNIT,
            accepted_at=unit["accepted_at"],
        )
        for unit in units
    ]
    own = tuple(metric for metric in query.metrics if not metric.source.by_unit)
    if own:
        here = replace(query, metrics=own).by_child().values()
        rows.insert(0, _own_row(query, total(here, own)))
    return rows


def _people_of(query: FigureQuery, sheet: StatSheet) -> list[StatRow]:
    """One row a person of whom anything counts here; in the registration table as they stood."""
    figures = query.grouped_by("person_id")
    values = query.values | {"people": list(figures)}
    if sheet is StatSheet.REGISTRATION:
        people = listed(METRICS["members"], values, "thing.person_id = ANY(%(people)s)")
    else:
        people = [ListedPerson(**row) for row in ask(_PEOPLE, values)]
    return [StatRow(one.name, _padded(query, figures[one.person_id]), person=one) for one in people]


def _own_row(query: FigureQuery, figures: Figures) -> StatRow:
    place = query.organisation
    row = (query.place.name, _padded(query, figures), place.code, place.path, Kind(place.kind))
    return StatRow(*row, direct=True)


def _padded(query: FigureQuery, figures: Mapping[str, int]) -> Figures:
    """A figure of each metric that is asked for: of what there is nothing of, 0."""
    return {metric.code: figures.get(metric.code, 0) for metric in query.metrics}
