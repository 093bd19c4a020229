"""Excel workbooks in which whatever came from outside is text: no formula, no link, no macro."""

import math
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from itertools import chain, groupby
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet as Page

from baodao.documents.blocks import (
    Gap,
    Heading,
    Line,
    PaperColumn,
    Paragraph,
    Spread,
    Table,
)
from baodao.documents.form import Form
from baodao.documents.sheets import FilledSheet, Item, sheet_of
from baodao.kernel import clock


@dataclass(frozen=True)
class Percent:
    """A share in percent: a number for Excel, shown with its sign."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:.1f}%"


Cell = str | int | float | bool | date | Percent | None

LONGEST = 32_767
"""Excel keeps no more characters in a cell; longer text is cut, not dropped."""
WHOLE = 10**15
"""Excel keeps fifteen digits of a number; longer ones are written as text."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SHARE = re.compile(r"[0-9]{1,3}\.[0-9]%")
_DECIMAL = re.compile(r"[0-9]{1,12}\.[0-9]{1,2}")
_DAY = re.compile(r"([12][0-9]{3})年([01]?[0-9])月([0-3]?[0-9])日")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Worksheet:
    """One worksheet: name of the tab, headings, rows in their order.

    `title` and `above` stand over the heading, `notes` below the rows; `widths` are in characters
    (else from the headings). `landscape` is for printing, and `paper_days` writes days as papers
    do, 2026年7月1日, for which a column needs room. `groups` are the headings over those of
    the columns, "" where there is none.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    title: str = ""
    above: Sequence[str] = ()
    notes: Sequence[str] = ()
    widths: Sequence[float] = ()
    landscape: bool = True
    paper_days: bool = False
    groups: Sequence[str] = ()


@dataclass(frozen=True)
class _Styles:
    title: Format
    note: Format
    heading: Format
    upper: Format
    lower: Format
    text: Format
    whole: Format
    number: Format
    percent: Format
    day: Format
    paper_day: Format
    instant: Format


def write_workbook(sheets: Iterable[Worksheet], out: BinaryIO) -> None:
    """Write the sheets to `out`, row by row, without holding the rows in memory."""
    workbook = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties({"author": "", "created": clock.now().replace(tzinfo=None)})
    styles = _styles(workbook)
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(workbook.add_worksheet(_tab(sheet.name, taken)), sheet, styles)
    workbook.close()


def render_xlsx(form: Form, items: Sequence[Item]) -> bytes:
    """The form's list as a workbook, one sheet an item; no items give the blank form."""
    out = BytesIO()
    sheets = (
        _worksheet_of(sheet_of(form, item), number) for number, item in enumerate(items or [{}], 1)
    )
    write_workbook(sheets, out)
    return out.getvalue()


def _styles(workbook: Workbook) -> _Styles:
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    ruled = base | {"border": 1, "text_wrap": True}
    head = ruled | {"bold": True, "align": "center", "bg_color": "#F2F2F2"}
    return _Styles(
        title=workbook.add_format(base | {"font_size": 18, "bold": True, "align": "center"}),
        note=workbook.add_format(base | {"align": "left"}),
        heading=workbook.add_format(head),
        upper=workbook.add_format(head | {"bottom": 0}),
        lower=workbook.add_format(head | {"top": 0}),
        text=workbook.add_format(ruled | {"num_format": "@"}),
        whole=workbook.add_format(ruled | {"align": "right", "num_format": "#,##0"}),
        number=workbook.add_format(ruled | {"align": "right", "num_format": "#,##0.0#"}),
        percent=workbook.add_format(ruled | {"align": "right", "num_format": "0.0%"}),
        day=workbook.add_format(ruled | {"num_format": "yyyy-mm-dd", "align": "center"}),
        paper_day=workbook.add_format(
            ruled | {"num_format": 'yyyy"年"m"月"d"日"', "align": "center"}
        ),
        instant=workbook.add_format(ruled | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"}),
    )


def _tab(name: str, taken: set[str]) -> str:
    """A name Excel takes for a tab: no reserved marks, at most 31 characters, once."""
    plain = _FORBIDDEN.sub(" ", name).strip().strip("'")[:31] or "Sheet"
    tab, number = plain, 2
    while tab.casefold() in taken:
        ending = f" ({number})"
        tab, number = plain[: 31 - len(ending)] + ending, number + 1
    taken.add(tab.casefold())
    return tab


def _write_sheet(page: Page, sheet: Worksheet, styles: _Styles) -> None:
    last = max(len(sheet.columns) - 1, 0)
    styles = replace(styles, day=styles.paper_day) if sheet.paper_days else styles
    widths = sheet.widths or [max(11, 2 * len(column) + 2) for column in sheet.columns]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    row = 0
    for text, style in (*_titled(sheet.title, styles), *((t, styles.note) for t in sheet.above)):
        row = _write_across(page, row, last, (text, style))
    first = row
    if any(sheet.groups):
        _write_groups(page, row, sheet.groups, styles)
        row += 1
    for column, label in enumerate(sheet.columns):
        alone = any(sheet.groups) and not sheet.groups[column]
        page.write_string(row, column, _text(label), styles.lower if alone else styles.heading)
    page.freeze_panes(row + 1, 0)
    page.repeat_rows(first, row)
    for row, values in enumerate(sheet.rows, start=row + 1):  # noqa: B020
        for column, value in enumerate(values):
            _write_cell(page, (row, column), value, styles)
    for text in sheet.notes:
        row = _write_across(page, row + 1, last, (text, styles.note)) - 1
    page.print_area(0, 0, max(row, 1), last)
    page.set_paper(9)
    if sheet.landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(0.6, 0.6, 0.7, 0.7)
    page.set_footer("&C第 &P 页，共 &N 页")


def _write_groups(page: Page, row: int, groups: Sequence[str], styles: _Styles) -> None:
    """The upper row of two rows of headings; over a column without a group the cell is open below.
    Rows are written once and in order, so no cell is merged with one below it."""
    column = 0
    for group, together in groupby(groups):
        wide = len(list(together))
        if not group:
            for place in range(column, column + wide):
                page.write_blank(row, place, None, styles.upper)
        elif wide == 1:
            page.write_string(row, column, _text(group), styles.heading)
        else:
            page.merge_range(row, column, row, column + wide - 1, "", styles.heading)
            page.write_string(row, column, _text(group), styles.heading)
        column += wide


def _titled(title: str, styles: _Styles) -> list[tuple[str, Format]]:
    return [(title, styles.title)] if title else []


def _write_across(page: Page, row: int, last: int, written: tuple[str, Format]) -> int:
    """One text over the whole width; returns the next row."""
    text, style = written
    page.set_row(row, 30 if style.font_size > 11 else 20)
    if last:
        page.merge_range(row, 0, row, last, "", style)
    page.write_string(row, 0, _text(text), style)
    return row + 1


def _write_cell(page: Page, place: tuple[int, int], value: Cell, styles: _Styles) -> None:
    row, column = place
    if value is None or value == "":
        page.write_blank(row, column, None, styles.text)
    elif isinstance(value, bool):
        page.write_string(row, column, "是" if value else "否", styles.text)
    elif isinstance(value, Percent):
        page.write_number(row, column, value.value / 100, styles.percent)
    elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < WHOLE:
        style = styles.whole if isinstance(value, int) else styles.number
        page.write_number(row, column, value, style)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, clock.local(value).replace(tzinfo=None), styles.instant)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, styles.day)
    else:
        page.write_string(row, column, _text(str(value)), styles.text)


def cell_of(value: object) -> Cell:
    """Any value as a cell: numbers and days stay what they are, everything else becomes text."""
    return value if isinstance(value, Cell) else str(value)


def figure_cell(value: object) -> Cell:
    """A figure as it is written on a page as a number, so that Excel can add it; a share with its
    sign; what is no figure, such as a dash, as it stands."""
    if not isinstance(value, str):
        return cell_of(value)
    return Percent(float(value.removesuffix("%"))) if _SHARE.fullmatch(value) else _figure(value)


def _text(value: str) -> str:
    return _UNWRITABLE.sub("", value)[:LONGEST]


def _joined(text: Line) -> str:
    return "".join(
        "　" * segment.width if isinstance(segment, Gap) else str(segment) for segment in text
    )


def _worksheet_of(sheet: FilledSheet, number: int) -> Worksheet:
    """A filled list as a worksheet; what stands before the list goes above it."""
    above: list[str] = []
    notes: list[str] = []
    title, table = sheet.form.title, Table()
    for block in sheet.blocks:
        lines = notes if table.columns else above
        match block:
            case Heading():
                title = _joined(block.text)
            case Table():
                table = block
            case Paragraph():
                lines.append(_joined(block.text))
            case Spread():
                lines.append("　　　　".join(_joined(part) for part in block.parts))
    rows = chain(table.rows, [table.total] if table.total else [])
    return Worksheet(
        name=title if number == 1 else f"{title} {number}",
        columns=[column.label for column in table.columns],
        rows=(_typed(table.columns, row) for row in rows),
        title=title,
        above=above,
        notes=notes,
        widths=[column.width * 2.2 for column in table.columns],
        landscape=sheet.form.page.landscape,
        paper_days=True,
        groups=[column.group for column in table.columns],
    )


def _typed(columns: tuple[PaperColumn, ...], row: tuple[str, ...]) -> list[Cell]:
    """Figures as numbers, so that Excel can add them, shares, and days, so that it can sort them;
    everything else as shown."""
    return [
        _figure(value) if column.total or column.name == "index" else _share(column, value)
        for column, value in zip(columns, row, strict=True)
    ]


def _share(column: PaperColumn, value: str) -> Cell:
    if column.name.endswith("_rate") and _SHARE.fullmatch(value):
        return Percent(float(value.removesuffix("%")))
    return _day(value)


def _day(value: str) -> Cell:
    """A whole cell that is a day of the calendar, as papers write it, as a day."""
    written = _DAY.fullmatch(value)
    if written:
        with suppress(ValueError):
            return date(*map(int, written.groups()))
    return value


def _figure(value: str) -> Cell:
    if value.isascii() and value.isdecimal():
        return int(value)
    return float(value) if _DECIMAL.fullmatch(value) else value
