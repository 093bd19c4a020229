"""Sheets cut into tables: beside and below each other, with bands and hidden parts."""

import io

import openpyxl
import pytest

from baodao.spreadsheets.blocks import SheetBlocks, band_of
from baodao.spreadsheets.headers import HeaderWords
from baodao.spreadsheets.leftovers import LeftoverKind, SheetLeftovers
from baodao.spreadsheets.looks import SheetLooks
from baodao.spreadsheets.scans import ConcealedScan
from baodao.spreadsheets.workbooks import Merge, SourceSheet, source_sheets

WORDS = HeaderWords(
    {"name": "姓名", "day": "日期", "hours": "时长", "place": "地点"}, ("name", "day")
)


def blocks_of(lines: list[list[str]], *merges: Merge) -> SheetBlocks:
    rows = iter(list(enumerate(lines, start=1)))
    return SheetBlocks(SourceSheet("表", False, 0, merges, rows), WORDS, {})


def spans(blocks: SheetBlocks) -> list[tuple[range, dict[str, int]]]:
    return [
        (block.header.span, {column.fact: column.index for column in block.header.columns})
        for block in blocks.blocks
    ]


def test_two_tables_beside_each_other_share_what_stands_outside() -> None:
    blocks = blocks_of([["地点", "序号", "姓名", "日期", "序号", "姓名", "日期"]])
    assert spans(blocks) == [
        (range(1, 4), {"place": 0, "name": 2, "day": 3}),
        (range(4, 7), {"place": 0, "name": 5, "day": 6}),
    ]


def test_what_follows_a_column_about_others_is_theirs() -> None:
    blocks = blocks_of([["姓名", "日期", "配偶", "姓名", "日期"]])
    assert [span for span, _ in spans(blocks)] == [range(3)]


def test_columns_merged_in_pairs_are_one_table() -> None:
    blocks = blocks_of(
        [["姓名", "", "日期", ""], ["甲", "", "1", ""]], Merge(1, 0, 1, 1), Merge(1, 2, 1, 3)
    )
    assert [span for span, _ in spans(blocks)] == [range(4)]


def test_a_header_below_begins_a_table_and_the_same_once_more_does_not() -> None:
    blocks = blocks_of([["姓名", "日期", "时长"], ["甲", "1", "2"]])
    first = blocks.blocks
    assert blocks.is_header(9, ["姓名", "日期", "时长"])
    assert blocks.blocks is first
    assert not blocks.is_header(10, ["姓名", "5月1日", "时"])
    assert blocks.is_header(11, ["日期", "姓名", "地点"])
    assert spans(blocks) == [(range(3), {"day": 0, "name": 1, "place": 2})]


def test_a_person_right_below_the_header_is_no_second_level() -> None:
    blocks = blocks_of([["姓名", "日期", "地点"]])
    assert not blocks.is_header(2, ["甲", "", "地点"])
    assert blocks.is_header(30, ["姓名", "情况", "情况"]) is False


@pytest.mark.parametrize("above", [0, 29, 31, 200])
def test_a_header_is_found_far_below(above: int) -> None:
    blocks = blocks_of([*([["说明文字"]] * above), ["姓名", "日期"], ["甲", "1"]])
    assert [block.header_row for block in blocks.blocks] == [above + 1]
    assert len(blocks.above) == above
    assert list(blocks.rows) == [(above + 2, ["甲", "1"])]


@pytest.mark.parametrize(
    ("cells", "band"),
    [
        (["一、在职党员（6人）", "", ""], "一、在职党员(6人)"),
        (["", "第一党支部", "3人"], "第一党支部"),
        (["（二）", "离退休党员"], "(二)离退休党员"),
        (["三", "流动党员"], "三、流动党员"),
        (["甲", "乙"], ""),
        (["", ""], ""),
        (["注：" + "长" * 50], ""),
    ],
)
def test_a_band_is_one_text_over_the_rows_below(cells: list[str], band: str) -> None:
    assert band_of(cells) == band


def test_what_is_hidden_in_a_workbook_is_known() -> None:
    workbook = openpyxl.Workbook()
    for _ in range(12):
        workbook.active.append(["a", "b", "c", "d"])
    sheet = workbook.active
    sheet.title = "甲 & 乙"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions.group("C", "D", hidden=True)
    workbook.create_sheet("丙").append(["x"])
    out = io.BytesIO()
    workbook.save(out)
    with source_sheets(out.getvalue()) as found:
        hidden = {one.title: (set(one.hidden_rows), set(one.hidden_columns)) for one in found}
    assert hidden == {"甲 & 乙": ({3}, {1, 2, 3}), "丙": (set(), set())}


def test_a_tag_that_is_cut_between_two_pieces_is_read() -> None:
    xml = b'<cols><col min="2" max="900" width="0"/></cols><x:row r="7" ht="0"><c/></x:row>'
    xml += b'<row r="8" spans="1:2" hidden="1"/><row r="9" hidden="0"/><row r="10" ht="10"/>'
    for cut in range(len(xml)):
        scan = ConcealedScan(SheetLooks())
        for piece in (xml[:cut], xml[cut:], b"<sheetData>"):
            scan.feed(piece)
        assert (scan.looks.rows, min(scan.looks.columns)) == ({7, 8}, 1)


def test_leftovers_do_not_grow_with_the_rows() -> None:
    leftovers = SheetLeftovers(SourceSheet("表", False, 0, (), iter(())))
    for number in range(1, 10_001):
        leftovers.row(LeftoverKind.ROWS_MARGIN, number, ["合计", "610199197101120726"])
    (one,) = leftovers.all()
    assert (one.count, one.where, one.text) == (10_000, "1–8…", "合计 610***************")
    assert leftovers.rows == 10_000
