"""A spreadsheet of services as a whole: its sheets, the headings it has, and why it is no table."""

from collections.abc import Mapping, Sequence

from baodao.kernel.errors import Refused, gettext_noop
from baodao.spreadsheets.leftovers import Leftover, LeftoverKind, is_called_old, sheet_leftover
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import source_sheets
from baodao.timesheets.queries.sheets import (
    NEEDED,
    ServiceSheet,
    Watch,
    fewest,
    sheet_in,
    unwatched,
)
from baodao.timesheets.rules.headings import TITLES, Columns, ServiceField
from baodao.timesheets.rules.questions import ImportScope
from baodao.timesheets.rules.rows import check_size


def sheets_in(
    content: bytes, scope: ImportScope, headers: Mapping[str, str], watch: Watch = unwatched
) -> tuple[list[ServiceSheet], list[Leftover]]:
    """Every sheet that is read, and those that are hidden or called old; refused when none has a
    table of services, or they are too long. `headers` are those that were taught: header key →
    fact; `watch` is told how many rows more were read, and may raise to stop."""
    every: list[ServiceSheet] = []
    hidden: list[Leftover] = []
    with source_sheets(content, include_hidden=scope.include_hidden) as sheets:
        for source in sheets:
            if source.hidden and not scope.include_hidden:
                hidden.append(sheet_leftover(LeftoverKind.SHEET_HIDDEN, source.title))
                continue
            sheet = sheet_in(source, scope, headers, watch)
            if is_called_old(source.title) and not scope.include_hidden and any_table(every):
                count = sheet.count or len(sheet.rows)
                hidden.append(sheet_leftover(LeftoverKind.SHEET_PAST, source.title, count=count))
                continue
            every.append(sheet)
            check_size(sum(sheet.count for sheet in every))
    if not any_table(every):
        has_rows = any(sheet.rows for sheet in every)
        raise unreadable("hidden") if hidden and not has_rows else _headless(every)
    return every, hidden


def any_table(sheets: Sequence[ServiceSheet]) -> bool:
    """Whether services can be read from one of these sheets."""
    return any(sheet.tables for sheet in sheets)


def titles_of(sheets: Sequence[ServiceSheet]) -> dict[str, str]:
    """The headings of the tables of these sheets, each with the fact that it holds, "" for none; of
    columns that hold a day each none is told."""
    titles: dict[str, str] = {}
    for sheet in sheets:
        for table in sheet.tables:
            _add_titles(titles, table.columns, is_day=table.is_day_column)
        for columns in sheet.partial:
            _add_titles(titles, columns)
    return titles


def seen_in(sheets: Sequence[ServiceSheet]) -> dict[str, str]:
    """The columns of sheets without a known heading, each with how it begins."""
    return {title: text for sheet in sheets for title, text in sheet.seen_columns.items()}


def _add_titles(titles: dict[str, str], columns: Columns, *, is_day: bool = False) -> None:
    every = columns.header.titles
    places = {
        place: field.value
        for field, place in columns.at.items()
        if not (is_day and field is ServiceField.TIME)
    }
    places |= {one.index: "" for one in columns.header.unused}
    for place in sorted(places):
        if every[place]:
            titles.setdefault(every[place], places[place])


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
                "service, say on the page what the columns hold, or use the empty table."
            ),
            titles="、".join(TITLES[one] for one in NEEDED),
            columns=seen_in(sheets),
        )
    columns = fewest(partial)
    return Refused(
        "spreadsheet.no-header",
        gettext_noop(
            "The table has %(titles)s, but no column is headed %(missing)s. Each row is one "
            "service of one member on one day: add it, say on the page which column holds it, or "
            "use the empty table."
        ),
        titles="、".join(columns.titles.values()),
        missing="、".join(columns.missing(None)),
        columns=seen_in(sheets),
        headings=list(titles_of(sheets).items()),
    )
