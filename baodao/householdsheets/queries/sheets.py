"""Reading a register of households: every sheet, every row, and what was left over."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from baodao.householdsheets.rules.buildings import AddressPart, narrowed, parts_named
from baodao.householdsheets.rules.faults import HouseholdFault
from baodao.householdsheets.rules.headings import HOUSEHOLD_WORDS, HouseholdField
from baodao.householdsheets.rules.households import (
    RegisterHousehold,
    RegisterNotes,
    RegisterRow,
    RegisterRules,
    household_in,
    households_in,
)
from baodao.householdsheets.rules.words import is_gone
from baodao.kernel.errors import Refused, gettext_noop
from baodao.spreadsheets.blocks import SheetBlocks, TableBlock, band_of
from baodao.spreadsheets.cells import Cell, compact, quoted, text_of
from baodao.spreadsheets.leftovers import (
    Leftover,
    LeftoverKind,
    SheetLeftovers,
    is_called_old,
    sheet_leftover,
)
from baodao.spreadsheets.merged_cells import FilledRow, MergedCells
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.seen_columns import first_lines
from baodao.spreadsheets.workbooks import SourceSheet, source_sheets

MOST_ROWS = 20_000
_TOTAL = re.compile(r"(?:本[页表组社])?(?:合计|总计|小计|共计|汇总|共\d+|计$)")
_MARGIN = re.compile(r"(?:填表|填报|制表|审核|负责人|经办|说明|备注|注\d*[:：]|日期|联系人|单位)")
_EXAMPLE = re.compile(r"[(（]?(?:示例|例子|样例|填写示例|例)[)）:：]")
_PERSONAL = (HouseholdField.RELATION, HouseholdField.IDENTITY, HouseholdField.BORN)


@dataclass(frozen=True)
class RegisterScope:
    """How a register is read: with hidden sheets, without hidden or filtered rows, and with the
    columns of which somebody said what they hold: header key → fact."""

    include_hidden: bool = False
    skip_unseen: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass
class RegisterTable:
    """The households of a file, its faults, and all that was not read.

    `rows` are those read as rows of households. `titles` are the headers with the field that each
    holds, "" for none; `seen_columns` those of sheets without a known header, each with how it
    begins.
    """

    households: list[RegisterHousehold] = field(default_factory=list)
    faults: list[list[HouseholdFault]] = field(default_factory=list)
    notes: RegisterNotes = field(default_factory=RegisterNotes)
    leftovers: list[Leftover] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    seen_columns: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    has_header: bool = False


def read_register(content: bytes, rules: RegisterRules, scope: RegisterScope) -> RegisterTable:
    """The households of a spreadsheet or text. Without a known header only its columns are told;
    refused where there is nothing to read or too much."""
    table = RegisterTable()
    hidden = 0
    with source_sheets(content, include_hidden=scope.include_hidden, most_rows=MOST_ROWS) as sheets:
        for source in sheets:
            if source.hidden and not scope.include_hidden:
                hidden += 1
                table.leftovers.append(sheet_leftover(LeftoverKind.SHEET_HIDDEN, source.title))
                continue
            if table.has_header and is_called_old(source.title) and not scope.include_hidden:
                rows = sum(any(map(text_of, cells)) for _, cells in source.rows)
                past = sheet_leftover(LeftoverKind.SHEET_PAST, source.title, count=rows)
                table.leftovers.append(past)
                continue
            read_sheet(source, rules, scope, table)
            if table.rows > MOST_ROWS:
                raise _long()
    if not table.has_header and not table.seen_columns:
        raise unreadable("hidden") if hidden else headless()
    return table


def read_sheet(
    source: SourceSheet, rules: RegisterRules, scope: RegisterScope, table: RegisterTable
) -> None:
    """Read one sheet into `table`."""
    _RegisterReader(source, rules, scope, table).read()


def headless() -> Refused:
    """That no row names the columns."""
    return Refused(
        "register.no-header",
        gettext_noop(
            "No row names the columns of a register of households. Write 姓名, 与户主关系, "
            "家庭住址 above the first household, or say what the columns hold."
        ),
    )


def _long() -> Refused:
    return Refused(
        "register.long",
        gettext_noop("The table has more than %(most)s rows. Part it by grid."),
        most=MOST_ROWS,
    )


class _RegisterReader:
    """Reads one sheet into `table`."""

    def __init__(
        self, source: SourceSheet, rules: RegisterRules, scope: RegisterScope, table: RegisterTable
    ) -> None:
        self._source = source
        self._rules = rules
        self._skip = scope.skip_unseen
        self._table = table
        self._left = SheetLeftovers(source)
        self._blocks = SheetBlocks(source, HOUSEHOLD_WORDS, scope.choices)
        self._merged = MergedCells(source.merges, source.first_column)
        self._rows: dict[int, list[RegisterRow]] = {}
        self._tables = 0
        self._place = parts_named(source.title)

    def read(self) -> None:
        """Read all rows, then household by household."""
        blocks = self._blocks
        if not _is_headed(blocks):
            self._note_headless()
            return
        self._table.has_header = True
        for number, cells in blocks.above:
            self._left.row(LeftoverKind.ROWS_ABOVE, number, cells)
            self._place = narrowed(self._place, parts_named(band_of(cells)))
        self._note_columns()
        for number, cells in blocks.rows:
            self._read(number, cells)
        for rows in self._rows.values():
            self._judge(rows)
        self._table.leftovers += self._left.all()

    def _note_headless(self) -> None:
        blocks = self._blocks
        kind = LeftoverKind.SHEET_EMPTY if blocks.is_empty else LeftoverKind.SHEET_HEADLESS
        above = blocks.above
        left = sheet_leftover(kind, self._source.title, first_lines(above), max(1, len(above)))
        self._table.leftovers.append(left)
        self._note_titles()
        if not blocks.blocks:
            self._table.seen_columns |= blocks.seen()
        elif blocks.blocks:
            self._table.seen_columns |= dict.fromkeys(blocks.blocks[0].header.titles, "")

    def _note_titles(self) -> None:
        for block in self._blocks.blocks:
            places = {one.index: (one.header, one.fact) for one in block.header.columns}
            places |= {one.index: (one.header, "") for one in block.header.unused}
            for _, (title, fact) in sorted(places.items()):
                self._table.titles.setdefault(title, fact)

    def _note_columns(self) -> None:
        self._note_titles()
        for block in self._blocks.blocks:
            self._left.columns(block, self._blocks.concealed)

    def _read(self, number: int, cells: Sequence[Cell]) -> None:
        filled = self._merged.filled(number, cells)
        if not any(map(text_of, cells)) or self._is_left(number, cells):
            return
        if parts := self._building(cells):
            self._place = narrowed(self._place, parts)
            self._left.row(LeftoverKind.ROWS_BAND, number, cells)
            return
        rows = [
            _row(self._source.title, number, block, filled, self._place)
            for block in self._blocks.blocks
        ]
        if not any(map(_is_person, rows)) and self._heads(number, cells):
            return
        if kind := _aside(rows, cells):
            self._left.row(kind, number, cells)
            return
        self._left.comments(number, self._blocks.comments(number))
        self._left.beside(cells)
        for place, row in enumerate(rows):
            if not row.name() and not any(row.text(one) for one in HouseholdField):
                continue
            self._table.rows += 1
            self._rows.setdefault(self._tables + place, []).append(row)

    def _is_left(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row is not read: out of sight, or struck through."""
        name = self._blocks.blocks[0].header.index(HouseholdField.NAME)
        if self._blocks.is_struck(number, cells, name):
            self._left.row(LeftoverKind.ROWS_STRUCK, number, cells)
            return True
        if number in self._source.hidden_rows:
            kind = LeftoverKind.ROWS_HIDDEN if self._skip else LeftoverKind.ROWS_HIDDEN_READ
            self._left.row(kind, number, cells)
            return self._skip
        return False

    def _building(self, cells: Sequence[Cell]) -> tuple[AddressPart, ...]:
        """What of an address a row says for those below it, and nothing of its own: an address
        alone under its own heading is no band."""
        places = [block.header.index(HouseholdField.ADDRESS) for block in self._blocks.blocks]
        filled = [place for place, cell in enumerate(cells) if text_of(cell)]
        if len(filled) == 1 and filled[0] in places:
            return ()
        return parts_named(band_of(cells))

    def _heads(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row is a header, the same once more or that of another table."""
        before = self._blocks.blocks
        if not self._blocks.is_header(number, cells):
            return False
        if self._blocks.blocks is not before:
            self._tables += len(before)
            self._note_columns()
        self._left.row(LeftoverKind.ROWS_HEADER, number, cells)
        return True

    def _judge(self, rows: Sequence[RegisterRow]) -> None:
        """Part the rows of one table into households; those without a name are a fault."""
        for group in households_in(rows):
            nameless = [one for one in group if not one.name()]
            if nameless:
                faults = [_nameless(one) for one in nameless]
                self._table.faults.append(faults)
                continue
            gone = [_gone(one) for one in group if one.gone]
            if gone:
                self._table.faults.append(gone)
                continue
            read = household_in(group, self._rules, self._table.notes)
            if isinstance(read, RegisterHousehold):
                self._table.households.append(read)
            else:
                self._table.faults.append(read)


def _is_headed(blocks: SheetBlocks) -> bool:
    """Whether the table that begins a sheet has whom it is about and something else of them."""
    header = blocks.blocks[0].header if blocks.blocks else None
    if header is None or len(header.columns) < 2:
        return False
    return any(not header.missing([one]) for one in (HouseholdField.NAME, HouseholdField.HEAD))


def _row(
    sheet: str,
    number: int,
    block: TableBlock,
    filled: FilledRow,
    place: tuple[AddressPart, ...],
) -> RegisterRow:
    columns, cells = block.header.columns, filled.cells
    texts = {one.fact: cells[one.index] if one.index < len(cells) else "" for one in columns}
    above = frozenset(one.fact for one in columns if one.index in filled.inherited)
    beside = [one.index for one in block.header.unused if one.reason == "unknown"]
    remarks = (text_of(cells[place]) for place in beside if place < len(cells))
    gone = next(filter(is_gone, remarks), "")
    return RegisterRow(sheet, number, texts, above, gone, place)


def _is_person(row: RegisterRow) -> bool:
    """Whether a row has a figure or a relation of somebody, and so heads nothing."""
    texts = [row.text(one) for one in HouseholdField]
    return row.relation is not None or any(any(map(str.isdigit, text)) for text in texts)


def _aside(rows: Sequence[RegisterRow], cells: Sequence[Cell]) -> LeftoverKind | None:
    """What a row is that tells of no household: a total, a signature, an example."""
    texts = [text for cell in cells if (text := text_of(cell))]
    if any(_EXAMPLE.match(text) for text in texts):
        return LeftoverKind.ROWS_EXAMPLE
    if any(_TOTAL.match(compact(text)) for text in texts[:2]):
        return LeftoverKind.ROWS_MARGIN
    own = [one for row in rows for one in _PERSONAL if row.text(one)]
    named = [row for row in rows if row.name() and HouseholdField.NAME not in row.inherited]
    if not own and (not named or _MARGIN.match(compact(texts[0]))) and len(texts) < 4:
        return LeftoverKind.ROWS_MARGIN
    return None


def _gone(row: RegisterRow) -> HouseholdFault:
    word = {"word": quoted(row.gone)}
    return HouseholdFault(row.sheet, row.number, "gone", HouseholdField.NAME.value, word)


def _nameless(row: RegisterRow) -> HouseholdFault:
    return HouseholdFault(row.sheet, row.number, "name-missing", HouseholdField.NAME.value)
