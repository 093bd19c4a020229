"""Counting metrics and listing their rows: the statements, made from the declarations.

A source gives one row for each thing that can be counted; a metric is a condition on these rows.
The number and the list behind it are made from the same condition. Services are counted from
tallies, and listed from the facts: where a condition asks something of the single record, they are
counted from the facts too.
"""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Iterable, Sequence
from typing import Any

from baodao.figures.queries.sources import (
    burden,
    callups,
    committees,
    corrections,
    honours,
    households,
    needs,
    neighbours,
    offers,
    opinions,
    organisations,
    partners,
    people,
    problems,
    records,
    solutions,
    timebank,
    venues,
    visits,
)
from baodao.figures.queries.sources.rows import MOVED, SourceRows
from baodao.figures.queries.sql import Values, ask
from baodao.figures.rules import sources
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.sources import Source
from baodao.tallies import queries as tallies
from baodao.tallies.rules.conditions import EVERY
from baodao.tallies.rules.parts import PARTS, TallyPart

LEAF = "organisation_id"

_MODULES = (
    *(people, records, offers, solutions, organisations, corrections, needs, problems, committees),
    *(
        opinions,
        partners,
        burden,
        callups,
        visits,
        neighbours,
        households,
        venues,
        timebank,
        honours,
    ),
)
ROWS: dict[Source, SourceRows] = {
    getattr(sources, name): rows
    for module in _MODULES
    for name, rows in vars(module).items()
    if isinstance(rows, SourceRows)
}
"""The rows of each source: both are called the same."""


def by_statement(metrics: Iterable[Metric]) -> list[tuple[Metric, ...]]:
    """The metrics of one source together: one statement counts them. What tallies know stands
    apart from what asks the facts."""
    groups: dict[tuple[Source, bool], list[Metric]] = {}
    for metric in metrics:
        groups.setdefault((metric.source, _from_tallies(metric)), []).append(metric)
    return [tuple(group) for group in groups.values()]


def counted(metrics: Sequence[Metric], group: str, where: str = "true") -> str:
    """The figures of metrics of one statement for each value of the column `group`, which comes
    first, of the rows for which `where` holds."""
    amounts = ", ".join(f"{_amount(metric)} AS {metric.code}" for metric in metrics)
    rows = _rows(metrics, whole=group == LEAF and where == "true")
    return f"SELECT {group}, {amounts} FROM ({rows} OFFSET 0) thing WHERE {where} GROUP BY 1"


def counted_with_child(metrics: Sequence[Metric], depth: int) -> str:
    """The figures of metrics of one statement for each `leaf` below a node at `depth`, in the order
    of the tree, with the code of the `child` of the node it lies below, or none for the node
    itself."""
    return f"""
        SELECT counts.organisation_id AS leaf, split_part(o.path, '.', {depth + 1}) AS child,
               {", ".join(f"counts.{metric.code}" for metric in metrics)}
        FROM ({counted(metrics, LEAF)}) counts
        JOIN tree o ON o.id = counts.organisation_id AND o.path LIKE %(below)s
        ORDER BY o.path"""


def counted_by_leaf(metric: Metric, where: str = "true") -> str:
    """How many `rows` of a metric hang on each branch, community or unit, in the order of the tree,
    and the `number` they make; `where` is a further condition on the rows."""
    rows = _rows([metric], whole=where == "true")
    return f"""
        SELECT counts.leaf, counts.rows, counts.number
        FROM (
            SELECT organisation_id AS leaf, {_count(metric)} AS rows, {_amount(metric)} AS number
            FROM ({rows} OFFSET 0) thing WHERE {where} GROUP BY 1
        ) counts
        JOIN tree o ON o.id = counts.leaf
        WHERE counts.rows <> 0 ORDER BY o.path"""


def listed(metric: Metric, values: Values, where: str = "true", limit: str = "") -> list[Any]:
    """The rows that a metric counts and for which the SQL condition `where` holds, in the order of
    the tree and of names; `values` are `sql.parameters` and what `where` and `limit` ask."""
    rows = ROWS[metric.source]
    sql = rows.listing.format(rows=rows_behind(metric), where=where)
    return [rows.row(row) for row in ask(f"{sql} {limit}", values)]


def unchanged(metrics: Iterable[Metric], values: Values) -> tuple[Metric, ...]:
    """Those that count at the instant what they counted at `since`: nothing by which they could
    differ was recorded in between. The tree and the civil day must be those of both."""
    groups = by_statement(metrics)
    changes = [
        ROWS[group[0].source].changes(frozenset().union(*(metric.traits for metric in group)))
        for group in groups
    ]
    sql = ", ".join(f"({change}) AS changed_{turn}" for turn, change in enumerate(changes))
    fresh = f", fresh AS MATERIALIZED ({tallies.FRESH_SINCE})"
    answer = ask(f"{MOVED}{fresh} SELECT {sql}", values)[0] if groups else {}
    return tuple(
        metric
        for group, changed in zip(groups, answer.values(), strict=True)
        if not changed
        for metric in group
    )


def rows_behind(metric: Metric, *more: str) -> str:
    """The rows that a metric counts, one by one, with their traits and those in `more`."""
    rows = ROWS[metric.source]
    standing = f" AND {rows.tallied.standing}" if rows.tallied else ""
    select = rows.select(metric.traits | rows.traits | set(more))
    return f"SELECT * FROM ({select}) thing WHERE {metric.condition.sql}{standing}"


def _from_tallies(metric: Metric) -> bool:
    """Whether sums of records answer it: they know how many, their minutes, and some parts."""
    if ROWS[metric.source].tallied is None:
        return False
    return metric.traits <= {"minutes"} or _part_of(metric) is not None


def _rows(metrics: Sequence[Metric], *, whole: bool) -> str:
    """The rows in which metrics of one statement count; tallies know the branch or community alone,
    so unless it is counted `whole` records are added up by person or unit."""
    rows = ROWS[metrics[0].source]
    if rows.tallied and _from_tallies(metrics[0]):
        parts = tuple(part for metric in metrics if (part := _part_of(metric)))
        sums = rows.tallied.sums if whole else rows.tallied.narrow_sums
        return sums(tuple(dict.fromkeys(parts)))
    select = rows.select(frozenset().union(*(metric.traits for metric in metrics)))
    if rows.tallied:
        return f"SELECT * FROM ({select}) thing WHERE {rows.tallied.standing}"
    return select


def _count(metric: Metric) -> str:
    """How many rows count; sums of records know it as their services."""
    if ROWS[metric.source].tallied:
        part = _part_of(metric)
        if part is not None:
            return f"coalesce(sum({part.column}), 0)::bigint"
        return f"coalesce(sum(services){_filter(metric)}, 0)::bigint"
    return f"count(*){_filter(metric)}"


def _amount(metric: Metric) -> str:
    """The figure that the rows of a metric make."""
    if metric.amount is None:
        return _count(metric)
    name, part = metric.amount.name, _part_of(metric)
    if part is not None and _from_tallies(metric):
        return f"coalesce(sum({part.minutes_column}), 0)::bigint"
    if metric.measure is Measure.MINUTES:
        return f"coalesce(sum({name}){_filter(metric)}, 0)::bigint"
    earliest = f"extract(epoch FROM min({name}){_filter(metric)})"
    return f"coalesce((1000000 * {earliest})::bigint, 0)"


def _filter(metric: Metric) -> str:
    return "" if metric.condition == EVERY else f" FILTER (WHERE {metric.condition.sql})"


def _part_of(metric: Metric) -> TallyPart | None:
    """The part of which a metric is a figure, if there is one."""
    column = {Measure.COUNT: "column", Measure.MINUTES: "minutes_column"}.get(metric.measure, "")
    parts = (part for part in PARTS if part.condition == metric.condition)
    return next((part for part in parts if column and getattr(part, column)), None)
