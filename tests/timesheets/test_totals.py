"""Totals that a table states itself are held against the sum of what was read."""

from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baodao.people.models import Person
from baodao.timesheets.rules.questions import ImportScope
from tests.registration.browsing import text
from tests.timesheets.test_layouts import TITLE, A, B, Layout, Rows, judged
from tests.timesheets.test_layouts import people as people
from tests.timesheets.test_pages import sent
from tests.timesheets.test_sheets import book, content
from tests.world import World

HEAD = ("姓名", "日期", "时长（小时）")
TWO = ((A, "2026-07-04", 2), (B, "2026-07-04", 1))

CASES: dict[str, tuple[Rows, Sequence[tuple[int, int, int]]]] = {
    "right": ([HEAD, *TWO, ("合计", "", 3)], []),
    "wrong": ([HEAD, *TWO, ("合计", "", 9)], [(4, 540, 180)]),
    "in words": ([HEAD, *TWO, ("合计", "", "180分钟"), ("共计9小时",)], [(5, 540, 180)]),
    "above": ([("2026年7月服务统计（3人次，共计10小时）",), HEAD, *TWO], [(1, 600, 180)]),
    "above and right": ([("服务情况，总时长：3小时",), HEAD, *TWO], []),
    "subtotals": (
        [HEAD, TWO[0], ("小计", "", 2), TWO[1], (f"{B}小计", "", 1), ("总计", "", 3)],
        [],
    ),
    "a wrong subtotal": (
        [HEAD, TWO[0], ("小计", "", 2), TWO[1], ("小计", "", 5), ("总计", "", 3)],
        [(5, 300, 180)],
    ),
    "of rows that cannot be read": ([HEAD, *TWO, (A, "某日", 4), ("合计", "", 7)], [(5, 420, 180)]),
    "of many hours with their unit": (
        [("姓名", "日期", "时长"), (A, "2026-07-04", "2小时"), ("合计", "", "12.5小时")],
        [(3, 750, 120)],
    ),
    "of more hours than a day has": ([HEAD, *TWO, (A, "2026-07-05", 36), ("合计", "", 39)], []),
    "without a unit": ([("姓名", "日期", "时长"), *TWO, ("合计", "", 3)], []),
    "in minutes": (
        [("姓名", "日期", "时长（分钟）"), (A, "2026-07-04", 90), ("合计", "", 90)],
        [],
    ),
    "of several people": (
        [HEAD, (f"{A}、{B}", "2026-07-04", 2), ("合计", "", 4), ("合计", "", 2)],
        [],
    ),
    "of days across": (
        [TITLE, ("姓名", "7月4日", "7月5日"), (A, 2, 1), (B, 1, 1), ("合计", 3, 5)],
        [(5, 300, 120)],
    ),
    "over bands": (
        [
            ("姓名", "时长（小时）"),
            ("2026年7月4日",),
            (A, 2),
            ("2026年7月5日",),
            (B, 1),
            ("合计", 3),
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_total_that_is_not_the_sum_is_told(world: World, people: list[Person], name: str) -> None:
    rows, faults = CASES[name]
    found = judged(world, Layout(rows), ImportScope())
    assert [(one.row, one.stated, one.read) for one in found.total_faults] == faults


def test_the_page_tells_it_before_anything_is_recorded(world: World, people: list[Person]) -> None:
    file = SimpleUploadedFile("七月.xlsx", content(book(CASES["wrong"][0])))
    page = text(sent(world, "an", "all", file=file))
    assert "“合计 9”写的是 9 小时，读到的合计为 3 小时" in page
    assert "2 条服务可以登记" in page
