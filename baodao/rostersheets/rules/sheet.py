"""One table of a roster, row by row: people without a problem, and what is wrong with others."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import getitem, itemgetter

from baodao.kernel.masks import masked_phone
from baodao.people.rules.identity import Identity, identity_of
from baodao.people.rules.identity_documents import CHINESE_NAMES, document_number, document_of
from baodao.people.rules.names import has_surname, is_name
from baodao.people.rules.standing import Standing
from baodao.rostersheets.rules.branch_column import BranchColumn, covered_rows
from baodao.rostersheets.rules.branches import branch_name, is_branch_name
from baodao.rostersheets.rules.dittos import ABOVE, Dittos, own_note
from baodao.rostersheets.rules.doubts import ROUNDED_END, Doubts, gathered
from baodao.rostersheets.rules.exit_words import ExitKind, ExitSign, exit_in
from baodao.rostersheets.rules.exits import RowExits, remark_columns, remarks_on_looks
from baodao.rostersheets.rules.headers import JUDGED, REQUIRED, SHARED, TELLING, RosterFact
from baodao.rostersheets.rules.home_column import HomeColumn
from baodao.rostersheets.rules.margins import is_example, is_hint, is_margin
from baodao.rostersheets.rules.marks import MarkedName, marked_name, name_fault
from baodao.rostersheets.rules.person_dates import PersonDates
from baodao.rostersheets.rules.problem_log import ProblemLog
from baodao.rostersheets.rules.problems import (
    MARK_DIFFERS,
    MESSAGES,
    NO_NUMBER,
    NOT_A_MEMBER,
    OUTSIDER,
    RosterProblem,
)
from baodao.rostersheets.rules.roster import RosterExit, RosterRow, Setup
from baodao.rostersheets.rules.row_dates import in_order
from baodao.rostersheets.rules.shared_rows import SharedRow, plain_name, shared_row_of
from baodao.rostersheets.rules.stands import StandCells
from baodao.rostersheets.rules.words import Stand, sex_of
from baodao.spreadsheets.blocks import SheetBlocks, TableBlock
from baodao.spreadsheets.cells import Cell, Memo, cells_at, quoted, text_of
from baodao.spreadsheets.date_orders import DateColumn
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.merged_cells import MergedCells
from baodao.spreadsheets.phones import is_one_phone, phone_of, phones_of

ABSENT = -1
"""Where a column is that is not there: every row gets one empty cell behind its last."""

ROW_NUMBER = itemgetter(RosterRow._fields.index("row"))


class SheetJudge:
    """Reads the rows below one header; `rows` are people without a problem so far.

    `seen` is shared by the tables of a sheet: ID number → where it stood first. `implied` is what a
    band, a title or the sheet's name says of people whose row does not, `outsiders` what it calls
    them if they are no members. `faulty` are rows with problems and their branches, `numbered`
    those that needed a second look: name and valid ID number. `documents` are the problems of
    those whose number is another document's; such a person stands in `rows`, without sex and
    birthday, if nothing else is wrong. `exits` are rows of people who are gone, `commented` those
    whose comments are told.
    """

    def __init__(
        self, place: TableBlock, blocks: SheetBlocks, setup: Setup, seen: dict[str, tuple[str, int]]
    ) -> None:
        header, notes = place.header, setup.facts.notes
        self.place = place
        self.implied = Stand()
        self.outsiders = ""
        self.today = setup.today
        self.seen = seen
        self.branches = BranchColumn(header.index(RosterFact.BRANCH), place.first_column)
        self.rows: list[RosterRow] = []
        self.log = ProblemLog(place)
        self.people = 0
        self.in_service = 0
        self.unclear: dict[str, int] = {}
        self._at = {column.fact: column.index for column in header.columns}
        self._beside = [(one.index, one.beside) for one in header.columns if one.beside]
        self._main = next((fact for fact in REQUIRED if fact in self._at), RosterFact.NAME)
        self._width = max(len(header.titles), *self._at.values(), 0) + 1
        self._blocks = blocks
        self._marked = blocks.sheet.struck.keys() | blocks.sheet.comments.keys()
        self._exits = RowExits(place, blocks, setup.today)
        self._answers, self._orders = setup.scope.exits, setup.scope.dates
        self.exits: list[RosterExit] = []
        self.commented: set[int] = set()
        self.second_rows = covered_rows(blocks.sheet.merges, self.place_of(RosterFact.NAME))
        self._merged = self._merged_below()
        self._judged = cells_at([self._at.get(fact, ABSENT) for fact in JUDGED])
        self._texts = cells_at([self._at.get(note, ABSENT) for note in notes])
        self._notes = tuple(notes.values())
        self._own_notes = [Memo(own_note(read)) for read in self._notes]
        above = setup.scope.phones_above
        self._dittos = Dittos(self._at, notes, self.log, phones=above)
        self._homes = HomeColumn(self._at, self.log, setup.homes)
        self._doubts = Doubts()
        self._dates = PersonDates(self._at, self.log, self._doubts, self.today)
        self._names = Memo(plain_name)
        self._sexes: Memo[Cell, str] = Memo(lambda cell: sex_of(text_of(cell)))
        cells = StandCells(header.columns, self.today, setup.statuses)
        self._stands, self._leavings, self._lives = cells.stands, cells.leavings, cells.lives
        self._remarks, self._remarked = remark_columns(header), cells.remarks
        self._knows = cells.knows
        self.faulty: list[tuple[int, str]] = []
        self.numbered: dict[int, tuple[str, str]] = {}
        self.documents: dict[int, RosterProblem] = {}

    @property
    def dates(self) -> list[DateColumn]:
        """How dates are read of which only the table tells the order."""
        return self._doubts.columns

    def title(self, fact: RosterFact) -> str:
        """The header of a fact's column, or the sheet where there is none."""
        return self.log.titles.get(fact, self.place.sheet)

    def place_of(self, fact: RosterFact) -> int:
        """The column of a fact counted from the sheet's edge, -1 without one."""
        return self._at[fact] + self.place.first_column if fact in self._at else -1

    def take(self, number: int, cells: Sequence[Cell]) -> bool:
        """Take over the row of a person about whom nothing needs a second look; False for all
        others, which `judge` then says more of."""
        padded = self._padded(number, cells)
        plain = self._plain(number, padded)
        if plain is None:
            return False
        self._dittos.pass_by(padded)
        self.people += 1
        self.in_service += plain.standing in (None, Standing.IN_SERVICE)
        self.rows.append(plain)
        return True

    def judge(self, number: int, cells: Sequence[Cell]) -> LeftoverKind | None:
        """Say everything that is wrong with a row, or what it is if it is no person's."""
        cells = self._padded(number, cells)
        name_cell, id_cell = (self._cell(cells, fact) for fact in REQUIRED)
        marked, identity = marked_name(name_cell), identity_of(id_cell)
        if (
            is_example(cells[0])
            or is_example(name_cell)
            or self._is_hint(cells, marked.name, identity)
        ):
            return LeftoverKind.ROWS_EXAMPLE
        if number in self.second_rows and not marked.name and not identity.number:
            return LeftoverKind.ROWS_SECOND
        several = shared_row_of(name_cell, id_cell)
        is_certain = several is not None and several.is_certain
        if identity.fault and not is_certain and self._no_person(cells, marked.name, identity):
            return LeftoverKind.ROWS_MARGIN
        if several is not None:
            self._note_shared(number, cells, several)
            return None
        self.commented.add(number)
        cells = self._dittos.filled(number, cells)
        sign = self._exits.sign_of(number, cells, marked, self.outsiders)
        if sign is not None and sign.kind not in self._answers:
            self._ask_about(number, cells, sign, identity)
        elif sign is not None and self._answers[sign.kind]:
            self._note_gone(number, sign, identity)
            return LeftoverKind.ROWS_GONE
        else:
            if sign is not None:
                self.log.remark(number, self._main, "exit-kept", value=quoted(sign.text))
            self._judge(number, cells, marked, identity)
        return None

    def _is_hint(self, cells: Sequence[Cell], name: str, identity: Identity) -> bool:
        """Whether a row says what to write below; one of somebody named is theirs, however much of
        it is still to be filled in."""
        if name and has_surname(name) and is_name(name):
            return False
        texts = map(text_of, self.place.cells(cells))
        return bool(identity.fault) and is_hint([text for text in texts if text])

    def _note_shared(self, number: int, cells: Sequence[Cell], several: SharedRow) -> None:
        """Several people in one row: each is counted, none is taken over."""
        self.people += several.people
        self.unclear |= dict.fromkeys(several.names, number)
        stand = self._stands[self._standing_cells(cells)]
        if (stand.standing or self.implied.standing) in (None, Standing.IN_SERVICE):
            self.in_service += several.people
        self.log.problem(number, self._main, "several-people", count=several.people)
        self.faulty.append((number, self.branches.of(number, cells)))

    def _note_gone(self, row: int, sign: ExitSign, identity: Identity) -> None:
        here = (self.place.sheet, row)
        number = "" if identity.fault else identity.number
        self.exits.append(RosterExit(*here, sign.name, number, sign.kind is ExitKind.DIED, sign.on))
        if number:
            self.seen.setdefault(number, here)

    def _ask_about(
        self, row: int, cells: Sequence[Cell], sign: ExitSign, identity: Identity
    ) -> None:
        """Whether somebody is a member still is asked before all else that may be wrong."""
        self.people += 1
        self.unclear[sign.name] = row
        if not identity.fault:
            self.seen.setdefault(identity.number, (self.place.sheet, row))
        self.log.problem(row, self._main, sign.kind, value=quoted(sign.text))
        self.faulty.append((row, self.branches.of(row, cells)))

    def _merged_below(self) -> MergedCells | None:
        """What is merged over the rows of several people holds for each of them."""
        columns = {self.place_of(fact) for fact in SHARED} - {ABSENT}
        regions = [one for one in self._blocks.sheet.merges if one.left in columns]
        return MergedCells(regions, self.place.first_column) if regions else None

    def _padded(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        if self._merged is not None:
            cells = self._merged.filled(number, cells).cells
        padded = [*cells, *[""] * (self._width - len(cells)), ""]
        for place, others in self._beside:
            padded[place] = next((padded[at] for at in (place, *others) if text_of(padded[at])), "")
        return padded

    def _plain(self, number: int, cells: Sequence[Cell]) -> RosterRow | None:
        """The row of a person about whom nothing needs a second look; None for all others.

        Most rows are plain, and this is the quicker way; it must say the same as `_judge`.
        """
        *judged, lives, retired = self._judged(cells)
        name_cell, id_cell, phone_cell, sex_cell, *dates, status, grade, branch_cell = judged
        identity = identity_of(id_cell)
        name, phone = self._names[name_cell], phone_of(phone_cell)
        stand, leaving = self._stands[status, grade], self._leavings[retired]
        branches = self.branches
        branch = branches.names[branch_cell] or branches.band
        born, joined, full = map(getitem, self._dates.read.values(), dates)
        certain = identity.born_on is not None and name != ""
        means_above = self._dittos.means_above
        notes = tuple(map(getitem, self._own_notes, self._texts(cells)))
        home_cell = cells[self._homes.index]
        home = self._homes.read[home_cell]
        if (
            not (certain and stand.known and leaving.known and (branch or not branches.speaks))
            or identity.number.endswith(ROUNDED_END)
            or (phone is not phone_cell and not is_one_phone(phone_cell))
            or self.outsiders
            or number in self._marked
            or self._exits.of(cells)
            or self._remark_place(cells) is not None
            or means_above[lives]
            or means_above[home_cell]
            or home.message
            or ABOVE in notes
            or number in branches.merges
            or is_example(cells[0])
            or self._sexes[sex_cell] not in ("", identity.sex)
            or not in_order(identity.born_on, born, joined, full, self.today)
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
            stand.grade or self.implied.grade,
            stand.standing or leaving.standing or self.implied.standing,
            branch,
            self._lives[lives],
            home.id,
            notes,
        )

    def _judge(
        self, number: int, cells: Sequence[Cell], marked: MarkedName, identity: Identity
    ) -> None:
        """Say everything that is wrong with the row of a person; without anything, it may be taken
        over when the doubts of its columns are settled."""
        name = marked.name
        self.people += 1
        self._tell_looks(number, cells)
        before = len(self.log.problems)
        branch = self.branches.of(number, cells)
        self._check_name(number, marked)
        self._check_member(number)
        self._check_identity(number, cells, identity)
        stand = self._stand(number, cells, marked)
        leaving = self._leaving(number, cells) if stand.standing is None else Stand()
        stand = stand.over(leaving).over(self.implied)
        if stand.standing in (None, Standing.IN_SERVICE) and stand.known:
            self.in_service += 1
        phone = self._phone(number, cells)
        self._check_sex(number, cells, identity, marked.sex)
        self._dates.check_born(number, cells, identity)
        joined_on, full_on = self._dates.membership(number, cells, identity)
        lives = self._lives[self._cell(cells, RosterFact.LIVES_IN_CITY)]
        is_away = lives is False or stand.standing is Standing.ELSEWHERE
        home = self._homes.checked(number, cells, is_away=is_away)
        if identity.fault:
            self.unclear[name] = number
        else:
            self.numbered[number] = (name, identity.number)
        if number in self.documents:
            id_number = document_number(str(self._cell(cells, RosterFact.ID_NUMBER)))
            identity = Identity(id_number, born_on=date.min)
        if len(self.log.problems) > before or identity.born_on is None or not name:
            self.faulty.append((number, branch))
            return
        self._doubts.rows[number] = RosterRow(
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
            stand.standing,
            branch,
            lives,
            home,
            tuple(read(cell) for read, cell in zip(self._notes, self._texts(cells), strict=True)),
        )

    def finish(self) -> None:
        """Decide what only the whole of a column tells: doubts about numbers and birthdays, and
        whether blank branches below a name mean that name."""
        self._settle_doubts()
        self._dittos.tell(self.place.header_row)
        self._homes.tell(self.place.header_row, self.rows)
        if carried := self.branches.carried():
            self.rows = [
                row._replace(branch=carried[row.row]) if row.row in carried else row
                for row in self.rows
            ]
            self.faulty = [(number, carried.get(number, b)) for number, b in self.faulty]

    def _settle_doubts(self) -> None:
        self._doubts.settle_slashes(self.today, self._orders)
        problems = self._doubts.standing(self._dates.read[RosterFact.BORN_ON], self.people)
        confirmed = {problem.row for problem in problems}
        for number, row in self._doubts.rows.items():
            if number in confirmed:
                self.unclear[row.name] = number
            elif self._check_once(number, row.id_number):
                self.rows.append(row)
                continue
            self.faulty.append((number, row.branch))
        if self._doubts.rows:
            self.rows.sort(key=ROW_NUMBER)
        self.log.problems += gathered(problems, self.place.header_row, self.people)
        good = self._doubts.rows.keys()
        self.log.problems += [self.documents[row] for row in self.documents.keys() - good]

    def set_aside(self, seen: Mapping[str, tuple[str, int]], twice: Collection[str]) -> None:
        """Turn people into problems whose ID number stands on an earlier sheet as well."""
        for row in self.rows:
            if row.id_number in twice:
                sheet, other = seen[row.id_number]
                facts = {"sheet": sheet, "other": other}
                self.log.problem(row.row, RosterFact.ID_NUMBER, "duplicate-in-file", **facts)
                self.faulty.append((row.row, row.branch))
        self.rows = [row for row in self.rows if row.id_number not in twice]

    def _tell_looks(self, number: int, cells: Sequence[Cell]) -> None:
        for kind, facts in remarks_on_looks(self._blocks, number, cells):
            self.log.remark(number, self._main, kind, **facts)

    def _cell(self, cells: Sequence[Cell], fact: RosterFact) -> Cell:
        return cells[self._at.get(fact, ABSENT)]

    def _no_person(self, cells: Sequence[Cell], name: str, identity: Identity) -> bool:
        texts = [text for cell in self.place.cells(cells) if (text := text_of(cell))]
        if not texts or is_example(cells[0]):
            return True
        if name and header_key(name) == header_key(self.log.titles[RosterFact.NAME]):
            return True
        if not name and len(set(texts)) == 1 and is_branch_name(texts[0]):
            self.branches.band = branch_name(texts[0])
            return True
        has_facts = any(text_of(self._cell(cells, fact)) for fact in TELLING)
        return is_margin(texts, name, identity.number, has_facts)

    def _check_name(self, row: int, marked: MarkedName) -> None:
        if RosterFact.NAME not in self._at:
            return
        if not marked.name:
            self.log.problem(row, RosterFact.NAME, "name-missing")
        elif fault := name_fault(marked.name):
            self.log.problem(row, RosterFact.NAME, fault)
        elif marked.is_mute:
            self.log.remark(row, RosterFact.NAME, "name-mark", value=quoted(marked.mark))

    def _check_member(self, row: int) -> None:
        """Nobody becomes a member who stands below a title or band of others."""
        if self.outsiders and exit_in(self.outsiders) is None:
            value = quoted(self.outsiders)
            self.log.say(row, self._main, "status-unknown", OUTSIDER, value=value)

    def _check_identity(self, row: int, cells: Sequence[Cell], identity: Identity) -> None:
        fact = RosterFact.ID_NUMBER
        if fact not in self._at:
            return
        if identity.fault:
            self._note_fault(row, self._cell(cells, fact), identity)
        elif identity.number.endswith(ROUNDED_END):
            self._doubts.rounded.append(self.log.at(row, fact, "id-precision-lost"))
        else:
            self._check_once(row, identity.number)

    def _check_once(self, row: int, number: str) -> bool:
        """Whether this row is the first with this number; the second is a problem."""
        here = (self.place.sheet, row)
        sheet, other = first = self.seen.setdefault(number, here)
        if first != here:
            fact = RosterFact.ID_NUMBER
            self.log.problem(row, fact, "duplicate-in-file", sheet=sheet, other=other)
        return first == here

    def _note_fault(self, row: int, cell: Cell, identity: Identity) -> None:
        """What is wrong with an ID number: lost, hidden, another document's, none, mistyped."""
        fact = RosterFact.ID_NUMBER
        gathered_later = {"id-precision-lost": self._doubts.lost, "id-masked": self._doubts.masked}
        if identity.fault in gathered_later:
            gathered_later[identity.fault].append(self.log.at(row, fact, identity.fault))
        elif (document := document_of(cell)) is not None:
            facts = {"document": CHINESE_NAMES[document]}
            self.documents[row] = self.log.at(row, fact, "id-document", **facts)
        elif identity.number and not any(map(str.isdecimal, identity.number)):
            self.log.say(row, fact, "id-missing", NO_NUMBER, value=quoted(text_of(cell)))
        else:
            self.log.problem(row, fact, identity.fault, length=len(identity.number))

    def _standing_cells(self, cells: Sequence[Cell]) -> tuple[Cell, Cell]:
        return self._cell(cells, RosterFact.STANDING), self._cell(cells, RosterFact.GRADE)

    def _stand(self, row: int, cells: Sequence[Cell], marked: MarkedName) -> Stand:
        status, grade = self._standing_cells(cells)
        known, beside, mark = self._stands[status, grade], marked.stand, marked.mark
        if not known.known and any(map(exit_in, map(text_of, (status, grade)))):
            known = Stand()
        place = self._remark_place(cells)
        if place is not None and beside == Stand():
            beside, mark = self._remarked[cells[place]], text_of(cells[place])
        if known.known and beside != Stand():
            if not beside.agrees(known):
                value = quoted(mark)
                self.log.say(row, RosterFact.NAME, "status-unknown", MARK_DIFFERS, value=value)
            return Stand(known.standing or beside.standing, known.grade or beside.grade)
        if not known.known:
            in_grade = self._knows(status)
            fact = RosterFact.GRADE if in_grade else RosterFact.STANDING
            value = quoted(text_of(grade if in_grade else status))
            message = NOT_A_MEMBER if in_grade else MESSAGES["status-unknown"]
            word = "*" not in value and not value.startswith("#")
            self.log.say(row, fact, "status-unknown", message, value=value, word=word)
        return known

    def _remark_place(self, cells: Sequence[Cell]) -> int | None:
        """Where in a row a remark tells a standing."""
        for place in self._remarks:
            if self._remarked[cells[place]].standing:
                return place
        return None

    def _leaving(self, row: int, cells: Sequence[Cell]) -> Stand:
        """What the day of retirement says, which may not be a day."""
        cell = self._cell(cells, RosterFact.RETIRED_ON)
        stand = self._leavings[cell]
        if not stand.known:
            value = quoted(text_of(cell))
            self.log.problem(row, RosterFact.RETIRED_ON, "date-invalid", value=value)
        return stand

    def _phone(self, row: int, cells: Sequence[Cell]) -> str:
        fact = RosterFact.PHONE
        phone, others = phones_of(self._dittos.phone(row, self._cell(cells, fact)))
        if phone is None:
            self.log.problem(row, fact, "phone-invalid")
            return ""
        if others:
            kind = "phone-others" if phone else "phone-of-another"
            masked = "、".join(map(masked_phone, others))
            self.log.remark(row, fact, kind, phone=masked_phone(phone), others=masked)
        return phone

    def _check_sex(
        self, row: int, cells: Sequence[Cell], identity: Identity, marked_sex: str
    ) -> None:
        sex = self._sexes[self._cell(cells, RosterFact.SEX)] or marked_sex
        if sex and identity.sex and sex != identity.sex:
            fact = RosterFact.SEX if RosterFact.SEX in self._at else RosterFact.NAME
            self.log.problem(row, fact, "sex-conflict")
