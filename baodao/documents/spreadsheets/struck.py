"""Cells of xlsx sheets that are struck through, looked for while a sheet's XML streams by."""

import re

from baodao.documents.spreadsheets.looks import SheetLooks, place_of
from baodao.documents.spreadsheets.parts import StruckStyles, is_struck

CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(?:\s*<(?:\w+:)?v>([0-9]{1,9})<)?)")
INLINE = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>\s*(<(?:\w+:)?is>.*?</(?:\w+:)?is>)", re.DOTALL)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
SHARED = b't="s"'
LONGEST_PREFIX = 12


class StruckScan:
    """Reads the XML of one sheet in pieces; where no style or text is struck, hardly at all."""

    def __init__(self, struck: StruckStyles, looks: SheetLooks) -> None:
        self._styles = {str(number).encode() for number in struck.styles}
        self._strings = {str(number).encode() for number in struck.strings}
        self._looks = looks
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Look through the next piece; a cell that it cuts is looked at with the next."""
        whole = self._rest + piece
        end = max(whole.rfind(b"<c "), whole.rfind(b":c "), 0)
        self._rest = whole[max(0, end - LONGEST_PREFIX) :] if len(whole) - end < 65_536 else b""
        if b"strike" in whole:
            for match in INLINE.finditer(whole):
                if is_struck(match[2]):
                    self._note(match[1])
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
        reference = REFERENCE.search(attributes)
        place = place_of(reference[1].decode()) if reference else None
        if place is not None:
            self._looks.strike(*place)
