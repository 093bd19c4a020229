"""Division tables as offices keep them: each place is read, named as faulty, or told as left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from baodao.divisions.queries.tables import DivisionScope, DivisionTable, read_table

Rows = Sequence[Sequence[object]]
HEAD = ("代码", "名称")
CITY, EAST = ("990100000000", "滨河市"), ("990102000000", "东岸区")
STREET, WILLOW = ("990102001000", "柳荫街道"), ("990102001001", "柳荫社区")
FOUR = (CITY, EAST, STREET, WILLOW)


@dataclass(frozen=True)
class Sheet:
    """Rows of a table and what is right: names of places, codes of faults, kinds of leftovers."""

    rows: Rows
    places: Sequence[str] = ("滨河市", "东岸区", "柳荫街道", "柳荫社区")
    faults: Sequence[str] = ()
    left: Sequence[str] = ()
    look: Callable[[Worksheet], None] = lambda _: None


def merged(*areas: str) -> Callable[[Worksheet], None]:
    def look(sheet: Worksheet) -> None:
        for area in areas:
            sheet.merge_cells(area)

    return look


def hidden(*rows: int) -> Callable[[Worksheet], None]:
    def look(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return look


SHEETS = {
    "a title, a note and a footer": Sheet(
        [
            ("滨河市区划代码表",),
            ("截至2026年6月",),
            ("统计用区划代码", "城乡分类代码", "名称"),
            (CITY[0], "", CITY[1]),
            (EAST[0], "", EAST[1]),
            (STREET[0], "", STREET[1]),
            (WILLOW[0], 111, WILLOW[1]),
            ("填表人：乐华", "", "填表日期：2026年7月4日"),
        ],
        left=("column-unknown", "rows-above", "rows-margin"),
    ),
    "codes as numbers": Sheet(
        [HEAD, *((float(code), name) for code, name in FOUR)],
    ),
    "codes with .0 as text": Sheet([HEAD, *((f"{code}.0", name) for code, name in FOUR)]),
    "codes of 4, 6, 9 and 12 digits": Sheet(
        [HEAD, (9901, "滨河市"), (990102, "东岸区"), (990102001, "柳荫街道"), WILLOW],
    ),
    "codes with apostrophes, blanks and wide digits": Sheet(
        [
            HEAD,
            (f"'{CITY[0]}", CITY[1]),
            ("9901 0200 0000", EAST[1]),
            ("９９０１０２００１０００", STREET[1]),
            (f"\t{WILLOW[0]}\xa0", WILLOW[1]),
        ],
    ),
    "codes that were rounded": Sheet(
        [HEAD, CITY, EAST, ("9.90102E+11", "柳荫街道"), ("9.90102E+11", "柳荫社区")],
        places=("滨河市", "东岸区"),
        faults=("division.rounded", "division.rounded"),
    ),
    "levels by indent": Sheet(
        [HEAD, *((code, "　" * 2 * n + name) for n, (code, name) in enumerate(FOUR))],
    ),
    "places above merged, and a running number": Sheet(
        [
            ("序号", "所属区县", "所属街道", "社区名称", "社区代码"),
            (1, "东岸区", "柳荫街道", "柳荫社区", WILLOW[0]),
            (2, "", "", "石桥社区", "990102001002"),
        ],
        places=("柳荫社区", "石桥社区"),
        left=("column-unknown",),
        look=merged("B2:B3", "C2:C3"),
    ),
    "the place above as a whole path": Sheet(
        [
            ("名称", "上级", "区划代码"),
            (CITY[1], "", CITY[0]),
            (EAST[1], "滨河市", EAST[0]),
            (STREET[1], "滨河市/东岸区", STREET[0]),
            (WILLOW[1], "滨河市/东岸区/柳荫街道", WILLOW[0]),
        ],
        left=("column-unknown",),
    ),
    "totals": Sheet(
        [HEAD, *FOUR, ("合计", 4), ("", "共4个"), (4, "总计")],
        left=("rows-margin",),
    ),
    "bands across": Sheet(
        [HEAD, ("一、东岸区", ""), *FOUR],
        left=("rows-margin",),
        look=merged("A2:B2"),
    ),
    "the header again on the second page": Sheet(
        [HEAD, CITY, EAST, HEAD, STREET, WILLOW],
        left=("rows-header",),
    ),
    "a second table in another order": Sheet(
        [HEAD, CITY, EAST, (), ("名称", "代码"), STREET[::-1], WILLOW[::-1]],
        left=("rows-header",),
    ),
    "two tables side by side": Sheet(
        [(*HEAD, "", *HEAD), (*CITY, "", *STREET), (*EAST, "", *WILLOW)],
        places=("滨河市", "柳荫街道", "东岸区", "柳荫社区"),
    ),
    "a table of something else below": Sheet(
        [HEAD, *FOUR, (), ("姓名", "电话"), ("乐华", "13900000001")],
        left=("rows-margin",),
    ),
    "the same row twice": Sheet([HEAD, *FOUR, WILLOW], left=("rows-repeated",)),
    "one code for two places": Sheet(
        [HEAD, *FOUR, (WILLOW[0], "石桥社区")], faults=("division.twice",)
    ),
    "a place without a code": Sheet(
        [HEAD, *FOUR, ("", "石桥社区")], faults=("division.code-missing",)
    ),
    "a code with a letter": Sheet(
        [HEAD, *FOUR, ("99010200100O", "石桥社区")], faults=("division.code",)
    ),
    "words instead of a code": Sheet(
        [HEAD, *FOUR, ("abc", "石桥"), ("暂无", "槐安"), ("待定", "槐安社区"), ("合计", "四个")],
        faults=("division.code", "division.code-missing", "division.code-missing"),
        left=("rows-margin",),
    ),
    "a code without a name": Sheet([HEAD, *FOUR, ("990102001002", "")], faults=("division.name",)),
    "hidden rows": Sheet([HEAD, *FOUR], left=("rows-hidden-read",), look=hidden(5)),
    "a province above": Sheet([HEAD, ("990000000000", "滨省"), *FOUR], left=("rows-repeated",)),
    "old codes beside the new ones": Sheet(
        [("原代码", *HEAD), *((f"88{code[2:]}", code, name) for code, name in FOUR)],
        left=("column-past",),
    ),
}


def table_of(sheet: Sheet, scope: DivisionScope | None = None) -> DivisionTable:
    book = openpyxl.Workbook()
    page = book.active
    for row in sheet.rows:
        page.append(row)
    sheet.look(page)
    file = BytesIO()
    book.save(file)
    return read_table(file.getvalue(), scope or DivisionScope())


@pytest.mark.parametrize("name", SHEETS)
def test_every_row_is_a_place_a_fault_or_told(name: str) -> None:
    sheet = SHEETS[name]
    table = table_of(sheet)
    assert [place.name for place in table.places] == list(sheet.places)
    assert [fault.refusal.code for fault in table.faults] == list(sheet.faults)
    assert sorted({left.kind for left in table.leftovers}) == sorted(sheet.left)


def test_hidden_rows_can_be_left_out() -> None:
    table = table_of(SHEETS["hidden rows"], DivisionScope(skip_unseen=True))
    assert [place.name for place in table.places] == ["滨河市", "东岸区", "柳荫街道"]
    assert [left.kind for left in table.leftovers] == ["rows-hidden"]


def test_a_cell_that_is_the_place_above_holds_nothing_back() -> None:
    parents = [(*HEAD, "上级代码"), (*CITY, ""), (*EAST, 9901), (*STREET, 990102), (*WILLOW, "")]
    assert [place.parent for place in table_of(Sheet(parents)).places] == [
        None,
        CITY[0],
        EAST[0],
        STREET[0],
    ]
