"""How the sheets of old workbooks (.xls) look: the records of BIFF8 walked through.

calamine gives their cells. Records are described in [MS-XLS], the file that holds them in [MS-CFB].
Nothing in them is a checksum: a file that is damaged in the middle is known by records that cannot
be, and is refused, because calamine goes on behind them without the rows between.
"""

import struct
from collections.abc import Iterator, Mapping

from baodao.spreadsheets.looks import SheetLooks
from baodao.spreadsheets.refusals import unreadable

STREAMS = ("Workbook", "Book")
END_OF_CHAIN = 0xFFFFFFFA
MOST_SECTORS = 200_000
DIRECTORY_ENTRY = 128
SMALL = 4_096

LAST_KIND = 0x10FF
LONGEST_RECORD = 8_224
BOF, EOF, FONT, XF, SHEET = 0x0809, 0x000A, 0x0031, 0x00E0, 0x0085
ROW, COLUMNS, NOTE, OBJECT, TEXT, CONTINUE = 0x0208, 0x007D, 0x001C, 0x005D, 0x01B6, 0x003C
CELLS = frozenset([0x00FD, 0x0203, 0x027E, 0x0204, 0x00D6, 0x0006, 0x0205])
SEVERAL = 0x00BD
FORMULA, BOOLEAN_OR_ERROR = 0x0006, 0x0205
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
HIDDEN_ROW, HIDDEN_COLUMN, STRUCK = 0x20, 0x01, 0x08
BIFF8 = 0x0600


def looks_of_sheets(content: bytes) -> Mapping[str, SheetLooks]:
    """How each sheet looks, by its title; nothing of one of which it cannot be told.

    Raises `Refused` for a file that is damaged, or older than Excel 97: calamine takes the Chinese
    in it for something else.
    """
    try:
        stream = _stream(content)
        return _looks_of(stream) if stream else {}
    except (struct.error, IndexError, ValueError):
        return {}


def _stream(content: bytes) -> bytes:
    """The records of the workbook, put together from the sectors of the file."""
    (shift,) = struct.unpack_from("<H", content, 30)
    (directory,) = struct.unpack_from("<I", content, 48)
    table = _table(content, shift)
    entries = _chain(content, directory, table, shift)
    for at in range(0, len(entries), DIRECTORY_ENTRY):
        entry = entries[at : at + DIRECTORY_ENTRY]
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[: max(0, length - 2)].decode("utf-16-le", "replace") in STREAMS:
            start, size = struct.unpack_from("<II", entry, 116)
            return _chain(content, start, table, shift)[:size] if size >= SMALL else b""
    return b""


def _table(content: bytes, shift: int) -> list[int]:
    """Which sector follows each."""
    places = list(struct.unpack_from("<109I", content, 76))
    (following,) = struct.unpack_from("<I", content, 68)
    while following < END_OF_CHAIN and len(places) < MOST_SECTORS:
        sector = _sector(content, following, shift)
        numbers = struct.unpack(f"<{len(sector) // 4}I", sector)
        places += numbers[:-1]
        following = numbers[-1]
    table: list[int] = []
    for place in places:
        if place < END_OF_CHAIN:
            sector = _sector(content, place, shift)
            table += struct.unpack(f"<{len(sector) // 4}I", sector)
    return table


def _sector(content: bytes, number: int, shift: int) -> bytes:
    sector = content[(number + 1) << shift : (number + 2) << shift]
    return sector[: len(sector) // 4 * 4]


def _chain(content: bytes, start: int, table: list[int], shift: int) -> bytes:
    pieces: list[bytes] = []
    while start < END_OF_CHAIN and len(pieces) < MOST_SECTORS:
        pieces.append(_sector(content, start, shift))
        start = table[start]
    return b"".join(pieces)


def _looks_of(stream: bytes) -> Mapping[str, SheetLooks]:
    kind, _, version = struct.unpack_from("<HHH", stream)
    if kind != BOF:
        return {}
    if version < BIFF8:
        raise unreadable("old-workbook")
    fonts: list[bool] = []
    styles: list[bool] = []
    places: dict[str, int] = {}
    for kind, body in _records(stream, 0):
        if kind == FONT:
            fonts.append(bool(body[2] & STRUCK))
            if len(fonts) == 4:
                fonts.append(False)
        elif kind == XF:
            font = struct.unpack_from("<H", body)[0]
            styles.append(font < len(fonts) and fonts[font])
        elif kind == SHEET:
            places[_title(body)] = struct.unpack_from("<I", body)[0]
    struck = frozenset(number for number, is_struck in enumerate(styles) if is_struck)
    return {title: _SheetRecords(struck).read(stream, at) for title, at in places.items()}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, from its beginning to its end."""
    kind = BOF
    while kind != EOF:
        if at + 4 > len(stream):
            raise unreadable("truncated")
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind > LAST_KIND or length > LONGEST_RECORD:
            raise unreadable("truncated")
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _title(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    text = body[8 : 8 + length * (1 + wide)]
    return text.decode("utf-16-le" if wide else "latin-1")


class _SheetRecords:
    """What the records of one sheet say of its looks; `struck` are the styles that are."""

    def __init__(self, struck: frozenset[int]) -> None:
        self._struck = struck
        self._looks = SheetLooks()
        self._object = 0
        self._texts: dict[int, str] = {}
        self._is_text = False

    def read(self, stream: bytes, at: int) -> SheetLooks:
        notes: list[tuple[int, int, int]] = []
        for kind, body in _records(stream, at):
            if kind in CELLS:
                self._cell(*struct.unpack_from("<HHH", body))
                self._error(kind, body)
            elif kind == SEVERAL:
                row, first = struct.unpack_from("<HH", body)
                for offset, place in enumerate(range(4, len(body) - 2, 6)):
                    self._cell(row, first + offset, struct.unpack_from("<H", body, place)[0])
            elif kind == NOTE:
                row, column, _, number = struct.unpack_from("<HHHH", body)
                notes.append((row, column, number))
            else:
                self._other(kind, body)
        for row, column, number in notes:
            self._looks.comment(row + 1, column, self._texts.get(number, ""))
        return self._looks

    def _cell(self, row: int, column: int, style: int) -> None:
        if style in self._struck:
            self._looks.strike(row + 1, column)

    def _error(self, kind: int, body: bytes) -> None:
        """A value that is an error ends with 1; the result of a formula begins with 2 and ends
        with FFFF."""
        if kind == BOOLEAN_OR_ERROR and body[7] == 1:
            code = body[6]
        elif kind == FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
            code = body[8]
        else:
            return
        row, column = struct.unpack_from("<HH", body)
        self._looks.fail(row + 1, column, ERRORS.get(code, "#N/A"))

    def _other(self, kind: int, body: bytes) -> None:
        if kind == ROW:
            row, _, _, height = struct.unpack_from("<HHHH", body)
            if body[12] & HIDDEN_ROW or not height:
                self._looks.rows.add(row + 1)
        elif kind == COLUMNS:
            first, last, width = struct.unpack_from("<HHH", body)
            if body[8] & HIDDEN_COLUMN or not width:
                self._looks.columns.update(range(first, last + 1))
        elif kind == OBJECT:
            self._object = struct.unpack_from("<H", body, 6)[0]
        elif kind == CONTINUE and self._is_text and self._object not in self._texts:
            text = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")
            self._texts[self._object] = text
        self._is_text = kind == TEXT or (self._is_text and kind == CONTINUE)
