"""The tables of services in a spreadsheet: every sheet is read, or told with its reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from baodao.documents.spreadsheets.refusals import unreadable
from baodao.documents.spreadsheets.workbooks import SourceSheet, source_sheets
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.service_days import year_in
from baodao.people.rules.cells import Cell, text_of
from baodao.statements.rules.headings import TITLES, Columns, Row, ServiceField, columns_of
from baodao.statements.rules.imports import TableRow, check_size

HEADER_ROWS = 30
"""Among so many rows at its top a sheet has its header."""
MOST_FILLED = 2_000_000
"""More merged cells than the rows of a table can have: a file made to keep us busy."""
_NEEDED = (ServiceField.NAME, ServiceField.DAY, ServiceField.TIME)


@dataclass(frozen=True)
class ServiceTable:
    """What stands below one header, up to the next: its rows, and the year of days without one."""

    columns: Columns
    rows: Sequence[TableRow]
    year: int | None


@dataclass(frozen=True)
class ServiceSheet:
    """A sheet with its rows as they are and the tables in it.

    Of a sheet without a table only the first rows are kept, and `nearest` is what in them looks
    most like a header.
    """

    title: str
    hidden: bool
    first_column: int
    rows: Sequence[Row]
    tables: Sequence[ServiceTable] = ()
    nearest: Columns | None = None


def sheets_in(content: bytes) -> list[ServiceSheet]:
    """Every sheet; refused when none has a table of services, or they are too long."""
    every: list[ServiceSheet] = []
    with source_sheets(content) as sheets:
        for sheet in sheets:
            every.append(_sheet(sheet))
            check_size(sum(len(table.rows) for one in every for table in one.tables))
    if not any(sheet.tables for sheet in every):
        raise _headless(every)
    return every


def _sheet(source: SourceSheet) -> ServiceSheet:
    rows: list[Row] = []
    headers: list[Columns] = []
    nearest: Columns | None = None
    for number, cells in source.rows:
        if not any(map(text_of, cells)):
            continue
        columns = columns_of((number, cells))
        if not columns.missing:
            headers.append(columns)
        elif not headers and columns.at and (not nearest or _nearer(columns, nearest)):
            nearest = columns
        rows.append((number, cells))
        if len(rows) >= HEADER_ROWS and not headers:
            break
        check_size(len(rows) - HEADER_ROWS)
    sheet = ServiceSheet(source.title, source.hidden, source.first_column, rows)
    if not headers:
        return replace(sheet, nearest=nearest)
    merged = _merged(source, rows)
    ends = [*(header.row for header in headers), (rows[-1][0] if rows else 0) + 1]
    titles = [source.title, *_texts(row for row in rows if row[0] < headers[0].row)]
    tables = []
    for header, (top, bottom) in zip(headers, pairwise(ends), strict=True):
        body = [_filled(row, merged) for row in rows if top < row[0] < bottom]
        tables.append(ServiceTable(header, body, year_in(titles) or _year_of(header, body)))
    return replace(sheet, tables=tables)


def _nearer(columns: Columns, other: Columns) -> bool:
    return (len(columns.missing), -len(columns.at)) < (len(other.missing), -len(other.at))


def _merged(source: SourceSheet, rows: Sequence[Row]) -> dict[tuple[int, int], Cell]:
    """What merged cells hold for the rows below their first, by row and place."""
    cells_of = dict(rows)
    last = max(cells_of, default=0)
    values: dict[tuple[int, int], Cell] = {}
    filled = 0
    for merge in source.merges:
        place = merge.left - source.first_column
        cells = cells_of.get(merge.top, ())
        if 0 <= place < len(cells):
            below = range(merge.top + 1, min(merge.bottom, last) + 1)
            filled += len(below)
            if filled > MOST_FILLED:
                raise unreadable("bomb")
            values |= {(number, place): cells[place] for number in below}
    return values


def _filled(row: Row, merged: Mapping[tuple[int, int], Cell]) -> TableRow:
    number, cells = row
    inherited = {place for place in range(len(cells)) if (number, place) in merged}
    inherited = {place for place in inherited if not text_of(cells[place])}
    if not inherited:
        return TableRow(number, cells)
    every = [merged[number, at] if at in inherited else cell for at, cell in enumerate(cells)]
    return TableRow(number, every, frozenset(inherited))


def _year_of(header: Columns, rows: Sequence[TableRow]) -> int | None:
    """The one year of the days that are written with theirs."""
    place = header.at[ServiceField.DAY]
    return year_in(text_of(row.cells[place]) for row in rows if place < len(row.cells))


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    return (text_of(cell) for _, cells in rows for cell in cells)


def _headless(sheets: Sequence[ServiceSheet]) -> Refused:
    """Says which headings are missing where there are some, else how a table begins."""
    partial = [(sheet, sheet.nearest) for sheet in sheets if sheet.nearest]
    if not any(sheet.rows for sheet in sheets):
        return Refused(
            "spreadsheet.empty",
            gettext_noop("This file holds no rows. Choose the file that holds the services."),
        )
    if not partial:
        return Refused(
            "spreadsheet.no-header",
            gettext_noop(
                "No row with headings such as %(titles)s was found. Write them above the first "
                "service, or use the empty table."
            ),
            titles="、".join(TITLES[one] for one in _NEEDED),
        )
    sheet, columns = min(partial, key=lambda pair: (len(pair[1].missing), -len(pair[1].at)))
    return Refused(
        "spreadsheet.no-header",
        gettext_noop(
            "Row %(row)s of %(sheet)s has %(titles)s, but no column is headed %(missing)s. Each "
            "row is one service of one member on one day: add it, or use the empty table."
        ),
        row=columns.row,
        sheet=sheet.title or "CSV",
        titles="、".join(columns.titles.values()),
        missing="、".join(columns.missing),
    )
