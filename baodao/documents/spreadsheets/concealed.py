"""Which rows and columns of a workbook's sheets are hidden or filtered out of sight.

calamine does not tell. The XML of a sheet is looked through while its parts are checked, piece by
piece, so that nothing is unpacked twice; only pieces that speak of hiding are looked at closely.
"""

import re

from baodao.documents.spreadsheets.looks import SheetLooks

SIGNS = (b"hidden=", b'ht="0"', b'width="0"')
TAG = re.compile(rb"<(?:\w+:)?(row|col)\b([^<>]*)>")
CONCEALING = re.compile(rb'\bhidden="(?:1|true)"|\b(?:ht|width)="0"')
ROW = re.compile(rb'\br="([0-9]{1,7})"')
FROM = re.compile(rb'\bmin="([0-9]{1,5})"')
TO = re.compile(rb'\bmax="([0-9]{1,5})"')
MOST_COLUMNS = 300


class ConcealedScan:
    """Reads the XML of one sheet in pieces; what is hidden goes into its `looks`."""

    def __init__(self, looks: SheetLooks) -> None:
        self.looks = looks
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Look through the next piece; a tag that it cuts is looked at with the next."""
        whole = self._rest + piece
        end = max(0, whole.rfind(b"<"))
        self._rest = whole[end:] if len(whole) - end < 4_096 else b""
        if any(sign in whole for sign in SIGNS):
            for match in TAG.finditer(whole[: end or None]):
                if CONCEALING.search(match[2]):
                    self._note(match[1], match[2])

    def _note(self, tag: bytes, attributes: bytes) -> None:
        if tag == b"row":
            if row := ROW.search(attributes):
                self.looks.rows.add(int(row[1]))
            return
        first, last = FROM.search(attributes), TO.search(attributes)
        if first and last:
            columns = range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))
            self.looks.columns.update(columns)
