"""Which numbers of a table may be read outside the organisation: none tells of a few people."""

from collections.abc import Sequence
from dataclasses import dataclass

SMALL = 5
"""A count from 1 up to, and without, this is not told."""


@dataclass(frozen=True)
class OpenColumn:
    """A column of numbers: one for each row, and the total. `counts` where it says how many, else
    it is a length of time or a share, which is told only beside counts that are; `adds_up` where
    its rows make its total, so that a single gap could be worked out."""

    values: tuple[int, ...]
    total: int
    counts: bool
    adds_up: bool


def gaps(columns: Sequence[OpenColumn]) -> tuple[set[tuple[int, int]], set[int]]:
    """The cells, by row and column, and the columns whose totals are not told.

    Small counts first. Where one cell alone is missing in a column it could be worked out from the
    total: the next smallest is left out too, or the total where there is no other. Lengths of time
    and shares are left out in rows in which a count is.
    """
    cells: set[tuple[int, int]] = set()
    totals = {at for at, one in enumerate(columns) if one.counts and _is_small(one.total)}
    for at, one in enumerate(columns):
        if one.counts:
            rows = {row for row, value in enumerate(one.values) if _is_small(value)}
            _leave_out(at, one, rows, cells, totals)
    short = {row for row, _ in cells}
    few = bool(totals)
    for at, one in enumerate(columns):
        if not one.counts:
            totals |= {at} if few else set()
            _leave_out(at, one, set(short), cells, totals)
    return cells, totals


def _is_small(value: int) -> bool:
    return 0 < abs(value) < SMALL


def _leave_out(
    at: int, column: OpenColumn, rows: set[int], cells: set[tuple[int, int]], totals: set[int]
) -> None:
    """Leave rows out of a column, with one more where one alone could be worked out."""
    if len(rows) == 1 and column.adds_up and at not in totals:
        others = [row for row in range(len(column.values)) if row not in rows]
        others.sort(key=lambda row: (column.values[row] == 0, column.values[row]))
        if others:
            rows.add(others[0])
        else:
            totals.add(at)
    cells |= {(row, at) for row in rows}
