"""A declared table of an organisation as of an instant, of a period: its rows and its total."""

from dataclasses import dataclass, replace
from uuid import UUID

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import Figures, total
from baodao.insight.models import IssuedTable
from baodao.insight.queries.tables import StatRow, issued_table, organisation_for, rows_below
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period, year_of
from baodao.kernel.spans import PeriodSpan, due_period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_code, places
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.queries import rows
from baodao.reporttables.queries.own import declaration_in, own_declarations
from baodao.reporttables.queries.rows import FactRow
from baodao.reporttables.rules.catalogue import BURDEN, BY_CODE, TABLES, tables_at
from baodao.reporttables.rules.declarations import ColumnDeclaration, RowsOf, TableDeclaration
from baodao.reporttables.rules.formulas import Formula
from baodao.reporttables.rules.papers import OWN, form_code


@dataclass(frozen=True)
class ReportTable:
    """A declared table with what was counted; `name` is what the organisation was called then."""

    declaration: TableDeclaration
    organisation: Organisation
    name: str
    as_of: AsOf
    period: Period
    rows: tuple[FactRow, ...]
    total: Figures

    @property
    def level(self) -> Kind:
        return Kind(self.organisation.kind)

    def says(self, row: StatRow | None, column: ColumnDeclaration) -> bool:
        """Whether anything of a column is counted of a row, else a dash stands there, on a page as
        on paper; in a community units are rows of what it counts by unit, and its own row is of the
        rest. Of rows that are no organisations everything is; of the total, which is no row, what
        is counted of any."""
        if row is None:
            return not self.rows or any(self.says(one, column) for one, _ in self.rows)
        if not row.kind:
            return True
        codes = column.formula.codes if column.formula else ()
        sources = [METRICS[code].source for code in codes]
        if self.level is Kind.COMMUNITY:
            here = [one for one in sources if Kind.COMMUNITY in one.levels]
            return any(row.direct != one.by_unit for one in here)
        return any(row.kind in (one.leaves if row.direct else one.levels) for one in sources)

    @property
    def opens_total(self) -> bool:
        """Whether its rows are all that the organisation counts, so that the total opens."""
        if self.declaration.only is not None:
            return False
        return self.declaration.rows is RowsOf.BELOW and (
            self.level is Kind.UNIT or set(self.declaration.kinds) >= {Kind.STREET, Kind.UNIT}
        )


def report_table(
    actor: Actor, code: str, table_code: str, as_of: AsOf, period: Period
) -> ReportTable:
    """The declared table `table_code` of the organisation with `code`; `Absent` where there is
    none, and out of scope."""
    organisation = organisation_for(actor, code)
    declaration = declaration_of(organisation, table_code)
    if not is_read(actor, declaration, organisation):
        raise Absent(table_code)
    return filled_table(organisation, declaration, as_of, period)


def filled_table(
    organisation: Organisation, declaration: TableDeclaration, as_of: AsOf, period: Period
) -> ReportTable:
    """A declaration with what is counted of an organisation; the caller may read it."""
    place = place_then(organisation, as_of)
    query = FigureQuery(organisation, place, declaration.metrics, as_of, period)
    facts = tuple(_rows(declaration, query))
    if declaration.only is not None:
        facts = tuple(one for one in facts if _has(declaration.only, one[0].figures, as_of))
    figures = total((row.figures for row, _ in facts), declaration.metrics)
    return ReportTable(declaration, organisation, place.name, as_of, period, facts, figures)


def _has(only: Formula, figures: Figures, as_of: AsOf) -> bool:
    """Whether a row has anything of a figure; a share of nothing is nothing."""
    return only.value(figures, as_of.on) not in (None, 0, "", "0", "0.0%", "0.00")


def issued_report_table(actor: Actor, table_id: UUID) -> IssuedTable:
    """An issued table that was declared here, for who reads it, else `Absent`."""
    forms = {form_code(one): one for one in TABLES}
    issued = issued_table(actor, table_id, [*forms, OWN.code])
    declaration = forms.get(issued.form) or declaration_in(issued.version)
    if not is_read(actor, declaration, issued.organisation):
        raise Absent("table")
    return issued


def declared_for(actor: Actor, organisation: Organisation) -> list[TableDeclaration]:
    """The tables that the actor reads of an organisation."""
    tables = [*tables_at(Kind(organisation.kind)), *own_declarations(organisation)]
    return [one for one in tables if is_read(actor, one, organisation)]


def place_of_burden(actor: Actor, code: str) -> Organisation:
    """Of which place the costs of reporting are shown: the city in which the actor acts, or the
    named place in it. `Absent` for any other."""
    reach = [path for path in actor.reach if path]
    cities = places(Kind.CITY).order_by("path")
    city = (cities.filter(code=reach[0].split(".", 1)[0]) if reach else cities).first()
    place = by_code(code) if code else city
    if city is None or place is None or not place.path.startswith(city.path):
        raise Absent("city")
    if Kind(place.kind) not in BY_CODE[BURDEN].levels:
        raise Absent(code)
    return place


def declaration_of(organisation: Organisation, table_code: str) -> TableDeclaration:
    """The table with this code: one of the catalogue, else an own one of the organisation or of one
    above it; `Absent` for none."""
    if table_code in BY_CODE:
        return BY_CODE[table_code]
    for declaration in own_declarations(organisation):
        if declaration.code == table_code:
            return declaration
    raise Absent(table_code)


def usual_period(declaration: TableDeclaration, as_of: AsOf) -> Period:
    """The period of a table where none is named."""
    if declaration.quarterly:
        return due_period(PeriodSpan.QUARTER, as_of.on)
    return year_of(as_of)


def is_read(actor: Actor, declaration: TableDeclaration, organisation: Organisation) -> bool:
    """Whether the actor reads a table of an organisation that has it."""
    readers = {declaration.readers, *(metric.readers for metric in declaration.metrics)}
    here = Kind(organisation.kind) in declaration.levels
    return here and all(actor.may(one, organisation.path) for one in readers)


def _rows(declaration: TableDeclaration, query: FigureQuery) -> list[FactRow]:
    if declaration.rows is RowsOf.COMMUNITIES:
        return rows.communities(query)
    if declaration.rows is RowsOf.MEMBERS:
        return rows.members(query)
    if declaration.rows is RowsOf.SERVICES:
        return rows.services(query)
    below = [row for row in rows_below(query) if row.kind in declaration.kinds]
    return [(replace(row, figures=_figures_of(row, declaration)), {}) for row in below]


def _figures_of(row: StatRow, declaration: TableDeclaration) -> Figures:
    return {metric.code: row.figures[metric.code] for metric in declaration.metrics}
