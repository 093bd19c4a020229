"""The tables of services in a spreadsheet: every sheet is read, or told with its reason."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from baodao.documents.spreadsheets.blocks import SheetBlocks, SheetRow
from baodao.documents.spreadsheets.cells import Cell, text_of
from baodao.documents.spreadsheets.leftovers import (
    Leftover,
    LeftoverKind,
    SheetLeftovers,
    sheet_leftover,
)
from baodao.documents.spreadsheets.merged import FilledRow, MergedCells
from baodao.documents.spreadsheets.workbooks import SourceSheet, source_sheets
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.service_days import year_in
from baodao.people.rules.names import is_name, name_of
from baodao.timesheets.rules.headings import (
    SERVICE_WORDS,
    TITLES,
    Columns,
    ServiceField,
    columns_of,
)
from baodao.timesheets.rules.questions import PLAIN, ImportScope
from baodao.timesheets.rules.rows import check_size

MOST_KEPT = 300
"""Rows of a sheet that are kept before a table of services is found in it."""
_DIGIT = re.compile(r"\d")
_NEEDED = (ServiceField.NAME, ServiceField.DAY, ServiceField.TIME)


@dataclass(frozen=True)
class ServiceTable:
    """What stands below one header, up to the next; `year` is that of days without one."""

    columns: Columns
    rows: Sequence[FilledRow]
    year: int | None


@dataclass(frozen=True)
class ServiceSheet:
    """A sheet as it was read: its tables of services, and its rows as they stand in the file.

    `partial` are headers to which something is missing, `left` tells what is not read.
    """

    title: str
    first_column: int
    tables: Sequence[ServiceTable]
    rows: Sequence[SheetRow]
    partial: Sequence[Columns]
    left: SheetLeftovers

    def leftovers(self) -> Iterator[Leftover]:
        """What of the sheet was not read as a service, all that was noted so far."""
        if self.tables:
            yield from self.left.all()
        elif not self.rows:
            yield sheet_leftover(LeftoverKind.SHEET_EMPTY, self.title)
        else:
            titles = _fewest(self.partial).titles.values() if self.partial else ()
            kind = LeftoverKind.SHEET_HEADLESS
            yield sheet_leftover(kind, self.title, "、".join(titles), len(self.rows))


def sheets_in(
    content: bytes, scope: ImportScope = PLAIN
) -> tuple[list[ServiceSheet], list[Leftover]]:
    """Every sheet that is read, and those that are hidden; refused when none has a table of
    services, or they are too long."""
    every: list[ServiceSheet] = []
    hidden: list[Leftover] = []
    with source_sheets(content, include_hidden=scope.include_hidden) as sheets:
        for source in sheets:
            if source.hidden and not scope.include_hidden:
                hidden.append(sheet_leftover(LeftoverKind.SHEET_HIDDEN, source.title))
                continue
            every.append(_SheetReader(source, scope).sheet())
            check_size(sum(len(table.rows) for sheet in every for table in sheet.tables))
    if not any(sheet.tables for sheet in every):
        raise _headless(every)
    return every, hidden


class _SheetReader:
    """Reads one sheet: rows below a whole header are a table's, all others are left."""

    def __init__(self, source: SourceSheet, scope: ImportScope) -> None:
        self._source = source
        self._skip = scope.skip_unseen
        self._merged = MergedCells(source.merges, source.first_column)
        self._left = SheetLeftovers(source.title)
        self._tables: list[tuple[Columns, list[FilledRow]]] = []
        self._current: list[tuple[Columns, list[FilledRow]]] = []
        self._partial: list[Columns] = []
        self._rows: list[SheetRow] = []

    def sheet(self) -> ServiceSheet:
        blocks = SheetBlocks(self._source, SERVICE_WORDS, {})
        for number, cells in blocks.above:
            self._rows.append((number, cells))
            self._left.row(LeftoverKind.ROWS_ABOVE, number, cells)
        self._begin(blocks)
        for number, cells in blocks.rows:
            self._read(blocks, number, cells)
        titles = [self._source.title, *_texts(blocks.above)]
        tables = [
            ServiceTable(columns, rows, _year(titles, columns, rows))
            for columns, rows in self._tables
        ]
        place = (self._source.title, self._source.first_column)
        return ServiceSheet(*place, tables, self._rows, self._partial, self._left)

    def _begin(self, blocks: SheetBlocks) -> None:
        self._current = []
        for block in blocks.blocks:
            columns = columns_of(block.header)
            if columns.missing:
                self._partial.append(columns)
            else:
                self._current.append((columns, []))
            self._left.columns(block._replace(header=columns.header), blocks.concealed)
        self._tables += self._current

    def _read(self, blocks: SheetBlocks, number: int, cells: Sequence[Cell]) -> None:
        row = self._merged.filled(number, cells)
        if not any(map(text_of, cells)):
            return
        if self._tables or len(self._rows) < MOST_KEPT:
            self._rows.append((number, cells))
        check_size(len(self._rows) - MOST_KEPT)
        if number in self._source.hidden_rows:
            kind = LeftoverKind.ROWS_HIDDEN if self._skip else LeftoverKind.ROWS_HIDDEN_READ
            self._left.row(kind, number, cells)
            if self._skip:
                return
        before = blocks.blocks
        if self._may_head(cells) and blocks.is_header(number, cells):
            self._left.row(LeftoverKind.ROWS_HEADER, number, cells)
            if blocks.blocks is not before:
                self._begin(blocks)
            return
        if not self._current:
            self._left.row(LeftoverKind.ROWS_TABLE, number, cells)
        for _, rows in self._current:
            rows.append(row)

    def _may_head(self, cells: Sequence[Cell]) -> bool:
        """Whether a row can be a header: without figures, and naming nobody."""
        texts = [text_of(cell) for cell in cells]
        if any(_DIGIT.search(text) for text in texts):
            return False
        places = [columns.at[ServiceField.NAME] for columns, _ in self._current]
        names = [texts[place] for place in places if place < len(texts)]
        return not any(is_name(name_of(n)) and not SERVICE_WORDS.is_word(n) for n in names)


def _year(titles: Sequence[str], columns: Columns, rows: Sequence[FilledRow]) -> int | None:
    """The one year that stands over a table, else that of the days that are written with theirs."""
    place = columns.at[ServiceField.DAY]
    days = (text_of(row.cells[place]) for row in rows if place < len(row.cells))
    return year_in(titles) or year_in(days)


def _texts(rows: Iterable[SheetRow]) -> Iterator[str]:
    return (text_of(cell) for _, cells in rows for cell in cells)


def _fewest(partial: Iterable[Columns]) -> Columns:
    return min(partial, key=lambda columns: (len(columns.missing), -len(columns.at)))


def _headless(sheets: Sequence[ServiceSheet]) -> Refused:
    """Says which headings are missing where there are some, else how a table begins."""
    if not any(sheet.rows for sheet in sheets):
        return Refused(
            "spreadsheet.empty",
            gettext_noop("This file holds no rows. Choose the file that holds the services."),
        )
    partial = [columns for sheet in sheets for columns in sheet.partial]
    if not partial:
        return Refused(
            "spreadsheet.no-header",
            gettext_noop(
                "No row with headings such as %(titles)s was found. Write them above the first "
                "service, or use the empty table."
            ),
            titles="、".join(TITLES[one] for one in _NEEDED),
        )
    columns = _fewest(partial)
    return Refused(
        "spreadsheet.no-header",
        gettext_noop(
            "The table has %(titles)s, but no column is headed %(missing)s. Each row is one "
            "service of one member on one day: add it, or use the empty table."
        ),
        titles="、".join(columns.titles.values()),
        missing="、".join(columns.missing),
    )
