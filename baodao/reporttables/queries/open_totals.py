"""A declared table as open figures: what may be read outside, in a form that programs read."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import ask
from baodao.figures.rules.catalogue import METRICS, fingerprint
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.figures import Figures, total
from baodao.figures.rules.metrics.people import STANDS
from baodao.figures.rules.sources import MEMBERS
from baodao.insight.queries.tables import StatRow, rows_below
from baodao.insight.queries.words import row_name
from baodao.kernel.errors import Absent
from baodao.orgs.queries.tree import by_id
from baodao.orgs.queries.trees import place_then
from baodao.reporttables.queries.tables import ReportTable
from baodao.reporttables.rules.declarations import ColumnDeclaration, RowsOf
from baodao.reporttables.rules.formulas import Formula
from baodao.reporttables.rules.open_totals import SMALL, OpenCount, left_out
from baodao.tallies.rules.parts import ORIGIN

NAME = "name"
FORMAT = 2
"""Of what the file is built; another number where it is built otherwise."""
_ABOVE = "SELECT parent_id FROM tree WHERE id = %(place)s"

RowKey = tuple[str, bool]
"""Which row it is: the path of its organisation, and whether it is the row of the table's own."""


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
    if any(_fills_up(METRICS[one]) for one in column.formula.codes):
        note = gettext("Not told: the parts of a whole could be subtracted from it.")
    return {
        "name": column.formula.name,
        "title": f"{column.group} {column.heading}".strip(),
        "type": "number",
        "description": " ".join([*meanings, note]),
    }


@dataclass(frozen=True)
class _Telling:
    """What is told of the counts of a place: by metric the rows that are left out, of `rows`, all
    that are below it, and whether the sum of all is told."""

    rows: frozenset[RowKey]
    gaps: Mapping[str, frozenset[RowKey]]
    sums: Mapping[str, bool]


def _rows(table: ReportTable) -> dict[str, object]:
    formulas = [one.formula for one in table.declaration.columns if one.formula]
    codes = {_counted(METRICS[code]).code for one in formulas for code in one.codes}
    place = place_then(table.organisation, table.as_of)
    metrics = tuple(METRICS[code] for code in sorted(codes))
    telling = _telling(FigureQuery(table.organisation, place, metrics, table.as_of, table.period))
    keys = [_key(row) for row, _ in table.rows]
    sums = {
        code: telling.sums[code] if set(keys) == telling.rows else not telling.gaps[code] & {*keys}
        for code in codes
    }
    on = table.as_of.on

    def number(formula: Formula, figures: Figures, *, key: RowKey | None) -> float | None:
        counts = {_counted(METRICS[code]).code for code in formula.codes}
        if any(_fills_up(METRICS[code]) for code in formula.codes):
            opens = False
        elif key is None:
            opens = all(sums[code] for code in counts)
        else:
            opens = not any(key in telling.gaps[code] for code in counts)
        return _number(formula.value(figures, on)) if opens else None

    return {
        "rows": [
            {NAME: row_name(row)}
            | {one.name: number(one, row.figures, key=key) for one in formulas}
            for key, (row, _) in zip(keys, table.rows, strict=True)
        ],
        "total": {one.name: number(one, table.total, key=None) for one in formulas},
    }


def _telling(query: FigureQuery) -> _Telling:
    """Told as the table above tells it of this place, and so on up to the top of the tree."""
    by_code = {metric.code: metric for metric in query.metrics}
    wholes = {whole.code: whole for metric in query.metrics if (whole := _whole(metric))}
    below = rows_below(replace(query, metrics=tuple({**wholes, **by_code}.values())))
    together = total((row.figures for row in below), {**wholes, **by_code}.values())
    above = _above(query)
    over = _telling(above) if above else None
    here = (query.organisation.path, False)
    gaps, sums = {}, {}
    for code, metric in by_code.items():
        counts = [_count(metric, row.figures) for row in below]
        sums[code] = not _count(metric, together).is_small and not (
            over and here in over.gaps[code]
        )
        gap = left_out(counts, opens_sum=sums[code])
        gaps[code] = frozenset(_key(below[at]) for at in gap)
    return _Telling(frozenset(map(_key, below)), gaps, sums)


def _above(query: FigureQuery) -> FigureQuery | None:
    """The same asked of what stood above it then; None at the top."""
    (row,) = ask(_ABOVE, query.values | {"place": query.organisation.pk})
    if row["parent_id"] is None:
        return None
    above = by_id(row["parent_id"])
    return replace(query, organisation=above, place=place_then(above, query.as_of))


def _key(row: StatRow) -> RowKey:
    return row.path, row.direct


def _counted(metric: Metric) -> Metric:
    """The count by which a figure is told or not: a length of time and an earliest instant are by
    how many they are of."""
    if metric.measure is Measure.COUNT:
        return metric
    counts = (one for one in METRICS.values() if one.measure is Measure.COUNT)
    return next(one for one in counts if one.counts_with(metric))


def _fills_up(metric: Metric) -> bool:
    """Whether it is one of those that add up to another figure at every place: the ways in which a
    member in service stands, but for the registered, and the ways in which services came in."""
    of_members = metric.source == MEMBERS and metric.traits == STANDS.holds.traits
    return metric.share is None and (of_members or metric.condition.traits == ORIGIN.holds.traits)


def _whole(metric: Metric) -> Metric | None:
    """What a count is a part of, as its share says."""
    return METRICS[metric.share.of] if metric.share else None


def _count(metric: Metric, figures: Figures) -> OpenCount:
    value, whole = figures.get(metric.code, 0), _whole(metric)
    return OpenCount(value, figures.get(whole.code, 0) - value if whole else 0)


def _number(value: int | str | None) -> float | None:
    """A figure as programs read it: shares in percent, lengths of time in hours."""
    if value is None or value == "":
        return None
    number = float(str(value).removesuffix("%"))
    return int(number) if number.is_integer() else number
