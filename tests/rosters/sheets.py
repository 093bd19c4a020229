"""Spreadsheets as officials and enemies make them, built in code."""

import csv
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple

from baodao.people.rules.identity import check_digit
from baodao.spreadsheets.old_workbooks import ERRORS

Value = str | float | int | date | None

HEADER = ("序号", "姓名", "身份证号", "手机", "所在党支部", "人员状态", "入党时间")
SURNAMES = "陈郝李王赵钱孙周吴郑冯蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "晓宇一鸣静平敏文立伟芳娜强磊洋勇艳杰涛明超秀英霞玲桂丹萍红玉兰建国志"


def id_number(order: int, born_on: date = date(1980, 5, 1), sex: str = "m") -> str:
    """A valid ID number of an area that does not exist; different for every `order` below 99000."""
    area, sequence = divmod(order, 490)
    body = f"99{area:04d}{born_on:%Y%m%d}{sequence * 2 + (sex == 'm'):03d}"
    return body + check_digit(body)


def name(order: int) -> str:
    first, rest = divmod(order, len(SURNAMES))
    second, third = divmod(first, len(GIVEN))
    return SURNAMES[rest] + GIVEN[third] + (GIVEN[second % len(GIVEN)] if second else "")


def person(order: int, **changes: Value) -> list[Value]:
    """A faultless row under `HEADER`; `changes` by header word."""
    facts: dict[str, Value] = {
        "序号": order + 1,
        "姓名": name(order),
        "身份证号": id_number(order),
        "手机": f"199{order:08d}",
        "所在党支部": "第一党支部" if order % 2 else "第二党支部",
        "人员状态": "在职",
        "入党时间": "2005.07",
    }
    return list((facts | changes).values())


@dataclass
class Tab:
    """One sheet: its rows from the first, merged regions such as "A1:C1", and whether hidden;
    cells that are struck through, comments by cell, hidden rows and columns."""

    title: str
    rows: Sequence[Sequence[Value]]
    merges: Sequence[str] = field(default_factory=tuple)
    hidden: bool = False
    struck: Sequence[str] = field(default_factory=tuple)
    comments: Mapping[str, str] = field(default_factory=dict)
    hidden_rows: Sequence[int] = field(default_factory=tuple)
    hidden_columns: Sequence[str] = field(default_factory=tuple)


def roster(*people: Sequence[Value], header: Sequence[Value] = HEADER) -> bytes:
    """A plain workbook of one sheet."""
    return xlsx(Tab("Sheet1", [header, *people]))


def xlsx(*tabs: Tab) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for tab in tabs:
        sheet = workbook.create_sheet(tab.title)
        for row in tab.rows:
            sheet.append(list(row))
        for region in tab.merges:
            sheet.merge_cells(region)
        for place in tab.struck:
            sheet[place].font = Font(strike=True)
        for place, comment in tab.comments.items():
            sheet[place].comment = Comment(comment, "组织科")
        for number in tab.hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for letter in tab.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        if tab.hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def text(rows: Sequence[Sequence[Value]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


def parts_of(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


def with_sheet_xml(xml: bytes) -> bytes:
    """A workbook whose only sheet has exactly this XML."""
    return zipped(parts_of(roster()) | {"xl/worksheets/sheet1.xml": xml})


def cells_xml(*cells: str) -> bytes:
    """Sheet XML with one row for each cell reference, each holding a number."""
    rows = "".join(f'<row><c r="{ref}"><v>1</v></c></row>' for ref in cells)
    main = "schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="http://{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def xls(*tabs: Tab, protected: bool = False) -> bytes:
    """An Excel 97 workbook (BIFF8 in an OLE file), enough of it for a reader."""
    bodies = [_biff_sheet(tab) for tab in tabs]
    heads = [_bound_sheet(tab, 0) for tab in tabs]
    opening = _bof(0x0005) + (_record(0x002F, b"\x01\x00" * 3) if protected else b"")
    opening += b"".join(_font(font == STRUCK_FONT - 1) for font in range(STRUCK_FONT))
    opening += _style(0) + _style(STRUCK_FONT)
    offset = len(opening) + sum(map(len, heads)) + 4
    for index, (tab, body) in enumerate(zip(tabs, bodies, strict=True)):
        heads[index] = _bound_sheet(tab, offset)
        offset += len(body)
    return ole("Workbook", opening + b"".join(heads) + _record(0x000A) + b"".join(bodies))


def xls95() -> bytes:
    """The beginning of an Excel 95 workbook (BIFF5)."""
    opening = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0x0DBB, 0x07CC))
    return ole("Book", opening + _record(0x000A))


def _hidden(tab: Tab) -> bytes:
    """What is hidden: the first row and column by their mark, others by having no size."""
    out = b""
    for order, letter in enumerate(tab.hidden_columns):
        column, size = column_index_from_string(letter) - 1, 0 if order else 2_000
        out += _record(0x007D, struct.pack("<HHHHHH", column, column, size, 0, not order, 0))
    for order, number in enumerate(tab.hidden_rows):
        size, mark = (0, 0x100) if order else (255, 0x120)
        out += _record(0x0208, struct.pack("<HHHHIHH", number - 1, 0, 9, size, 0, mark, 0))
    return out


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _bound_sheet(tab: Tab, position: int) -> bytes:
    title = tab.title.encode("utf-16-le")
    return _record(
        0x0085, struct.pack("<IBBBB", position, tab.hidden, 0, len(tab.title), 1) + title
    )


STRUCK_FONT = 5
"""Fonts are numbered without a fourth: the fifth that is written."""


def _font(struck: bool) -> bytes:
    return _record(
        0x0031, struct.pack("<HHHHHBBBBBB", 200, 8 * struck, 0, 400, 0, 0, 0, 0, 0, 1, 0) + b"a"
    )


def _style(font: int) -> bytes:
    return _record(0x00E0, struct.pack("<HH", font, 0) + bytes(16))


CODES = {text: code for code, text in ERRORS.items()}


def _failed(place: bytes, code: int, *, by_formula: bool) -> bytes:
    """A cell that shows an error: its value, or what a formula came to."""
    if not by_formula:
        return _record(0x0205, place + bytes([code, 1]))
    result = bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])
    return _record(0x0006, place + result + bytes(6) + struct.pack("<H", 3) + b"\x1e\x01\x00")


def _comment(order: int, place: str, comment: str) -> bytes:
    row, column = coordinate_to_tuple(place)
    encoded = comment.encode("utf-16-le")
    return (
        _record(0x005D, struct.pack("<HHHH", 0x15, 0x12, 0x19, order) + bytes(14) + bytes(4))
        + _record(0x01B6, bytes(10) + struct.pack("<HHI", len(comment), 16, 0))
        + _record(0x003C, b"\x01" + encoded)
        + _record(0x003C, bytes(16))
        + _record(0x001C, struct.pack("<HHHH", row - 1, column - 1, 0, order) + bytes(4))
    )


def _biff_sheet(tab: Tab) -> bytes:
    out = _bof(0x0010) + _hidden(tab)
    struck = {coordinate_to_tuple(place) for place in tab.struck}
    for r, row in enumerate(tab.rows):
        for c, value in enumerate(row):
            place = struct.pack("<HHH", r, c, (r + 1, c + 1) in struck)
            if isinstance(value, int | float):
                out += _record(0x0203, place + struct.pack("<d", value))
            elif value in CODES:
                out += _failed(place, CODES[str(value)], by_formula=bool(r % 2))
            elif value:
                content = str(value).encode("utf-16-le")
                length = struct.pack("<HB", len(content) // 2, 1)
                out += _record(0x0204, place + length + content)
    for region in tab.merges:
        c1, r1, c2, r2 = openpyxl.utils.range_boundaries(region)
        out += _record(0x00E5, struct.pack("<HHHHH", 1, r1 - 1, r2 - 1, c1 - 1, c2 - 1))
    out += b"".join(_comment(order, *one) for order, one in enumerate(tab.comments.items(), 1))
    return out + _record(0x000A)


def ole(stream: str, content: bytes) -> bytes:
    """A compound file (MS-CFB) with one stream."""
    content = content.ljust(4096, b"\x00")
    content += b"\x00" * (-len(content) % 512)
    count = len(content) // 512
    tables = 1
    while tables * 128 < count + tables + 1:
        tables += 1
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    chain += [tables + 2 + i for i in range(count - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    entries += _entry(stream, 2, tables + 1, len(content), child=0xFFFFFFFF)
    entries += _entry("", 0, 0, 0, child=0xFFFFFFFF) * 2
    return header + struct.pack(f"<{len(chain)}I", *chain) + entries + content


def _entry(title: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    encoded = title.encode("utf-16-le") + b"\x00\x00" if title else b""
    entry = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + b"\x00" * 36
    return entry + struct.pack("<IQ", start, size)
