"""What a sheet says without words: struck-through cells, comments, hidden rows, in xlsx and xls."""

import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

import pytest
import xlsxwriter

from baodao.kernel.errors import Refused
from baodao.spreadsheets.blocks import SheetBlocks
from baodao.spreadsheets.headers import HeaderWords
from baodao.spreadsheets.leftovers import LeftoverKind, SheetLeftovers
from baodao.spreadsheets.old_workbooks import looks_of_sheets
from baodao.spreadsheets.workbooks import source_sheets
from tests.rosters import sheets
from tests.rosters.sheets import Tab

WORDS = HeaderWords({"name": "姓名", "day": "日期"}, ("name", "day"))
ROWS: Sequence[Sequence[sheets.Value]] = [
    ["姓名", "日期", "备注"],
    ["陈晓", "3月5日", ""],
    ["郝宇", "3月6日", "x"],
    ["李一", "3月7日", "x"],
    ["王二", "3月8日", ""],
]
Writer = Callable[..., bytes]


@pytest.mark.parametrize("write", [sheets.xlsx, sheets.xls])
def test_a_struck_row_and_a_struck_name_are_known(write: Writer) -> None:
    struck = ["A2", "A3", "B3", "C3", "B4"]
    tabs = [Tab("甲", ROWS, struck=struck), Tab("乙", ROWS)]
    with source_sheets(write(*tabs)) as found:
        told = []
        for sheet in found:
            blocks = SheetBlocks(sheet, WORDS, {})
            told.append([n for n, cells in blocks.rows if blocks.is_struck(n, cells, 0)])
    assert told == [[2, 3], []]


@pytest.mark.parametrize("write", [sheets.xlsx, sheets.xls])
def test_without_a_name_all_that_a_row_says_must_be_struck(write: Writer) -> None:
    with source_sheets(write(Tab("甲", ROWS, struck=["A2", "B2", "A3", "B3", "B5"]))) as found:
        blocks = SheetBlocks(next(found), WORDS, {})
        assert [n for n, cells in blocks.rows if blocks.is_struck(n, cells, None)] == [2]


@pytest.mark.parametrize("write", [sheets.xlsx, sheets.xls])
def test_comments_are_told_with_their_column_and_without_numbers(write: Writer) -> None:
    comments = {"B3": "2026年3月已转出", "A5": "电话 13800001111\n见附件"}
    with source_sheets(write(Tab("甲", ROWS, comments=comments))) as found:
        blocks = SheetBlocks(next(found), WORDS, {})
        told = {n: list(blocks.comments(n)) for n, _ in blocks.rows}
    assert told == {
        2: [],
        3: [("B", "2026年3月已转出")],
        4: [],
        5: [("A", "电话 138****1111 见附件")],
    }


@pytest.mark.parametrize("write", [sheets.xlsx, sheets.xls])
def test_hidden_rows_are_known(write: Writer) -> None:
    with source_sheets(write(Tab("甲", ROWS, hidden_rows=[3]), Tab("乙", ROWS))) as found:
        assert [set(sheet.hidden_rows) for sheet in found] == [{3}, set()]


@pytest.mark.parametrize("write", [sheets.xlsx, sheets.xls])
def test_hidden_columns_are_known(write: Writer) -> None:
    with source_sheets(write(Tab("甲", ROWS, hidden_rows=[3, 5], hidden_columns="BC"))) as found:
        sheet = next(found)
        assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({3, 5}, {1, 2})


@pytest.mark.parametrize("none", ["0", "0.0", "0.00"])
def test_what_is_given_no_height_or_width_is_hidden(none: str) -> None:
    parts = sheets.parts_of(sheets.xlsx(Tab("甲", ROWS, hidden_rows=[3], hidden_columns="B")))
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].replace(b'r="3" hidden="1"', f'r="3" ht="{none}"'.encode())
    parts[name] = text.replace(b'hidden="1" width="13"', f'width="{none}"'.encode())
    with source_sheets(sheets.zipped(parts)) as found:
        sheet = next(found)
        assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({3}, {1})


def test_where_looks_cannot_be_told_it_is_said() -> None:
    parts = sheets.parts_of(sheets.xlsx(Tab("甲", ROWS)))
    links = parts["xl/_rels/workbook.xml.rels"] + b" " * 4_200_000
    told = []
    for content in (parts | {"xl/_rels/workbook.xml.rels": links}, parts):
        with source_sheets(sheets.zipped(content)) as found:
            left = SheetLeftovers(next(found))
            told.append([(one.kind, one.sheet) for one in left.all()])
    assert told == [[(LeftoverKind.SHEET_LOOKS, "甲")], []]


@pytest.mark.parametrize("inline", [False, True])
def test_text_that_is_struck_in_all_of_its_parts_is_struck(inline: bool) -> None:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"constant_memory": inline})
    struck = workbook.add_format({"font_strikeout": True})
    bold = workbook.add_format({"font_strikeout": True, "bold": True})
    sheet = workbook.add_worksheet("甲")
    sheet.write_row(0, 0, ["姓名", "日期"])
    sheet.write_rich_string(1, 0, struck, "陈", bold, "晓")
    sheet.write_rich_string(2, 0, struck, "郝", "宇")
    sheet.write_string(3, 0, "李一")
    workbook.close()
    with source_sheets(out.getvalue()) as found:
        assert dict(next(found).struck) == {2: {0}}


def test_what_office_writes_before_a_comment_is_no_comment() -> None:
    threaded = "[线程批注]\n\n你的Excel版本可读取此线程批注。\n\n注释:\n    已去世"
    content = sheets.xlsx(Tab("甲", ROWS, comments={"A2": threaded, "A3": "组织科:\n已调离"}))
    with source_sheets(content) as found:
        assert next(found).comments == {2: {0: "已去世"}, 3: {0: "已调离"}}


def test_an_old_file_that_is_cut_is_refused_or_says_nothing_of_its_looks() -> None:
    content = sheets.xls(Tab("甲", ROWS * 60, struck=["A2"]))
    for end in range(512, len(content) - 1_024, 97):
        with suppress(Refused):
            assert looks_of_sheets(content[:end]) == {}


def test_an_old_file_that_is_damaged_inside_is_refused() -> None:
    """Without this calamine leaves out the rows behind the damage, without a word."""
    content = sheets.xls(Tab("甲", ROWS * 60))
    draw = Random(1)
    for _ in range(200):
        start = draw.randrange(2_048, len(content) - 2_048)
        broken = content[:start] + draw.randbytes(200) + content[start + 200 :]
        with pytest.raises(Refused) as refused, source_sheets(broken) as found:
            list(next(found).rows)
        assert refused.value.code == "spreadsheet.truncated"
