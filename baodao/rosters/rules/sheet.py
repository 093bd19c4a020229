"""One table of a roster, row by row: people without a problem, and what is wrong with others."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from operator import getitem, itemgetter

from baodao.documents.spreadsheets.blocks import TableBlock
from baodao.documents.spreadsheets.cells import (
    Cell,
    Memo,
    column_letter,
    note_of,
    quoted,
    text_of,
)
from baodao.documents.spreadsheets.headings import header_key
from baodao.documents.spreadsheets.leftovers import LeftoverKind
from baodao.people.rules.dates import ReadDate, date_of
from baodao.people.rules.identity import Identity, identity_of
from baodao.people.rules.names import is_name, name_of
from baodao.people.rules.periods import able_from
from baodao.people.rules.phones import phone_of
from baodao.people.rules.standing import Standing
from baodao.rosters.rules.branch_column import BranchColumn
from baodao.rosters.rules.branches import branch_name, is_branch_name
from baodao.rosters.rules.headers import RosterFact
from baodao.rosters.rules.margins import EXAMPLES, is_margin
from baodao.rosters.rules.problems import (
    DATE_ORDER,
    MESSAGES,
    NOT_A_MEMBER,
    RosterProblem,
)
from baodao.rosters.rules.roster import RosterRow
from baodao.rosters.rules.words import (
    Stand,
    answered,
    graded,
    is_answer,
    sex_of,
    stand_of,
    yes_or_no,
)

JUDGED = (
    *(RosterFact.NAME, RosterFact.ID_NUMBER, RosterFact.PHONE, RosterFact.SEX, RosterFact.BORN_ON),
    *(RosterFact.JOINED_ON, RosterFact.FULL_ON, RosterFact.STANDING, RosterFact.GRADE),
    *(RosterFact.BRANCH, RosterFact.LIVES_IN_CITY),
)
ABSENT = -1
"""Where a column is that is not there: every row gets one empty cell behind its last."""
UNREADABLE = ReadDate(date.min)
Pick = Callable[[Sequence[Cell]], tuple[Cell, ...]]


class SheetJudge:
    """Reads the rows below one header; `rows` are people without a problem so far.

    `seen` is shared by the tables of a sheet: ID number → where it stood first. `notes` reads the
    facts that are kept as they stand. `standing` is what a band, a title or the sheet's name says
    of people whose row does not. `faulty` are rows with problems and their branches.
    """

    def __init__(
        self,
        place: TableBlock,
        today: date,
        seen: dict[str, tuple[str, int]],
        notes: Mapping[str, Callable[[Cell], str]],
    ) -> None:
        header = place.header
        self.place = place
        self.standing: Standing | None = None
        self.today = today
        self.seen = seen
        self.branches = BranchColumn(header.index(RosterFact.BRANCH), place.first_column)
        self.rows: list[RosterRow] = []
        self.problems: list[RosterProblem] = []
        self.people = 0
        self.in_service = 0
        self.unclear: set[str] = set()
        self._titles = {column.fact: column.header for column in header.columns}
        self._at = {column.fact: column.index for column in header.columns}
        self._opposite = {column.fact for column in header.columns if column.opposite}
        self._width = max(self._at.values(), default=0) + 1
        self._judged = self._pick(JUDGED)
        self._texts = self._pick(notes)
        self._notes = [Memo(read) for read in notes.values()]
        self._dates = Memo(_date)
        self._sexes = Memo(_sex)
        self._lives = Memo(self._read_lives)
        self._stands = Memo(self._read_stand)
        self._leavings = Memo(self._read_leaving)
        self.faulty: list[tuple[int, str]] = []

    def _pick(self, facts: Iterable[str]) -> Pick:
        """Gives the cells of these facts; of a column that is not there the empty one."""
        places = [self._at.get(fact, ABSENT) for fact in facts]
        if len(places) > 1:
            return itemgetter(*places)
        return lambda cells: tuple(cells[place] for place in places)

    def title(self, fact: RosterFact) -> str:
        """The header of a fact's column, or the sheet where there is none."""
        return self._titles.get(fact, self.place.sheet)

    def take(self, number: int, cells: Sequence[Cell]) -> bool:
        """Take over the row of a person about whom nothing needs a second look; False for all
        others, which `judge` then says more of."""
        plain = self._plain(number, self._padded(cells))
        if plain is None:
            return False
        self.people += 1
        self.in_service += plain.standing in (None, Standing.IN_SERVICE)
        self.rows.append(plain)
        return True

    def judge(self, number: int, cells: Sequence[Cell]) -> LeftoverKind | None:
        """Say everything that is wrong with a row, or what it is if it is no person's."""
        cells = self._padded(cells)
        name = name_of(self._cell(cells, RosterFact.NAME))
        identity = identity_of(self._cell(cells, RosterFact.ID_NUMBER))
        if cells[0] in EXAMPLES:
            return LeftoverKind.ROWS_EXAMPLE
        if identity.fault and self._no_person(cells, name, identity):
            return LeftoverKind.ROWS_MARGIN
        self._judge(number, cells)
        return None

    def _padded(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        return [*cells, *[""] * max(1, self._width + 1 - len(cells))]

    def _plain(self, number: int, cells: Sequence[Cell]) -> RosterRow | None:
        """The row of a person about whom nothing needs a second look; None for all others.

        Most rows are plain, and this is the quicker way; it must say the same as `_judge`.
        """
        name_cell, id_cell, phone_cell, sex_cell, *dates, status, grade, branch_cell, lives = (
            self._judged(cells)
        )
        identity = identity_of(id_cell)
        name, phone = name_of(name_cell), phone_of(phone_cell)
        stand = self._stands[status, grade]
        leaving = self._leavings[self._cell(cells, RosterFact.RETIRED_ON)]
        branches = self.branches
        branch = branches.names[branch_cell] or branches.band
        born, joined, full = map(self._dates.__getitem__, dates)
        certain = identity.born_on is not None and is_name(name) and phone is not None
        if (
            not (certain and stand.known and leaving.known and (branch or not branches.speaks))
            or number in branches.merges
            or cells[0] in EXAMPLES
            or self._sexes[sex_cell] not in ("", identity.sex)
            or not _in_order(identity.born_on, born, joined, full, self.today)
        ):
            return None
        here = (self.place.sheet, number)
        if self.seen.setdefault(identity.number, here) is not here:
            return None
        branches.note(branch)
        assert identity.born_on is not None
        assert phone is not None
        return RosterRow(
            self.place.sheet,
            number,
            name,
            identity.number,
            identity.sex,
            identity.born_on,
            phone,
            joined.on if joined else None,
            full.on if full else None,
            stand.grade,
            stand.standing or leaving.standing or self.standing,
            branch,
            self._lives[lives],
            tuple(map(getitem, self._notes, self._texts(cells))),
        )

    def _judge(self, number: int, cells: Sequence[Cell]) -> None:
        """Say everything that is wrong with the row of a person; without anything, take it over."""
        name = name_of(self._cell(cells, RosterFact.NAME))
        identity = identity_of(self._cell(cells, RosterFact.ID_NUMBER))
        self.people += 1
        before = len(self.problems)
        branch = self.branches.of(number, cells)
        self._check_name(number, name)
        self._check_identity(number, identity)
        stand = self._stand(number, cells)
        standing = stand.standing or self._leaving(number, cells).standing or self.standing
        if standing in (None, Standing.IN_SERVICE) and stand.known:
            self.in_service += 1
        phone = self._phone(number, cells)
        self._check_born(number, cells, identity)
        joined_on, full_on = self._membership_dates(number, cells, identity)
        if identity.fault:
            self.unclear.add(name)
        if len(self.problems) > before or identity.born_on is None or not name:
            self.faulty.append((number, branch))
            return
        self.rows.append(
            RosterRow(
                self.place.sheet,
                number,
                name,
                identity.number,
                identity.sex,
                identity.born_on,
                phone,
                joined_on,
                full_on,
                stand.grade,
                standing,
                branch,
                self._lives[self._cell(cells, RosterFact.LIVES_IN_CITY)],
                tuple(map(getitem, self._notes, self._texts(cells))),
            )
        )

    def finish(self) -> None:
        """Blank branches below a name mean that name, if the sheet is written in blocks."""
        if carried := self.branches.carried():
            self.rows = [
                row._replace(branch=carried[row.row]) if row.row in carried else row
                for row in self.rows
            ]
            self.faulty = [(number, carried.get(number, b)) for number, b in self.faulty]

    def set_aside(self, seen: Mapping[str, tuple[str, int]], twice: Collection[str]) -> None:
        """Turn people into problems whose ID number stands on an earlier sheet as well."""
        for row in self.rows:
            if row.id_number in twice:
                sheet, other = seen[row.id_number]
                facts = {"sheet": sheet, "other": other}
                self._problem(row.row, RosterFact.ID_NUMBER, "duplicate-in-file", **facts)
                self.faulty.append((row.row, row.branch))
        self.rows = [row for row in self.rows if row.id_number not in twice]

    def _cell(self, cells: Sequence[Cell], fact: RosterFact) -> Cell:
        return cells[self._at.get(fact, ABSENT)]

    def _problem(self, row: int, fact: RosterFact, kind: str, **facts: object) -> None:
        self._say(row, fact, kind, MESSAGES[kind], **facts)

    def _say(self, row: int, fact: RosterFact, kind: str, message: str, **facts: object) -> None:
        facts["letter"] = column_letter(self._at[fact] + self.place.first_column)
        problem = RosterProblem(self.place.sheet, row, self._titles[fact], kind, message, facts)
        self.problems.append(problem)

    def _no_person(self, cells: Sequence[Cell], name: str, identity: Identity) -> bool:
        texts = [text for cell in self.place.cells(cells) if (text := text_of(cell))]
        if not texts or cells[0] in EXAMPLES:
            return True
        if is_margin(texts, name, self._cell(cells, RosterFact.ID_NUMBER)):
            return True
        if name and header_key(name) == header_key(self._titles[RosterFact.NAME]):
            return True
        if name or identity.fault != "id-missing":
            return False
        if len(set(texts)) == 1 and is_branch_name(texts[0]):
            self.branches.band = branch_name(texts[0])
        telling = (RosterFact.PHONE, RosterFact.BORN_ON, RosterFact.JOINED_ON)
        return not any(text_of(self._cell(cells, fact)) for fact in telling)

    def _check_name(self, row: int, name: str) -> None:
        if RosterFact.NAME not in self._at:
            return
        if not name:
            self._problem(row, RosterFact.NAME, "name-missing")
        elif not is_name(name):
            self._problem(row, RosterFact.NAME, "name-characters")

    def _check_identity(self, row: int, identity: Identity) -> None:
        if RosterFact.ID_NUMBER not in self._at:
            return
        if identity.fault:
            length = len(identity.number)
            self._problem(row, RosterFact.ID_NUMBER, identity.fault, length=length)
            return
        first = self.seen.setdefault(identity.number, (self.place.sheet, row))
        if first != (self.place.sheet, row):
            sheet, other = first
            self._problem(row, RosterFact.ID_NUMBER, "duplicate-in-file", sheet=sheet, other=other)

    def _stand(self, row: int, cells: Sequence[Cell]) -> Stand:
        status, grade = self._cell(cells, RosterFact.STANDING), self._cell(cells, RosterFact.GRADE)
        known = self._stands[status, grade]
        if not known.known:
            in_grade = stand_of(text_of(status)).known
            fact = RosterFact.GRADE if in_grade else RosterFact.STANDING
            value = quoted(text_of(grade if in_grade else status))
            message = NOT_A_MEMBER if in_grade else MESSAGES["status-unknown"]
            self._say(row, fact, "status-unknown", message, value=value)
        return known

    def _read_stand(self, cells: tuple[Cell, Cell]) -> Stand:
        """Status and grade may each speak of both; what neither says stays None."""
        status, grade = map(text_of, cells)
        first = answered(stand_of(status), status, opposite=RosterFact.STANDING in self._opposite)
        second = graded(stand_of(grade), grade, opposite=RosterFact.GRADE in self._opposite)
        known = first.known and second.known
        return Stand(first.standing or second.standing, second.grade or first.grade, known)

    def _read_lives(self, cell: Cell) -> bool | None:
        text = text_of(cell)
        lives = yes_or_no(text)
        turned = RosterFact.LIVES_IN_CITY in self._opposite and is_answer(text)
        return not lives if turned else lives

    def _leaving(self, row: int, cells: Sequence[Cell]) -> Stand:
        """What the day of retirement says, which may not be a day."""
        cell = self._cell(cells, RosterFact.RETIRED_ON)
        stand = self._leavings[cell]
        if not stand.known:
            value = quoted(text_of(cell))
            self._problem(row, RosterFact.RETIRED_ON, "date-invalid", value=value)
        return stand

    def _read_leaving(self, cell: Cell) -> Stand:
        read = _date(cell)
        if read is None:
            return Stand()
        if read is UNREADABLE:
            return stand_of(text_of(cell))
        return Stand(Standing.RETIRED if read.on <= self.today else None)

    def _phone(self, row: int, cells: Sequence[Cell]) -> str:
        phone = phone_of(self._cell(cells, RosterFact.PHONE))
        if phone is None:
            self._problem(row, RosterFact.PHONE, "phone-invalid")
            return ""
        return phone

    def _check_born(self, row: int, cells: Sequence[Cell], identity: Identity) -> None:
        sex = self._sexes[self._cell(cells, RosterFact.SEX)]
        if sex and identity.sex and sex != identity.sex:
            self._problem(row, RosterFact.SEX, "sex-conflict")
        born = self._date(row, cells, RosterFact.BORN_ON)
        if identity.born_on is None:
            return
        if able_from(identity.born_on, None) > self.today:
            self._problem(row, RosterFact.ID_NUMBER, "under-age")
        if born is not None and not _same_day(born, identity.born_on):
            self._problem(row, RosterFact.BORN_ON, "birth-conflict")

    def _membership_dates(
        self, row: int, cells: Sequence[Cell], identity: Identity
    ) -> tuple[date | None, date | None]:
        joined = self._date(row, cells, RosterFact.JOINED_ON)
        full = self._date(row, cells, RosterFact.FULL_ON)
        if joined is not None:
            if joined.on > self.today:
                self._misplaced(row, cells, RosterFact.JOINED_ON)
            if identity.born_on and joined.on < identity.born_on:
                self._problem(row, RosterFact.JOINED_ON, "joined-before-birth")
        if full is not None:
            early = joined is not None and full.on < joined.on and not full.by_month
            if early or full.on > self.today:
                self._misplaced(row, cells, RosterFact.FULL_ON)
        return joined.on if joined else None, full.on if full else None

    def _misplaced(self, row: int, cells: Sequence[Cell], fact: RosterFact) -> None:
        value = quoted(text_of(self._cell(cells, fact)))
        self._say(row, fact, "date-invalid", DATE_ORDER, value=value)

    def _date(self, row: int, cells: Sequence[Cell], fact: RosterFact) -> ReadDate | None:
        cell = self._cell(cells, fact)
        read = self._dates[cell]
        if read is UNREADABLE:
            self._problem(row, fact, "date-invalid", value=quoted(text_of(cell)))
            return None
        return read


def _same_day(read: ReadDate, day: date) -> bool:
    on = read.on
    same_month = on.month == day.month and on.year == day.year
    return same_month and (read.by_month or on.day == day.day)


def _in_order(
    born_on: date | None,
    born: ReadDate | None,
    joined: ReadDate | None,
    full: ReadDate | None,
    today: date,
) -> bool:
    """Whether the dates of a row agree with the ID number and with each other, and the person is
    of age."""
    if born_on is None or (born is not None and not _same_day(born, born_on)):
        return False
    if able_from(born_on, None) > today:
        return False
    earliest = joined.on if joined else born_on
    return born_on <= earliest <= today and (full is None or earliest <= full.on <= today)


def _date(cell: Cell) -> ReadDate | None:
    if not note_of(cell, 40):
        return None
    return date_of(cell) or UNREADABLE


def _sex(cell: Cell) -> str:
    return sex_of(text_of(cell))
