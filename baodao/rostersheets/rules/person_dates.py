"""The dates of a table's people, row by row; what is doubtful is left until the column is read."""

from collections.abc import Mapping, Sequence
from datetime import date

from baodao.people.rules.dates import ReadDate
from baodao.people.rules.identity import Identity
from baodao.people.rules.periods import able_from
from baodao.rostersheets.rules.doubts import Doubts
from baodao.rostersheets.rules.headers import DATES, RosterFact
from baodao.rostersheets.rules.problem_log import ProblemLog
from baodao.rostersheets.rules.problems import DATE_ORDER
from baodao.rostersheets.rules.row_dates import UNREADABLE, is_same_day, may_be_month, read_date
from baodao.rostersheets.rules.slash_dates import SlashDate
from baodao.spreadsheets.cells import Cell, Memo, quoted, text_of
from baodao.spreadsheets.date_orders import form_of


class PersonDates:
    """`at` says in which column each fact stands; `read` remembers what each cell says."""

    def __init__(self, at: Mapping[str, int], log: ProblemLog, doubts: Doubts, today: date) -> None:
        self.read = {fact: Memo(read_date) for fact in DATES}
        self._at = at
        self._log = log
        self._doubts = doubts
        self._today = today

    def check_born(self, row: int, cells: Sequence[Cell], identity: Identity) -> None:
        """Hold the birthday against the ID number, and the age against what is lawful."""
        cell = cells[self._at[fact]] if (fact := RosterFact.BORN_ON) in self._at else ""
        is_told = identity.born_on is not None and may_be_month(cell, identity.born_on)
        born = None if is_told else self._date(row, cells, fact)
        if identity.born_on is None:
            return
        if able_from(identity.born_on, None) > self._today:
            self._log.problem(row, RosterFact.ID_NUMBER, "under-age")
        if born is None or is_same_day(born, identity.born_on):
            return
        problem = self._log.at(row, RosterFact.BORN_ON, "birth-conflict")
        is_month = born.on.day == 1 and is_same_day(ReadDate(born.on, True), identity.born_on)
        (self._doubts.births if is_month else self._log.problems).append(problem)

    def membership(
        self, row: int, cells: Sequence[Cell], identity: Identity
    ) -> tuple[date | None, date | None]:
        """Joining and full membership, as far as they can be read."""
        joined = self._date(row, cells, RosterFact.JOINED_ON)
        full = self._date(row, cells, RosterFact.FULL_ON)
        if joined is not None:
            if joined.on > self._today:
                self._misplaced(row, cells, RosterFact.JOINED_ON)
            if identity.born_on and joined.on < identity.born_on:
                self._log.problem(row, RosterFact.JOINED_ON, "joined-before-birth")
        if full is not None:
            early = joined is not None and full.on < joined.on and not full.by_month
            if early or full.on > self._today:
                self._misplaced(row, cells, RosterFact.FULL_ON)
        return joined.on if joined else None, full.on if full else None

    def _misplaced(self, row: int, cells: Sequence[Cell], fact: RosterFact) -> None:
        value = quoted(text_of(cells[self._at[fact]]))
        self._log.say(row, fact, "date-invalid", DATE_ORDER, value=value)

    def _date(self, row: int, cells: Sequence[Cell], fact: RosterFact) -> ReadDate | None:
        cell = cells[self._at[fact]] if fact in self._at else ""
        read = self.read[fact][cell]
        if read is not UNREADABLE:
            return read
        text = text_of(cell)
        problem = self._log.at(row, fact, "date-invalid", value=quoted(text))
        if form_of(text):
            self._doubts.slashes.append(SlashDate(row, fact, text, problem))
        else:
            self._doubts.dates.append(problem)
        return None
