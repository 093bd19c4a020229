"""Faults that are of a whole column and therefore told once, not once a row."""

from collections.abc import Iterable, Mapping
from typing import Any

ENOUGH = 5
"""Rows of a column with one fault from which on it is the column's."""
OF_COLUMNS = frozenset(
    (
        *("day", "day-month", "days", "began", "time", "time-missing", "time-day", "end-day"),
        *("category", "way", "tail", "identity", "phone"),
    )
)
"""Kinds of problems about how something is written; those about who is meant are each row's own."""


def by_column(problems: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Problems in their order, those of one fault of a column together where the first stands."""
    every = list(problems)
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for problem in every:
        groups.setdefault(_column(problem), []).append(problem)
    lines: list[list[Mapping[str, Any]]] = []
    for problem in every:
        group = groups[_column(problem)]
        if not problem["row"] or problem["kind"] not in OF_COLUMNS or len(group) < ENOUGH:
            lines.append([problem])
        elif group[0] is problem:
            lines.append(group)
    return lines


def _column(problem: Mapping[str, Any]) -> tuple[str, ...]:
    return problem["sheet"], problem["column"], problem["kind"]
