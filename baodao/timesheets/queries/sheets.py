"""The tables of services in a spreadsheet: every sheet is read, or told with its reason."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from baodao.spreadsheets.merged_cells import FilledRow, MergedCells
from baodao.spreadsheets.seen_columns import first_lines
from baodao.spreadsheets.workbooks import SourceSheet
from baodao.timesheets.rules.day_columns import are_lengths, below, day_columns
from baodao.timesheets.rules.days_above import (
    DayAbove,
    band_day,
    day_over,
    is_of_paper,
    length_over,
    month_over,
)
from baodao.timesheets.rules.headings import (
    SERVICE_WORDS,
    Columns,
    ServiceField,
    columns_of,
    unit_over,
)
from baodao.timesheets.rules.people_above import Who, person_in, person_over
from baodao.timesheets.rules.questions import ImportScope
from baodao.timesheets.rules.rows import check_size

Watch = Callable[[int], None]
WATCHED = 2_000
"""So many rows are read, or held against what is recorded, until somebody is told."""


def unwatched(_: int) -> None:
    """Nobody waits for how far it is."""


MOST_KEPT = 300
"""Rows of a sheet that are kept before a table of services is found in it."""
_DIGIT = re.compile(r"\d")
_DITTO = re.compile(r"同上行?|[〃″＂\"]|〃〃|''")
NEEDED = (ServiceField.NAME, ServiceField.DAY, ServiceField.TIME)


@dataclass(frozen=True)
class ServiceTable:
    """What stands below one header or one band, up to the next; `year` and `month` are those of
    days without.

    `above` is the day of rows that name none, `who` whom rows without names are about. With
    `is_day_column` the table is one column of a table with days across, and each cell of it a
    service. `side` tells tables side by side apart.
    """

    columns: Columns
    rows: Sequence[FilledRow]
    year: int | None
    month: int | None
    above: DayAbove | None = None
    who: Who = field(default_factory=dict)
    is_day_column: bool = False
    side: str = ""


@dataclass(frozen=True)
class ServiceSheet:
    """A sheet as it was read: its tables of services, and its rows as they stand in the file.

    `partial` are headers to which something is missing, `left` tells what is not read, `above` are
    the rows over the first header; `seen_columns` the columns of a sheet without a known heading,
    each with how it begins.
    """

    title: str
    first_column: int
    tables: Sequence[ServiceTable]
    rows: Sequence[SheetRow]
    partial: Sequence[Columns]
    left: SheetLeftovers
    above: Sequence[SheetRow] = ()
    seen_columns: Mapping[str, str] = field(default_factory=dict)

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
            titles = "、".join(fewest(self.partial).titles.values()) if self.partial else ""
            kind = LeftoverKind.SHEET_HEADLESS
            yield sheet_leftover(kind, self.title, titles or first_lines(self.rows), len(self.rows))


def sheet_in(
    source: SourceSheet,
    scope: ImportScope,
    headers: Mapping[str, str],
    watch: Watch = unwatched,
) -> ServiceSheet:
    """One sheet with its tables of services; its rows are read once. What somebody said of a column
    of this file wins over what was taught."""
    return _SheetReader(source, scope, {**headers, **scope.headers}).sheet(watch)


@dataclass(frozen=True)
class _Draft:
    """A table of which rows are still being read."""

    columns: Columns
    above: DayAbove | None
    side: str = ""
    who: Who = field(default_factory=dict)
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
        self._month = month_over(self._above(), source.title)
        self._length = length_over(self._above())
        self._columns: list[Columns] = []
        self._headers: list[tuple[TableBlock, Columns]] = []
        self._band: SheetRow | None = None
        self._who = person_over(self._above())
        self._days: list[DayAbove | None] = []
        self._before: Sequence[Cell] = ()
        self._drafts: list[_Draft] = []
        self._current: list[_Draft] = []
        self._partial: list[Columns] = []
        self._rows: list[SheetRow] = []

    def sheet(self, watch: Watch) -> ServiceSheet:
        above = self._blocks.above
        for number, cells in above:
            self._rows.append((number, cells))
            self._left.row(LeftoverKind.ROWS_ABOVE, number, cells)
        over = self._across(*above[-1]) if above and not is_of_paper(above[-1][1]) else ()
        self._begin(self._blocks.blocks, over if len({*over, ""}) > 2 else ())
        for count, (number, cells) in enumerate(self._blocks.rows, start=1):
            self._read(number, cells)
            if count % WATCHED == 0:
                watch(WATCHED)
        self._end_band(LeftoverKind.ROWS_MARGIN)
        for block, columns in self._headers:
            self._left.columns(block._replace(header=columns.header), self._blocks.concealed)
        place = (self._source.title, self._source.first_column)
        tables = [table for draft in self._drafts for table in self._tables_of(draft)]
        seen = {} if self._headers else self._blocks.seen()
        return ServiceSheet(*place, tables, self._rows, self._partial, self._left, above, seen)

    def _above(self) -> Iterator[Sequence[Cell]]:
        return (cells for _, cells in self._blocks.above)

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
        columns, when = draft.columns, (_year(self._titles, draft), self._month)
        if not columns.days:
            where = (draft.above, draft.who)
            return [ServiceTable(columns, draft.rows, *when, *where, side=draft.side)]
        return [
            ServiceTable(
                columns.on_day(place),
                draft.rows,
                *when,
                DayAbove(one.day, is_certain=True, length=one.length or self._length),
                draft.who,
                is_day_column=True,
                side=draft.side,
            )
            for place, one in columns.days.items()
        ]

    def _begin(self, blocks: Iterable[TableBlock], over: Sequence[str] = ()) -> None:
        """Begin the tables of a header; `over` are the texts of the row right above it."""
        blocks = tuple(blocks)
        headers = [one.header for one in self._columns] + [one.header for one in blocks]
        self._who = person_over(_uppermost(one.titles) for one in headers) or self._who
        self._columns = []
        for block in blocks:
            days = day_columns(block.header.titles, self._month)
            days = days or day_columns(below(over, block.header.titles), self._month)
            columns = columns_of(block.header, days, unit_over(self._titles))
            self._columns.append(columns)
            self._headers.append((block, columns))
        day = day_over(self._above(), self._source.title, self._month)
        if self._band is not None:
            day = next(filter(None, self._days), None)
        self._start([day] * len(self._columns))
        self._partial += [one for one in self._columns if self._lacks(one, day)]

    def _start(self, days: Sequence[DayAbove | None]) -> None:
        """Begin the tables of the headers at hand, below a day each, and whoever is named above."""
        self._days = list(days)
        self._current = [
            self._draft(columns, day)
            for columns, day in zip(self._columns, days, strict=True)
            if not self._lacks(columns, day)
        ]
        self._drafts += self._current

    def _draft(self, columns: Columns, day: DayAbove | None) -> _Draft:
        above = self._above_of(columns, day)
        side = _letter(columns) if len(self._columns) > 1 else ""
        return _Draft(columns, above, side, {} if ServiceField.NAME in columns.at else self._who)

    def _lacks(self, columns: Columns, day: DayAbove | None) -> bool:
        """Whether no service can be read from these columns and what stands above them."""
        above = self._above_of(columns, day) or day
        return bool(columns.missing(above, is_named=bool(self._who)))

    def _above_of(self, columns: Columns, day: DayAbove | None) -> DayAbove | None:
        """What stands above that holds for the rows: of a title no day where they name theirs."""
        if columns.names_days and not (day is not None and day.is_certain):
            return DayAbove("", is_certain=True, length=self._length) if self._length else None
        return day and replace(day, length=day.length or self._length)

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
        banded = self._begin_side_bands(cells)
        for draft in self._current:
            if draft not in banded:
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
        if self._names_person(number, cells):
            return True
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
            self._end_band(LeftoverKind.ROWS_MARGIN)
            self._band = number, cells
            self._start(self._days_of_sides(band, cells))
            return True
        else:
            return False
        self._left.row(LeftoverKind.ROWS_HEADER, number, cells)
        return True

    def _days_of_sides(self, band: DayAbove, cells: Sequence[Cell]) -> list[DayAbove | None]:
        """The day of a band for each table that it stands over, or a day each."""
        own = [band_day(_own_cells(one, cells), self._month) for one in self._columns]
        if len(set(own) - {None}) < 2:
            return [band] * len(own)
        return [day or before for day, before in zip(own, self._days, strict=True)]

    def _begin_side_bands(self, cells: Sequence[Cell]) -> list[_Draft]:
        """Begin the tables of those sides over which a band stands while others have a row."""
        if len(self._current) < 2:
            return []
        banded = []
        for place, draft in enumerate(self._current):
            own = _own_cells(draft.columns, cells)
            day = self._day_in(own, [draft.columns], cells)
            if day is not None:
                banded.append(self._draft(draft.columns, day))
                self._current[place] = banded[-1]
        self._drafts += banded
        return banded

    def _names_person(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row says whom the rows below are about, or the next table if this has names."""
        has_names = any(ServiceField.NAME in columns.at for columns in self._columns)
        who = person_in(cells, in_one_cell=has_names)
        if not who:
            return False
        self._who = who
        self._left.row(LeftoverKind.ROWS_BAND, number, cells)
        if not has_names:
            self._start(self._days)
        return True

    def _may_head(self, texts: Sequence[str]) -> bool:
        """Whether a row can be a header: without figures, and naming nobody."""
        if any(_DIGIT.search(text) for text in texts):
            return False
        words = {SERVICE_WORDS.meaning(one).fact for one in filter(SERVICE_WORDS.is_word, texts)}
        if len(words) > 1 and not words.isdisjoint(NEEDED):
            return True
        return not any(
            is_name(name_of(n)) and not SERVICE_WORDS.is_word(n) for n in self._in(texts)
        )

    def _in(self, texts: Sequence[str]) -> list[str]:
        """What stands in the columns of names."""
        return _at([columns.at.get(ServiceField.NAME) for columns in self._columns], texts)

    def _is_day_header(self, texts: Sequence[str]) -> bool:
        """Whether a row heads a column of names and others of days."""
        heads = any(map(SERVICE_WORDS.is_word, texts))
        return heads and len(day_columns(texts, self._month)) > 1

    def _names_days(self, number: int, texts: Sequence[str]) -> bool:
        """Whether the row right below a header says the days of its columns, or how long it was on
        these days."""
        if not self._headers or len(self._columns) != 1:
            return False
        block, columns = self._headers[-1]
        is_named = any(map(is_name, map(name_of, self._in(texts))))
        is_whole = {ServiceField.DAY, ServiceField.TIME} <= columns.at.keys()
        if number != block.header_row + 1 or is_whole or (is_named and not columns.days):
            return False
        titles = below(columns.header.titles, texts)
        days = day_columns(titles, self._month)
        if not are_lengths(texts, columns.days) if columns.days else len(days) < 2:
            return False
        fresh = columns_of(columns.header, days, unit_over(self._titles))
        self._drafts = [one for one in self._drafts if one not in self._current]
        self._partial = [one for one in self._partial if one is not columns]
        self._headers[-1] = block, fresh
        self._columns = [fresh]
        self._start([None])
        return True

    def _day_of_band(self, cells: Sequence[Cell]) -> DayAbove | None:
        """The day of a row that names nobody and no length."""
        return self._day_in(cells, self._columns, cells)

    def _day_in(
        self, part: Sequence[Cell], tables: Sequence[Columns], cells: Sequence[Cell]
    ) -> DayAbove | None:
        """The day of a part of a row in which none of these tables has a name or a length."""
        texts = [text_of(cell) for cell in cells]
        lead = next((text for cell in part if (text := text_of(cell))), "")
        lengths = [columns.at.get(ServiceField.TIME) for columns in tables]
        names = [columns.at.get(ServiceField.NAME) for columns in tables]
        if any(text != lead for text in _at(lengths, texts) if text):
            return None
        named_above = ServiceField.NAME not in tables[0].at if tables else False
        days = [one.at.get(ServiceField.DAY) for one in tables if named_above and self._who]
        if any(_at(days, texts)) or any(map(is_name, map(name_of, _at(names, texts)))):
            return None
        return band_day(part, self._month)


def _at(places: Iterable[int | None], texts: Sequence[str]) -> list[str]:
    """What stands at these places."""
    return [texts[place] for place in places if place is not None and place < len(texts)]


def _own_cells(columns: Columns, cells: Sequence[Cell]) -> Sequence[Cell]:
    """Those of a row's cells that are of one table."""
    return cells[columns.span.start : columns.span.stop]


def _uppermost(titles: Iterable[str]) -> list[str]:
    """The first level of the headings: 姓名 | 乐华 right above them seems to be one."""
    return [title.partition("/")[0] for title in titles]


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


def fewest(partial: Iterable[Columns]) -> Columns:
    """The header to which least is missing."""
    return min(partial, key=lambda columns: (len(columns.missing(None)), -len(columns.at)))
