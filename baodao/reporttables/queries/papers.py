"""What stands on a declared table at the instant of its issue; all words on paper are Chinese."""

from collections.abc import Mapping
from dataclasses import asdict

from django.utils import translation

from baodao.documents.sheets import Item
from baodao.insight.queries.tables import StatRow
from baodao.insight.queries.words import row_name
from baodao.reporttables.queries.rows import FactRow
from baodao.reporttables.queries.tables import ReportTable
from baodao.reporttables.rules.declarations import PLACE, RowsOf, TableDeclaration
from baodao.reporttables.rules.formulas import CODES, DASH, Formula, read_formula
from baodao.reporttables.rules.papers import paper_columns
from baodao.ui.wording import period_words


def item(table: ReportTable) -> dict[str, object]:
    """The table under the names of its form."""
    declaration = table.declaration
    with translation.override("zh-hans"):
        facts: dict[str, object] = {
            "organisation": table.name,
            "as_of": table.as_of.on,
            "level": str(table.level),
            "rows": [_row(table, one) for one in table.rows],
        }
        if declaration.metrics:
            facts["total"] = figures_of(table, table.total)
        if declaration.version:
            return facts | _own_facts(table)
        if declaration.of_period:
            facts["period"] = period_words(table.period)
        if declaration.note:
            facts["note"] = note_of(table)
        return facts


def _own_facts(table: ReportTable) -> dict[str, object]:
    """What the form of own tables does not say itself."""
    declaration, note = table.declaration, note_of(table)
    period = f"统计期间：{period_words(table.period)}" if declaration.of_period else ""
    return blank_item(declaration) | {
        "period_line": period,
        "note_line": f"注：{note}" if note else "",
    }


def blank_item(declaration: TableDeclaration) -> dict[str, object]:
    """An own table before anything stands on it."""
    columns = [asdict(column) for column in paper_columns(declaration)]
    return {"table_title": declaration.title, "columns": columns}


def note_of(table: ReportTable) -> str:
    """The note below a table, with its totals."""
    return PLACE.sub(
        lambda place: _text(table, read_formula(place[1], CODES), table.total),
        table.declaration.note,
    )


def figures_of(
    table: ReportTable, figures: Mapping[str, int], row: StatRow | None = None
) -> dict[str, object]:
    """The figures and shares of its columns as they stand on paper, in a row or below all."""
    texts: dict[str, object] = {}
    for column in table.declaration.columns:
        if column.formula and not table.says(row, column):
            texts[column.name] = DASH
        elif column.formula:
            texts[column.name] = _text(table, column.formula, figures)
    return texts


def _text(table: ReportTable, formula: Formula, figures: Mapping[str, int]) -> str:
    value = formula.value(figures, table.as_of.on)
    return DASH if value is None else str(value)


def _row(table: ReportTable, one: FactRow) -> Item:
    row, facts = one
    name = row_name(row) if table.declaration.rows is RowsOf.BELOW else facts.get("name", "")
    names = [column.fact for column in table.declaration.columns if column.fact]
    values = {key: facts.get(key) for key in names}
    if "name" in values:
        values["name"] = name
    return {**values, **figures_of(table, row.figures, row)}
