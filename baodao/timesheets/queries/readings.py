"""The rows of a sheet's tables read one by one: services, problems, and rows that are neither."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from baodao.ledger.rules.days import YEARS_BEFORE_ASKING, years_before
from baodao.ledger.rules.durations import TimeUnit, Uncertainty
from baodao.people.rules.names import is_name, name_of
from baodao.spreadsheets.blocks import SheetRow
from baodao.spreadsheets.cells import quoted, text_of
from baodao.spreadsheets.date_orders import DateColumn, DateColumns
from baodao.spreadsheets.leftovers import LeftoverKind, SheetLeftovers
from baodao.spreadsheets.lengths import HOUR
from baodao.spreadsheets.merged_cells import FilledRow
from baodao.timesheets.queries.sheets import ServiceSheet, ServiceTable
from baodao.timesheets.rules.days_above import DayAbove
from baodao.timesheets.rules.headings import ServiceField
from baodao.timesheets.rules.name_lists import count_of
from baodao.timesheets.rules.questions import ImportScope
from baodao.timesheets.rules.rows import Answer, read_row
from baodao.timesheets.rules.services import RowProblem, ServiceRow, TableContext, Words
from baodao.timesheets.rules.totals import (
    RunningTotals,
    TotalFault,
    total_in,
    total_of_words,
)


class SheetReading:
    """What the tables of one sheet say; what is neither a service nor a problem goes into `left`.

    `count` is how many rows, or cells of columns of days, tell of a service: each of them is among
    the `services` or has `problems`.
    """

    def __init__(self, left: SheetLeftovers) -> None:
        self._left = left
        self._noted: set[tuple[LeftoverKind, int]] = set()
        self._silent: dict[int, tuple[FilledRow, bool]] = {}
        self._telling: set[int] = set()
        self._totals = RunningTotals()
        self.total_faults: list[TotalFault] = []
        self.dates: list[DateColumn] = []
        self.services: list[ServiceRow] = []
        self.problems: list[RowProblem] = []
        self.count = 0

    def read(self, table: ServiceTable, context: TableContext) -> None:
        """Read the rows of a table; one without a day is asked about that of the row before."""
        columns = table.columns
        place = columns.at.get(ServiceField.DAY, 0)
        for row in table.rows:
            answer = read_row(row, context)
            self._take(row, answer, context)
            is_named = columns.names_days and not columns.days and place < len(row.cells)
            day = text_of(row.cells[place]) if is_named else ""
            if day and isinstance(answer, list) and answer and isinstance(answer[0], ServiceRow):
                length = context.above.length if context.above else ""
                above = DayAbove(day, is_certain=False, length=length)
                context = replace(context, above=above)

    def _take(self, row: FilledRow, answer: Answer, context: TableContext) -> None:
        if answer is None:
            if context.is_day_column and any(map(text_of, row.cells)):
                place = context.columns.at.get(ServiceField.NAME)
                is_person = place is not None and is_name(name_of(row.cells[place]))
                self._silent[row.number] = row, is_person
            return
        self._telling.add(row.number)
        if isinstance(answer, LeftoverKind):
            self._note(answer, row)
            if answer is LeftoverKind.ROWS_MARGIN:
                self._check_total(row, context)
            return
        self._left.beside(row.cells)
        self.count += max(1, len({one.part for one in answer}))
        for one in answer:
            if isinstance(one, ServiceRow):
                self.services.append(one)
                minutes = one.minutes * HOUR if _is_in_hours(one) else one.minutes
                self._totals.add(_column(context), minutes, count_of(one.names))
            else:
                self.problems.append(one)

    def _check_total(self, row: FilledRow, context: TableContext) -> None:
        """Hold the total of a row against what stands above it."""
        place = context.columns.at.get(ServiceField.TIME)
        length = text_of(row.cells[place]) if place is not None and place < len(row.cells) else ""
        texts = [text for cell in row.cells if (text := text_of(cell))]
        stated = total_in(texts, length, context.columns.unit)
        is_day = context.is_day_column
        if fault := self._totals.difference(_column(context), stated, is_day=is_day):
            text = " ".join(dict.fromkeys(map(quoted, texts)))
            self.total_faults.append(TotalFault(context.sheet, row.number, text, *fault))

    def check_titles(self, sheet: str, rows: Sequence[SheetRow]) -> None:
        """Hold the total that the rows above the tables tell against all that was read."""
        for number, cells in rows:
            texts = [text for cell in cells if (text := text_of(cell))]
            if fault := self._totals.of_sheet(total_of_words(texts)):
                text = " ".join(dict.fromkeys(map(quoted, texts)))
                self.total_faults.append(TotalFault(sheet, number, text, *fault))

    def _note(self, kind: LeftoverKind, row: FilledRow) -> None:
        """Note a row once, however many columns of days it was read for."""
        if (kind, row.number) not in self._noted:
            self._noted.add((kind, row.number))
            self._left.row(kind, row.number, row.cells)

    def end(self) -> None:
        """Note the rows of tables with days across in which no day has anything."""
        for number, (row, is_person) in self._silent.items():
            if number not in self._telling:
                kind = LeftoverKind.ROWS_NAMES if is_person else LeftoverKind.ROWS_MARGIN
                self._note(kind, row)


def read_sheet(sheet: ServiceSheet, words: Words, scope: ImportScope, today: date) -> SheetReading:
    """What all tables of a sheet say."""
    reading = SheetReading(sheet.left)
    for table in sheet.tables:
        context = TableContext(
            sheet=sheet.title,
            columns=table.columns,
            words=words,
            year=table.year,
            month=table.month,
            today=today,
            above=table.above,
            who=table.who,
            scope=scope,
            is_day_column=table.is_day_column,
            side=table.side,
            dates=_dates(table, scope, today),
        )
        reading.dates += context.dates.forms.values()
        reading.read(table, _of_one_unit(table, context))
    reading.end()
    reading.check_titles(sheet.title, sheet.above)
    return reading


def _dates(table: ServiceTable, scope: ImportScope, today: date) -> DateColumns:
    """In which order a table writes its dates: one that gives days of its own year and month, and
    none long ago, before others."""
    place = table.columns.at.get(ServiceField.DAY)
    cells = (one.cells[place] for one in table.rows if place is not None and place < len(one.cells))
    earliest = years_before(today, YEARS_BEFORE_ASKING)

    def fits(on: date) -> bool:
        return on.year == (table.year or on.year) and on.month == (table.month or on.month)

    return DateColumns.of(
        ((text_of(cell), None) for cell in cells if isinstance(cell, str)),
        today,
        scope.dates,
        lambda on: fits(on) and on >= earliest,
    )


def _of_one_unit(table: ServiceTable, context: TableContext) -> TableContext:
    """The context of a table, whose small numbers are asked about where large ones have to be."""
    if context.columns.unit is TimeUnit.HOURS and context.scope.are_minutes:
        return replace(context, columns=replace(context.columns, unit=TimeUnit.RESTATED))
    if context.columns.unit is not TimeUnit.UNSAID:
        return context
    services = (one for row in table.rows for one in _services(read_row(row, context)))
    if not any(Uncertainty.NO_UNIT in one.questions for one in services):
        return context
    return replace(context, columns=replace(context.columns, unit=TimeUnit.MIXED))


def _services(answer: Answer) -> list[ServiceRow]:
    rows = answer if isinstance(answer, list) else []
    return [one for one in rows if isinstance(one, ServiceRow)]


def _is_in_hours(row: ServiceRow) -> bool:
    """Whether a number is still read as so many hours, which a total of the table counts too."""
    return Uncertainty.OVER_DAY in row.questions


def _column(context: TableContext) -> str:
    """The column of lengths to which a row belongs, however many bands divide it."""
    return context.side + context.columns.titles.get(ServiceField.TIME, "")
