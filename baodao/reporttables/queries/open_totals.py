"""A declared table as open figures: what may be read outside, in a form that programs read."""

import hashlib
import json
from collections.abc import Mapping

from django.utils.translation import gettext

from baodao.figures.rules.catalogue import METRICS, fingerprint
from baodao.figures.rules.definitions import Measure
from baodao.figures.rules.figures import Figures
from baodao.insight.queries.words import row_name
from baodao.kernel.errors import Absent
from baodao.reporttables.queries.tables import ReportTable
from baodao.reporttables.rules.declarations import ColumnDeclaration, RowsOf
from baodao.reporttables.rules.formulas import Formula
from baodao.reporttables.rules.open_totals import SMALL, OpenColumn, gaps

NAME = "name"
FORMAT = 1
"""Of what the file is built; another number where it is built otherwise."""


def open_totals(table: ReportTable) -> dict[str, object]:
    """The table with its schema and its hash; `Absent` for one whose rows are people or services.

    `version` names how the file is built and what its metrics count, so that two files with the
    same version can be compared. The hash is of everything else, as JSON with sorted keys.
    """
    declaration = table.declaration
    if declaration.rows is not RowsOf.BELOW:
        raise Absent("table")
    content: dict[str, object] = {
        "title": declaration.title,
        "organisation": table.name,
        "code": table.organisation.code,
        "as_of": table.as_of.instant.isoformat(),
        "period": str(table.period) if declaration.of_period else None,
        "version": f"{FORMAT}-{fingerprint()}-{declaration.version or declaration.code}",
        "schema": {"fields": list(map(_field, declaration.columns))},
        **_rows(table),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return {**content, "sha256": hashlib.sha256(text.encode()).hexdigest()}


def _field(column: ColumnDeclaration) -> dict[str, str]:
    """What a column is, as table schemas say it."""
    if column.formula is None:
        return {"name": NAME, "title": column.heading, "type": "string"}
    meanings = (f"{one}: {gettext(METRICS[one].meaning)}" for one in column.formula.codes)
    note = gettext("Empty where it would tell of fewer than %(least)s.") % {"least": SMALL}
    return {
        "name": column.formula.name,
        "title": f"{column.group} {column.heading}".strip(),
        "type": "number",
        "description": " ".join([*meanings, note]),
    }


def _rows(table: ReportTable) -> dict[str, object]:
    formulas = [one.formula for one in table.declaration.columns if one.formula]
    rows = [row for row, _ in table.rows]
    columns = [_column(one, [row.figures for row in rows], table.total) for one in formulas]
    cells, totals = gaps(columns)
    on = table.as_of.on
    return {
        "rows": [
            {NAME: row_name(row)}
            | {
                one.name: None if (at, place) in cells else _number(one.value(row.figures, on))
                for place, one in enumerate(formulas)
            }
            for at, row in enumerate(rows)
        ],
        "total": {
            one.name: None if place in totals else _number(one.value(table.total, on))
            for place, one in enumerate(formulas)
        },
    }


def _column(formula: Formula, rows: list[Figures], total: Figures) -> OpenColumn:
    """A column as the rule of small counts reads it."""
    measures = {METRICS[code].measure for code in formula.codes}
    return OpenColumn(
        tuple(_sum(formula, figures) for figures in rows),
        _sum(formula, total),
        counts=not formula.under and measures == {Measure.COUNT},
        adds_up=not formula.under and Measure.EARLIEST not in measures,
    )


def _sum(formula: Formula, figures: Mapping[str, int]) -> int:
    return sum(term.sign * figures.get(term.code, 0) for term in formula.over)


def _number(value: int | str | None) -> float | None:
    """A figure as programs read it: shares in percent, lengths of time in hours."""
    if value is None or value == "":
        return None
    number = float(str(value).removesuffix("%"))
    return int(number) if number.is_integer() else number
