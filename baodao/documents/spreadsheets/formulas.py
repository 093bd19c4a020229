"""Formulas that were never calculated: a program wrote them, and no spreadsheet has opened them."""

import re

CALCULATED = re.compile(rb"</?f\b[^>]*>\s*<v[^>]*>[^<]")
WAITING = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
OVERLAP = 4_096


class FormulaScan:
    """Reads one sheet's XML in pieces. A calculated formula has its value beside it; one whose
    value is the empty text says so (`t="str"`)."""

    def __init__(self) -> None:
        self._tail = b""
        self._calculated = False
        self._waiting = False

    def feed(self, piece: bytes) -> None:
        window = self._tail + piece
        if not self._calculated and b"<f" in window:
            self._calculated = CALCULATED.search(window) is not None
            self._waiting = self._waiting or WAITING.search(window) is not None
        self._tail = window[-OVERLAP:]

    @property
    def never_calculated(self) -> bool:
        """Whether formulas stand there and not one has a value."""
        return self._waiting and not self._calculated
