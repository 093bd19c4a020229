"""Files that are not what they say: each is refused with its reason, soon and in little memory."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from baodao.kernel.errors import Refused
from baodao.spreadsheets.scans import FormulaScan
from baodao.spreadsheets.workbooks import source_sheets
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, Tab, person

ROOT = Path(__file__).resolve().parents[2]
GOOD = sheets.roster(*(person(order) for order in range(30)))
OLD = sheets.xls(Tab("名册", [HEADER, *(person(order) for order in range(300))]))
ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


TRADITIONAL = [
    ["姓名", "身份證號", "所在黨支部"],
    ["陳曉宇", "990000198005010017", "第一黨支部"],
    ["劉雲飛", "990000198005010025", "第二黨支部"],
]


def wide() -> bytes:
    cells = b"<c><v>1</v></c>" * 1_000_000
    return sheets.with_sheet_xml(b"<worksheet><sheetData><row>" + cells + b"</row></sheetData>")


def amplified() -> bytes:
    """Every cell of 190,000 refers to the same long text."""
    text = b"<sst><si><t>" + bytes(range(97, 123)) * 3_000 + b"</t></si></sst>"
    cells = b'<row><c t="s"><v>0</v></c></row>' * 190_000
    parts = {
        "xl/sharedStrings.xml": text,
        "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>",
    }
    return sheets.zipped(sheets.parts_of(GOOD) | parts)


def lying_about_its_length() -> bytes:
    """A part that unpacks to more than the directory says."""
    honest = sheets.with_sheet_xml(b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>")
    return honest.replace((3_000_023).to_bytes(4, "little"), (2_000).to_bytes(4, "little"))


def read_whole(content: bytes) -> None:
    with source_sheets(content) as found:
        for sheet in found:
            list(sheet.rows)


BROKEN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty", lambda: b""),
    "only spaces": ("empty", lambda: b" \r\n\r\n"),
    "a picture": ("not-a-spreadsheet", lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    "text with zero bytes": ("not-a-spreadsheet", lambda: b"a,b\x00c\n1,2\n"),
    "a text without columns": ("not-a-spreadsheet", lambda: "名册\n张三\n".encode()),
    "a web page": ("markup", lambda: b"<html><table></table></html>"),
    "a web page after blanks": ("markup", lambda: "\ufeff\r\n <TABLE>".encode()),
    "a web page in UTF-16": ("markup", lambda: "<html>名册".encode("utf-16")),
    "an XML table": ("markup", lambda: b'<?xml version="1.0"?><Workbook>'),
    "an archived page": ("markup", lambda: b"MIME-Version: 1.0\r\n"),
    "a new Word file": ("paper", lambda: sheets.zipped({"word/document.xml": b"<x/>"})),
    "a Word file": ("paper", lambda: sheets.ole("WordDocument", b"x" * 9_000)),
    "another old file": ("not-a-spreadsheet", lambda: sheets.ole("Else", b"x" * 9_000)),
    "a PDF": ("paper", lambda: b"%PDF-1.7\n\xe2\xe3"),
    "a packed file": ("archive", lambda: sheets.zipped({"roster.xlsx": GOOD})),
    "a rar file": ("archive", lambda: b"Rar!\x1a\x07\x00" + bytes(90)),
    "an OpenDocument table": (
        "open-document",
        lambda: sheets.zipped({"mimetype": b"x", "content.xml": b"<x/>"}),
    ),
    "a binary workbook": (
        "binary-workbook",
        lambda: sheets.zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": b"<x/>"}),
    ),
    "an Excel 95 file": ("old-workbook", sheets.xls95),
    "an Excel 4 file": ("old-workbook", lambda: b"\x09\x04\x06\x00" + bytes(90)),
    "Big5": (
        "big5",
        lambda: sheets.text(TRADITIONAL, "big5"),
    ),
    "a text cut in a character": ("truncated", lambda: sheets.text([HEADER, person(1)])[:-18]),
    "a Chinese text cut in a character": (
        "truncated",
        lambda: sheets.text([HEADER, person(1)], "gb18030").rstrip()[:-14],
    ),
    "a text cut in a row": (
        "truncated",
        lambda: sheets.text([HEADER, *(person(n) for n in range(1, 5))]).rstrip()[:-36],
    ),
    "a text whose quotation never ends": (
        "truncated",
        lambda: sheets.text([HEADER, *map(person, range(1, 5))]).replace(b"\n3,", b'\n"3,'),
    ),
    "formulas never calculated": ("formulas", lambda: sheets.roster(person(1, 姓名='="张"&"三"'))),
    "cut in half": ("truncated", lambda: GOOD[: len(GOOD) // 2]),
    "cut at the head": ("truncated", lambda: GOOD[:80]),
    "damaged inside": ("truncated", lambda: GOOD[:3_000] + bytes(60) + GOOD[3_060:]),
    "longer than it says": ("truncated", lying_about_its_length),
    "an old file cut": ("truncated", lambda: OLD[: len(OLD) // 2]),
    "no xml": ("truncated", lambda: sheets.with_sheet_xml(b"hello <")),
    "protected": ("encrypted", lambda: sheets.ole("EncryptedPackage", b"x" * 9_000)),
    "an old protected file": (
        "encrypted",
        lambda: sheets.xls(Tab("名册", [HEADER]), protected=True),
    ),
    "an entity": (
        "external-entity",
        lambda: sheets.with_sheet_xml(ENTITY + sheets.cells_xml("A1")),
    ),
    "an entity in UTF-16": (
        "external-entity",
        lambda: sheets.with_sheet_xml(ENTITY.decode().encode("utf-16") + b"<worksheet/>"),
    ),
    "a bomb": ("bomb", lambda: sheets.with_sheet_xml(b"<worksheet>" + b" " * 200_000_000)),
    "a bomb beside": (
        "bomb",
        lambda: sheets.zipped(sheets.parts_of(GOOD) | {"xl/media/a.png": bytes(200_000_000)}),
    ),
    "a million columns": ("too-large", wide),
    "a cell far away": (
        "too-large",
        lambda: sheets.with_sheet_xml(sheets.cells_xml("A1", "XFD1048576")),
    ),
    "one text a million times": ("too-large", amplified),
    "too many bytes": ("too-large", lambda: b"a,b\n" * 14_000_000),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_reason(name: str) -> None:
    reason, made = BROKEN[name]
    content = made()
    start = time.process_time()
    with pytest.raises(Refused) as refused:
        read_whole(content)
    assert refused.value.code == f"spreadsheet.{reason}"
    assert time.process_time() - start < 5


MEASURE = """
import json, resource, sys
from pathlib import Path
from baodao.kernel.errors import Refused
from tests.rosters.test_roster_reading import read_whole
code = ""
try:
    read_whole(Path(sys.argv[1]).read_bytes())
except Refused as refused:
    code = refused.code
status = Path("/proc/self/status").read_text()
mine = int(status.partition("VmHWM:")[2].split()[0])
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([code, mine // 1024, child // 1024]))
"""


@pytest.mark.parametrize("name", ["a bomb", "a million columns", "one text a million times"])
def test_a_hostile_file_takes_less_than_300_megabytes(name: str, tmp_path: Path) -> None:
    reason, made = BROKEN[name]
    file = tmp_path / "roster.xlsx"
    file.write_bytes(made())
    reply = subprocess.run(
        [sys.executable, "-c", MEASURE, file], cwd=ROOT, capture_output=True, check=True
    )
    code, mine, child = json.loads(reply.stdout)
    assert code == f"spreadsheet.{reason}"
    assert mine < 300
    assert child < 300


CALCULATED = '<c r="A1"><f>1+1</f><v>2</v></c>'
WAITING = '<c r="B1"><f>A1</f></c>'
EMPTY_TEXT = '<c r="C1" t="str"><f>""</f><v></v></c>'


@pytest.mark.parametrize(
    ("cells", "waits"),
    [
        (WAITING, True),
        ('<c r="A1"><f>1+1</f><v/></c>', True),
        ('<c r="A1" s="2"><f t="shared" si="0"/><v></v></c>', True),
        (CALCULATED, False),
        (EMPTY_TEXT, False),
        (CALCULATED + WAITING, False),
        ('<c r="A1"><v>2</v></c>', False),
    ],
)
def test_formulas_without_any_value_were_never_calculated(cells: str, waits: bool) -> None:
    scan = FormulaScan()
    for piece in (cells[:12], cells[12:]):
        scan.feed(piece.encode())
    assert scan.never_calculated is waits


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("rows", [[HEADER, person(1)], TRADITIONAL])
def test_a_text_in_a_known_encoding_is_read(encoding: str, rows: list[list[str]]) -> None:
    with source_sheets(sheets.text(rows, encoding)) as found:
        (sheet,) = found
        assert [len(cells) for _, cells in sheet.rows] == [len(row) for row in rows]


def test_the_name_of_a_file_does_not_matter_and_macros_are_ignored() -> None:
    with_macros = sheets.zipped(sheets.parts_of(GOOD) | {"xl/vbaProject.bin": b"\xd0\xcf macro"})
    for content in (GOOD, with_macros, OLD, sheets.text([HEADER, person(1)])):
        with source_sheets(content) as found:
            assert len([row for sheet in found for row in sheet.rows]) > 1


def test_rows_keep_their_numbers_and_their_types() -> None:
    content = sheets.xlsx(Tab("甲", [[], [None, "a", 1.5, True]], ["B2:B3"]), Tab("乙", [["b"]]))
    with source_sheets(content) as found:
        first = next(found)
        assert (first.title, first.first_column) == ("甲", 1)
        assert list(first.rows)[1] == (2, ["a", 1.5, True])
        assert [(m.top, m.left, m.bottom, m.right) for m in first.merges] == [(2, 1, 3, 1)]
        assert [sheet.title for sheet in found] == ["乙"]


def test_a_sheet_that_is_not_read_to_its_end_does_not_spoil_the_next() -> None:
    content = sheets.xlsx(Tab("甲", [[n] for n in range(5_000)]), Tab("乙", [["b"]]))
    with source_sheets(content) as found:
        next(next(found).rows)
        assert list(next(found).rows) == [(1, ["b"])]
