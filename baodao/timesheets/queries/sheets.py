"""The tables of services in a spreadsheet: every sheet is read, or told with its reason."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.service_days import year_in
from baodao.people.rules.names import is_name, name_of
from baodao.spreadsheets.blocks import SheetBlocks, SheetRow, TableBlock
from baodao.spreadsheets.cells import Cell, column_letter, text_of
from baodao.spreadsheets.leftovers import (
    Leftover,
    LeftoverKind,
    SheetLeftovers,
    sheet_leftover,
)
from baodao.spreadsheets.merged import FilledRow, MergedCells
from baodao.spreadsheets.workbooks import SourceSheet, source_sheets
from baodao.timesheets.rules.day_columns import below, day_columns, month_in
from baodao.timesheets.rules.days_above import DayAbove, band_day, day_over
from baodao.timesheets.rules.headings import (
    SERVICE_WORDS,
    TITLES,
    Columns,
    ServiceField,
    columns_of,
    unit_over,
)
from baodao.timesheets.rules.questions import ImportScope
from baodao.timesheets.rules.rows import check_size

MOST_KEPT = 300
"""Rows of a sheet that are kept before a table of services is found in it."""
_DIGIT = re.compile(r"\d")
_DITTO = re.compile(r"同上行?|[〃″＂\"]|〃〃|''")
_NEEDED = (ServiceField.NAME, ServiceField.DAY, ServiceField.TIME)


@dataclass(frozen=True)
class ServiceTable:
    """What stands below one header or one band, up to the next; `year` is that of days without one.

    `above` is the day of rows that name none. With `is_day_column` the table is one column of a
    table with days across, and each cell of it a service. `side` tells tables side by side apart.
    """

    columns: Columns
    rows: Sequence[FilledRow]
    year: int | None
    above: DayAbove | None = None
    is_day_column: bool = False
    side: str = ""


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

    @property
    def count(self) -> int:
        """How many rows its tables have, each once however many columns of days it has."""
        return len({row.number for table in self.tables for row in table.rows})

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
    content: bytes, scope: ImportScope, headers: Mapping[str, str]
) -> tuple[list[ServiceSheet], list[Leftover]]:
    """Every sheet that is read, and those that are hidden; refused when none has a table of
    services, or they are too long. `headers` are those that were taught: header key → fact."""
    every: list[ServiceSheet] = []
    hidden: list[Leftover] = []
    with source_sheets(content, include_hidden=scope.include_hidden) as sheets:
        for source in sheets:
            if source.hidden and not scope.include_hidden:
                hidden.append(sheet_leftover(LeftoverKind.SHEET_HIDDEN, source.title))
                continue
            every.append(_SheetReader(source, scope, headers).sheet())
            check_size(sum(sheet.count for sheet in every))
    if not any(sheet.tables for sheet in every):
        raise _headless(every)
    return every, hidden


@dataclass(frozen=True)
class _Draft:
    """A table of which rows are still being read."""

    columns: Columns
    above: DayAbove | None
    side: str = ""
    rows: list[FilledRow] = field(default_factory=list)


class _SheetReader:
    """Reads one sheet: rows below a header from which services can be read are a table's, all
    others are left."""

    def __init__(self, source: SourceSheet, scope: ImportScope, headers: Mapping[str, str]) -> None:
        self._source = source
        self._skip = scope.skip_unseen
        self._merged = MergedCells(source.merges, source.first_column)
        self._left = SheetLeftovers(source)
        self._blocks = SheetBlocks(source, SERVICE_WORDS, headers)
        self._titles = [source.title, *_texts(self._blocks.above)]
        self._columns: list[Columns] = []
        self._headers: list[tuple[TableBlock, Columns]] = []
        self._band: SheetRow | None = None
        self._before: Sequence[Cell] = ()
        self._drafts: list[_Draft] = []
        self._current: list[_Draft] = []
        self._partial: list[Columns] = []
        self._rows: list[SheetRow] = []

    def sheet(self) -> ServiceSheet:
        above = self._blocks.above
        for number, cells in above:
            self._rows.append((number, cells))
            self._left.row(LeftoverKind.ROWS_ABOVE, number, cells)
        self._begin(self._blocks.blocks, self._across(*above[-1]) if above else ())
        for number, cells in self._blocks.rows:
            self._read(number, cells)
        self._end_band(LeftoverKind.ROWS_MARGIN)
        for block, columns in self._headers:
            self._left.columns(block._replace(header=columns.header), self._blocks.concealed)
        place = (self._source.title, self._source.first_column)
        tables = [table for draft in self._drafts for table in self._tables_of(draft)]
        return ServiceSheet(*place, tables, self._rows, self._partial, self._left)

    def _across(self, number: int, cells: Sequence[Cell]) -> list[str]:
        """The texts of a row, each over all the columns that it is merged across."""
        texts = [text_of(cell) for cell in cells]
        for region in self._source.merges:
            left = region.left - self._source.first_column
            if region.top <= number <= region.bottom and 0 <= left < len(texts):
                right = min(region.right - self._source.first_column + 1, len(texts))
                texts[left:right] = [texts[left]] * (right - left)
        return texts

    def _tables_of(self, draft: _Draft) -> list[ServiceTable]:
        columns, year = draft.columns, _year(self._titles, draft)
        if not columns.days:
            return [ServiceTable(columns, draft.rows, year, draft.above, side=draft.side)]
        return [
            ServiceTable(
                columns.on_day(place),
                draft.rows,
                year,
                DayAbove(one.day, is_certain=True),
                is_day_column=True,
                side=draft.side,
            )
            for place, one in columns.days.items()
        ]

    def _begin(self, blocks: Iterable[TableBlock], over: Sequence[str] = ()) -> None:
        """Begin the tables of a header; `over` are the texts of the row right above it."""
        self._columns, self._current = [], []
        above = day_over((cells for _, cells in self._blocks.above), self._source.title)
        for block in blocks:
            month, unit = month_in(self._titles), unit_over(self._titles)
            days = day_columns(block.header.titles, month)
            days = days or day_columns(below(over, block.header.titles), month)
            columns = columns_of(block.header, days, unit)
            self._columns.append(columns)
            self._headers.append((block, columns))
            if columns.missing(above):
                self._partial.append(columns)
            else:
                side = _letter(columns) if len(self._blocks.blocks) > 1 else ""
                day = None if columns.names_days else above
                self._current.append(_Draft(columns, day, side))
        self._drafts += self._current

    def _read(self, number: int, cells: Sequence[Cell]) -> None:
        row = self._merged.filled(number, cells)
        if not any(map(text_of, cells)):
            return
        if self._drafts or len(self._rows) < MOST_KEPT:
            self._rows.append((number, cells))
        check_size(len(self._rows) - MOST_KEPT)
        if self._is_left(number, cells) or self._heads(number, cells):
            return
        self._left.comments(number, self._blocks.comments(number))
        if not self._current:
            self._left.row(LeftoverKind.ROWS_TABLE, number, cells)
        elif any(map(is_name, map(name_of, self._in([text_of(cell) for cell in cells])))):
            self._end_band(LeftoverKind.ROWS_BAND)
        row = row._replace(cells=_repeated(row.cells, self._before))
        self._before = row.cells
        for draft in self._current:
            draft.rows.append(row)

    def _end_band(self, kind: LeftoverKind) -> None:
        """Note the last row that seemed to be a band as one that names those below, or as none."""
        if self._band is not None:
            self._left.row(kind, *self._band)
        self._band = None

    def _is_left(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row is not read: out of sight, or struck through."""
        places = [columns.at.get(ServiceField.NAME) for columns in self._columns]
        if self._blocks.is_struck(number, cells, places[0] if places else None):
            self._left.row(LeftoverKind.ROWS_STRUCK, number, cells)
            return True
        if number in self._source.hidden_rows:
            kind = LeftoverKind.ROWS_HIDDEN if self._skip else LeftoverKind.ROWS_HIDDEN_READ
            self._left.row(kind, number, cells)
            return self._skip
        return False

    def _heads(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row stands for those below: a header, the days of one, or a band."""
        texts = [text_of(cell) for cell in cells]
        before = self._blocks.blocks
        if self._may_head(texts) and self._blocks.is_header(number, cells):
            if self._blocks.blocks is not before:
                self._begin(self._blocks.blocks)
        elif self._is_day_header(texts):
            header = SERVICE_WORDS.header([texts], 0, {}, self._blocks.concealed)
            place = (self._source.title, self._source.first_column, number)
            self._begin([TableBlock(*place, header)])
        elif self._names_days(number, texts):
            return True
        elif band := self._day_of_band(cells):
            self._begin_band(band, number, cells)
            return True
        else:
            return False
        self._left.row(LeftoverKind.ROWS_HEADER, number, cells)
        return True

    def _begin_band(self, day: DayAbove, number: int, cells: Sequence[Cell]) -> None:
        self._end_band(LeftoverKind.ROWS_MARGIN)
        self._band = number, cells
        sides = [_letter(one) if len(self._columns) > 1 else "" for one in self._columns]
        self._current = [
            _Draft(columns, day, side)
            for columns, side in zip(self._columns, sides, strict=True)
            if not columns.missing(day)
        ]
        self._drafts += self._current

    def _may_head(self, texts: Sequence[str]) -> bool:
        """Whether a row can be a header: without figures, and naming nobody."""
        if any(_DIGIT.search(text) for text in texts):
            return False
        return not any(
            is_name(name_of(n)) and not SERVICE_WORDS.is_word(n) for n in self._in(texts)
        )

    def _in(self, texts: Sequence[str]) -> list[str]:
        """What stands in the columns of names."""
        places = [columns.at.get(ServiceField.NAME) for columns in self._columns]
        return [texts[place] for place in places if place is not None and place < len(texts)]

    def _is_day_header(self, texts: Sequence[str]) -> bool:
        """Whether a row heads a column of names and others of days."""
        heads = any(map(SERVICE_WORDS.is_word, texts))
        return heads and len(day_columns(texts, month_in(self._titles))) > 1

    def _names_days(self, number: int, texts: Sequence[str]) -> bool:
        """Whether the row right below a header of one level says the days of its columns."""
        if any(map(is_name, map(name_of, self._in(texts)))) or len(self._columns) != 1:
            return False
        block, columns = self._headers[-1]
        if number != block.header_row + 1:
            return False
        titles = below(columns.header.titles, texts)
        days = day_columns(titles, month_in(self._titles))
        if columns.days or len(days) < 2:
            return False
        fresh = columns_of(columns.header, days, unit_over(self._titles))
        self._drafts = [one for one in self._drafts if one not in self._current]
        self._partial = [one for one in self._partial if one is not columns]
        self._headers[-1] = block, fresh
        self._columns, self._current = [fresh], [_Draft(fresh, None)]
        self._drafts += self._current
        return True

    def _day_of_band(self, cells: Sequence[Cell]) -> DayAbove | None:
        """The day of a row that names nobody and no length."""
        texts = [text_of(cell) for cell in cells]
        lengths = [columns.at.get(ServiceField.TIME) for columns in self._columns]
        timed = any(place is not None and texts[place : place + 1] > [""] for place in lengths)
        if timed or any(map(is_name, map(name_of, self._in(texts)))):
            return None
        return band_day(cells)


def _letter(columns: Columns) -> str:
    return column_letter(columns.at[ServiceField.NAME]) if ServiceField.NAME in columns.at else ""


def _repeated(cells: Sequence[Cell], before: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a row, 同上 and 〃 replaced by what stands above them."""
    if not any(isinstance(cell, str) and _DITTO.fullmatch(cell.strip()) for cell in cells):
        return cells
    return [
        before[place]
        if place < len(before) and isinstance(cell, str) and _DITTO.fullmatch(cell.strip())
        else cell
        for place, cell in enumerate(cells)
    ]


def _year(titles: Sequence[str], draft: _Draft) -> int | None:
    """The one year that stands over a table, else that of the days that are written with theirs."""
    place = draft.columns.at.get(ServiceField.DAY)
    days = (
        text_of(r.cells[place]) for r in draft.rows if place is not None and place < len(r.cells)
    )
    return year_in(titles) or year_in(days)


def _texts(rows: Iterable[SheetRow]) -> Iterator[str]:
    return (text_of(cell) for _, cells in rows for cell in cells)


def _fewest(partial: Iterable[Columns]) -> Columns:
    return min(partial, key=lambda columns: (len(columns.missing(None)), -len(columns.at)))


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
        missing="、".join(columns.missing(None)),
    )
