"""Which faults are of a whole column, and which are each row's own."""

import pytest

from baodao.timesheets.rules.column_faults import ENOUGH, by_column


def problem(row: int, kind: str = "time", column: str = "时长") -> dict[str, object]:
    return {"sheet": "表1", "row": row, "kind": kind, "column": column}


@pytest.mark.parametrize(
    ("kind", "count", "lines"),
    [("time", ENOUGH, 1), ("time", ENOUGH - 1, ENOUGH - 1), ("unknown", 9, 9)],
)
def test_what_many_rows_have_of_one_column_is_one(kind: str, count: int, lines: int) -> None:
    rows = [problem(row, kind) for row in range(2, 2 + count)]
    groups = by_column(rows)
    assert len(groups) == lines
    assert [one for group in groups for one in group] == rows


def test_columns_and_sheets_are_told_apart_and_nothing_is_lost() -> None:
    rows = [problem(row) for row in range(2, 9)]
    rows += [problem(row, "day", "日期") for row in range(2, 9)]
    rows.insert(3, problem(5, "unknown", "姓名"))
    groups = by_column(rows)
    assert [len(group) for group in groups] == [7, 1, 7]
    assert sum(map(len, groups)) == len(rows)
