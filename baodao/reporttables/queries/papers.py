"""What stands on a declared table at the instant of its issue; all words on paper are Chinese."""

from collections.abc import Mapping

from django.utils import translation

from baodao.documents.sheets import Item
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import plain, rate
from baodao.insight.queries.words import period_words, row_name
from baodao.reporttables.queries.rows import FactRow
from baodao.reporttables.queries.tables import ReportTable
from baodao.reporttables.rules.declarations import RowsOf


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
        if declaration.of_period:
            facts["period"] = period_words(table.period)
        if declaration.note:
            facts["note"] = declaration.note.format_map(figures_of(table, table.total))
        return facts


def figures_of(table: ReportTable, figures: Mapping[str, int]) -> dict[str, object]:
    """The figures and shares of its columns as they stand on paper."""
    texts: dict[str, object] = {}
    for column in table.declaration.columns:
        if column.of:
            share = rate(figures.get(column.metric, 0), figures.get(column.of, 0))
            texts[column.name] = "" if share is None else f"{share:.1f}%"
        elif column.metric:
            metric = METRICS[column.metric]
            texts[column.name] = plain(metric, figures.get(column.metric, 0), table.as_of.on)
    return texts


def _row(table: ReportTable, one: FactRow) -> Item:
    row, facts = one
    name = row_name(row) if table.declaration.rows is RowsOf.BELOW else facts.get("name", "")
    names = [column.fact for column in table.declaration.columns if column.fact]
    values = {key: facts.get(key) for key in names}
    if "name" in values:
        values["name"] = name
    return {**values, **figures_of(table, row.figures)}
