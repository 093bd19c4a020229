"""Reading a division table that somebody has: every sheet, every row, and what was left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from baodao.divisions.rules.differences import TablePlace, twice
from baodao.divisions.rules.rows import (
    DIVISION_WORDS,
    NAME,
    DivisionRow,
    kind_without_code,
    place_in,
    row_in,
)
from baodao.kernel.errors import Refused, gettext_noop
from baodao.spreadsheets.blocks import SheetBlocks
from baodao.spreadsheets.cells import Cell, text_of
from baodao.spreadsheets.leftovers import (
    Leftover,
    LeftoverKind,
    SheetLeftovers,
    is_called_old,
    sheet_leftover,
)
from baodao.spreadsheets.seen_columns import first_lines
from baodao.spreadsheets.workbooks import SourceSheet, source_sheets

MOST_PLACES = 1_000_000


@dataclass(frozen=True)
class DivisionScope:
    """How a table is read: with hidden sheets, without hidden or filtered rows, and with the
    columns that the clerk said hold which fact: header key → fact."""

    include_hidden: bool = False
    skip_unseen: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


AS_IT_STANDS = DivisionScope()


@dataclass(frozen=True)
class DivisionFault:
    """What is wrong with a row of a sheet, which the refusal names with what to do."""

    sheet: str
    refusal: Refused


@dataclass
class DivisionTable:
    """The places of a file, its faults by row, and all that was not read as a place.

    `titles` are the headers of its columns, each with the fact that it holds, "" for none;
    `seen_columns` those of sheets without any known header, each with how it begins. Without
    `has_header` no sheet has all the columns that are needed; that is its one fault.
    """

    places: list[TablePlace] = field(default_factory=list)
    faults: list[DivisionFault] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    seen_columns: dict[str, str] = field(default_factory=dict)
    has_header: bool = True

    def sound(self) -> list[TablePlace]:
        """The places of a table without a fault; refused with the first one. A table is taken over
        as a whole: a place whose row cannot be read would seem to have vanished."""
        if self.faults:
            raise self.faults[0].refusal
        return self.places


def read_file(content: bytes) -> list[TablePlace]:
    """The places of a table without a fault; refused with the first one."""
    return read_table(content).sound()


def read_table(content: bytes, scope: DivisionScope = AS_IT_STANDS) -> DivisionTable:
    """The places of a spreadsheet or text with the columns code, name and, if any, the code above.

    Codes have 2 to 12 digits; without a parent column they say what lies where. Refused when no
    sheet has any column, or none of its rows is a place or seems to be one.
    """
    table = DivisionTable()
    if not content.strip():
        raise _headless()
    by_code: dict[str, TablePlace] = {}
    table.has_header = False
    with source_sheets(
        content, include_hidden=scope.include_hidden, most_rows=MOST_PLACES
    ) as sheets:
        for source in sheets:
            if source.hidden and not scope.include_hidden:
                table.leftovers.append(sheet_leftover(LeftoverKind.SHEET_HIDDEN, source.title))
                continue
            if table.has_header and is_called_old(source.title) and not scope.include_hidden:
                rows = sum(any(map(text_of, cells)) for _, cells in source.rows)
                past = sheet_leftover(LeftoverKind.SHEET_PAST, source.title, count=rows)
                table.leftovers.append(past)
                continue
            reader = _DivisionReader(source, scope, table, by_code)
            table.has_header = reader.read() or table.has_header
    if not table.has_header and not table.titles and not table.seen_columns:
        raise _headless()
    if not table.has_header:
        table.faults.append(DivisionFault("", _headless()))
    if not table.places and not table.faults:
        raise Refused("division.empty", gettext_noop("The file has no rows with places."))
    return table


class _DivisionReader:
    """Reads one sheet into `table`; `by_code` are the places of all sheets so far."""

    def __init__(
        self,
        source: SourceSheet,
        scope: DivisionScope,
        table: DivisionTable,
        by_code: dict[str, TablePlace],
    ) -> None:
        self._source = source
        self._skip = scope.skip_unseen
        self._table = table
        self._by_code = by_code
        self._left = SheetLeftovers(source)
        self._blocks = SheetBlocks(source, DIVISION_WORDS, scope.choices)
        self._is_headed = _has_header(self._blocks)
        self._across = {one.top for one in source.merges if one.right > one.left}

    def read(self) -> bool:
        """Read all rows; whether the sheet has a header."""
        blocks = self._blocks
        self._note_titles()
        if not _has_header(blocks):
            kind = LeftoverKind.SHEET_EMPTY if blocks.is_empty else LeftoverKind.SHEET_HEADLESS
            above = blocks.above
            left = sheet_leftover(kind, self._source.title, first_lines(above), max(1, len(above)))
            self._table.leftovers.append(left)
            if not blocks.blocks:
                self._table.seen_columns |= blocks.seen()
            return False
        for number, cells in blocks.above:
            self._left.row(LeftoverKind.ROWS_ABOVE, number, cells)
        self._note_columns()
        for number, cells in blocks.rows:
            self._read(number, cells)
        self._table.leftovers += self._left.all()
        return True

    def _note_titles(self) -> None:
        for block in self._blocks.blocks:
            header = block.header
            places = {one.index: (one.header, one.fact) for one in header.columns}
            places |= {one.index: (one.header, "") for one in header.unused}
            for _, (title, fact) in sorted(places.items()):
                self._table.titles.setdefault(title, fact)

    def _note_columns(self) -> None:
        for block in self._blocks.blocks:
            self._left.columns(block, self._blocks.concealed)

    def _read(self, number: int, cells: Sequence[Cell]) -> None:
        if not any(map(text_of, cells)) or self._is_left(number, cells):
            return
        if not self._is_headed:
            if not self._heads(number, cells):
                self._left.row(LeftoverKind.ROWS_TABLE, number, cells)
            return
        rows = [row_in(block.header, number, cells) for block in self._blocks.blocks]
        coded = [row.has_code for row in rows]
        if not any(coded) and self._heads(number, cells):
            return
        if self._source.comments:
            self._left.comments(number, self._blocks.comments(number))
        self._left.beside(cells)
        for row, has_code in zip(rows, coded, strict=True):
            if row.texts:
                self._take(row, cells, has_code=has_code)

    def _is_left(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row is not read: out of sight, or struck through."""
        if not self._source.struck and not self._source.hidden_rows:
            return False
        name = self._blocks.blocks[0].header.index(NAME) if self._blocks.blocks else None
        if self._blocks.is_struck(number, cells, name):
            self._left.row(LeftoverKind.ROWS_STRUCK, number, cells)
            return True
        if number in self._source.hidden_rows:
            kind = LeftoverKind.ROWS_HIDDEN if self._skip else LeftoverKind.ROWS_HIDDEN_READ
            self._left.row(kind, number, cells)
            return self._skip
        return False

    def _heads(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row is a header, the same once more or that of another table."""
        before = self._blocks.blocks
        if not self._blocks.is_header(number, cells):
            return False
        if self._blocks.blocks is not before:
            self._is_headed = _has_header(self._blocks)
            self._note_titles()
            self._note_columns()
        self._left.row(LeftoverKind.ROWS_HEADER, number, cells)
        return True

    def _take(self, row: DivisionRow, cells: Sequence[Cell], *, has_code: bool) -> None:
        """Take the place of a row over, or note what it is instead and what is wrong with it."""
        is_merged = row.number in self._across
        try:
            read = place_in(row) if has_code else kind_without_code(row, is_merged=is_merged)
            if isinstance(read, TablePlace):
                read = self._first_or(read)
        except Refused as refusal:
            self._table.faults.append(DivisionFault(self._source.title, refusal))
            return
        if isinstance(read, TablePlace):
            self._table.places.append(read)
        else:
            self._left.row(read, row.number, cells)

    def _first_or(self, place: TablePlace) -> TablePlace | LeftoverKind:
        """A place of a new code; one that says the same as before is left, another is refused."""
        first = self._by_code.setdefault(place.code, place)
        if first is place:
            return place
        if first[:4] == place[:4]:
            return LeftoverKind.ROWS_REPEATED
        raise twice(place, first)


def _has_header(blocks: SheetBlocks) -> bool:
    return bool(blocks.blocks) and not blocks.blocks[0].header.missing(DIVISION_WORDS.needed)


def _headless() -> Refused:
    return Refused(
        "division.no-header",
        gettext_noop(
            "No row names the columns: code, name and, if there is one, parent "
            "(代码, 名称, 上级代码). Write them above the first place, or teach what your columns "
            "are called under Settings, Words of your tables."
        ),
    )
