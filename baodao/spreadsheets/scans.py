"""The XML of an xlsx sheet looked through in pieces while its parts are checked.

calamine does not tell what is hidden, filtered or struck through, which cells show an error in
place of a value, nor which formulas a program wrote that no spreadsheet has calculated. Nothing is
unpacked twice; only pieces that speak of such things are looked at closely.
"""

import re
from typing import NamedTuple

from baodao.spreadsheets.looks import SheetLooks, place_of
from baodao.spreadsheets.parts import StruckStyles, is_struck


class Signs(NamedTuple):
    """Words that are looked for in a piece, and a letter that stands in each of them: a letter is
    looked for many times quicker, and mostly it is not there."""

    letter: bytes
    words: tuple[bytes, ...]

    def are_in(self, piece: bytes) -> bool:
        """Whether one of the words stands there."""
        return self.letter in piece and any(word in piece for word in self.words)


DECLARATIONS = Signs(b"!", (b"<!DOCTYPE", b"<!ENTITY"))
SIGNS_OF_ROWS = Signs(b"h", (b"hidden=", b'ht="0'))
SIGNS = Signs(b"h", (*SIGNS_OF_ROWS.words, b'width="0'))
STRUCK = Signs(b"k", (b"strike",))
ERRORS = b't="e"'
FORMULAS = Signs(b"f", (b"<f",))
ROWS_BEGIN = b"sheetData"
"""Widths of columns stand before it and nowhere else."""

TAG = re.compile(rb"<(?:\w+:)?(row|col)\b([^<>]*)>")
CONCEALING = re.compile(rb'\bhidden="(?:1|true)"|\b(?:ht|width)="0(?:\.0+)?"')
ROW = re.compile(rb'\br="([0-9]{1,7})"')
FROM = re.compile(rb'\bmin="([0-9]{1,5})"')
TO = re.compile(rb'\bmax="([0-9]{1,5})"')
MOST_COLUMNS = 300
CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(?:\s*<(?:\w+:)?v>([0-9]{1,9})<)?)")
INLINE = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>\s*(<(?:\w+:)?is>.*?</(?:\w+:)?is>)", re.DOTALL)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
FAILED = re.compile(
    rb'<(?:\w+:)?c\b([^<>]*\bt="e"[^<>]*)>'
    rb"(?:\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>(#[^<]{1,20})<"
)
STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
SHARED = b't="s"'
LONGEST_PREFIX = 12
LONGEST_CELL = 65_536
CALCULATED = re.compile(rb"</?f\b[^>]*>\s*<v[^>]*>[^<]")
WAITING = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
TAIL = 4_096


class ConcealedScan:
    """Reads the XML of one sheet in pieces; what is hidden goes into its `looks`."""

    def __init__(self, looks: SheetLooks) -> None:
        self.looks = looks
        self._rest = b""
        self._signs = SIGNS

    def feed(self, piece: bytes) -> None:
        """Look through the next piece; a tag that it cuts is looked at with the next."""
        whole = self._rest + piece
        end = max(0, whole.rfind(b"<"))
        self._rest = whole[end:] if len(whole) - end < 4_096 else b""
        if self._signs.are_in(whole):
            for match in TAG.finditer(whole[: end or None]):
                if CONCEALING.search(match[2]):
                    self._note(match[1], match[2])
        if self._signs is SIGNS and ROWS_BEGIN in whole:
            self._signs = SIGNS_OF_ROWS

    def _note(self, tag: bytes, attributes: bytes) -> None:
        if tag == b"row":
            if row := ROW.search(attributes):
                self.looks.rows.add(int(row[1]))
            return
        first, last = FROM.search(attributes), TO.search(attributes)
        if first and last:
            columns = range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))
            self.looks.columns.update(columns)


class CellScan:
    """Reads the XML of one sheet in pieces for cells that are struck through or show an error;
    where nothing is, hardly at all."""

    def __init__(self, struck: StruckStyles, looks: SheetLooks) -> None:
        self._styles = {str(number).encode() for number in struck.styles}
        self._strings = {str(number).encode() for number in struck.strings}
        self._looks = looks
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Look through the next piece; a cell that it cuts is looked at with the next."""
        whole = self._rest + piece
        late = max(0, len(whole) - LONGEST_CELL)
        end = max(whole.rfind(b"<c ", late), whole.rfind(b":c ", late), 0)
        self._rest = whole[max(0, end - LONGEST_PREFIX) :] if end or not late else b""
        if STRUCK.are_in(whole):
            for match in INLINE.finditer(whole):
                if is_struck(match[2]):
                    self._note(match[1])
        if ERRORS in whole:
            for match in FAILED.finditer(whole):
                if place := _place_in(match[1]):
                    self._looks.fail(*place, match[2].decode("ascii", "replace"))
        if self._styles or self._strings:
            self._look_at_cells(whole)

    def _look_at_cells(self, whole: bytes) -> None:
        for match in CELL.finditer(whole):
            attributes = match[1]
            style = STYLE.search(attributes)
            shared = match[2] in self._strings and SHARED in attributes
            if shared or (style is not None and style[1] in self._styles):
                self._note(attributes)

    def _note(self, attributes: bytes) -> None:
        if place := _place_in(attributes):
            self._looks.strike(*place)


def _place_in(attributes: bytes) -> tuple[int, int] | None:
    reference = REFERENCE.search(attributes)
    return place_of(reference[1].decode()) if reference else None


class FormulaScan:
    """Reads one sheet's XML in pieces. A calculated formula has its value beside it; one whose
    value is the empty text says so (`t="str"`)."""

    def __init__(self) -> None:
        self._tail = b""
        self._calculated = False
        self._waiting = False

    def feed(self, piece: bytes) -> None:
        window = self._tail + piece
        if not self._calculated and FORMULAS.are_in(window):
            self._calculated = CALCULATED.search(window) is not None
            self._waiting = self._waiting or WAITING.search(window) is not None
        self._tail = window[-TAIL:]

    @property
    def never_calculated(self) -> bool:
        """Whether formulas stand there and not one has a value."""
        return self._waiting and not self._calculated
