"""One sheet of a roster, row by row: people, bands that name a branch, totals, signatures."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from operator import getitem, itemgetter
from typing import NamedTuple, TypeVar

from baodao.people.rules.branches import Branches, branch_key, branch_name, is_branch_name
from baodao.people.rules.cells import Cell, column_letter, compact, note_of, quoted, text_of
from baodao.people.rules.dates import ReadDate, date_of
from baodao.people.rules.headers import RETIRED_QUESTION, Field, Header, header_key
from baodao.people.rules.identity import Identity, identity_of
from baodao.people.rules.names import is_name, name_of
from baodao.people.rules.phones import phone_of
from baodao.people.rules.roster import (
    BRANCH_EMPTY,
    BRANCH_SIMILAR,
    DATE_ORDER,
    MESSAGES,
    NOT_A_MEMBER,
    Judged,
    Problem,
    RosterRow,
)
from baodao.people.rules.standing import Standing
from baodao.people.rules.words import Stand, sex_of, stand_of, yes_or_no

TOTAL = re.compile(r"^(本页|本表|累计)?(合计|总计|小计|共计|汇总|总人数|总数|计$|共[0-9]+[人名])")
FOOTER = re.compile(
    r"^(填表|填报|制表|审核|审批|复核|经办|负责|联系|报送|单位|党组织|主管|签发|分管)[^:]{0,8}:"
    r"|^(注|备注|说明|填表说明|日期|填表日期|填报日期|签字|签名|书记)[^:]{0,4}[:0-9]"
    r"|\((盖章|公章|签字|签章)\)|^盖章|^[0-9]{0,4}年[0-9]{0,2}月[0-9]{0,2}日$|^第[0-9]+页"
)
LONG_NUMBER = re.compile(r"[0-9]{8}")
EXAMPLES = frozenset({"例", "示例", "样例", "例如", "范例", "（例）", "(例)", "填写示例"})
BLOCKS = 3
FACTS = (
    *(Field.NAME, Field.ID_NUMBER, Field.PHONE, Field.SEX, Field.BORN_ON, Field.JOINED_ON),
    *(Field.FULL_ON, Field.STANDING, Field.GRADE, Field.BRANCH, Field.LIVES_IN_CITY),
)
ABSENT = -1
"""Where a column is that is not there: every row gets one empty cell behind its last."""
UNREADABLE = ReadDate(date.min)
NOTES = (
    (Field.POSITION, 60),
    (Field.SPECIALTY, 100),
    (Field.INTERESTS, 100),
    (Field.ADDRESS, 200),
    (Field.ETHNICITY, 20),
    (Field.EDUCATION, 20),
)


K = TypeVar("K")
T = TypeVar("T")


class Memo(dict[K, T]):
    """What a reader makes of each different cell of a column; read once."""

    def __init__(self, read: Callable[[K], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: K) -> T:
        value = self[cell] = self._read(cell)
        return value


class Place(NamedTuple):
    """Where a table stands: its sheet, its first column from zero, the last row of its header."""

    sheet: str
    first_column: int
    header_row: int


class SheetJudge:
    """Reads the rows below one header; `rows` are people without a problem so far.

    `seen` is shared by the sheets of a file: ID number → where it stood first. `merges` says
    where the branch stands once for its block. After `finish`, `settle` decides on branches.
    """

    def __init__(
        self, place: Place, header: Header, today: date, seen: dict[str, tuple[str, int]]
    ) -> None:
        self.place = place
        self.today = today
        self.seen = seen
        self.merges: dict[int, tuple[int, int]] = {}
        self.rows: list[RosterRow] = []
        self.problems: list[Problem] = []
        self.people = 0
        self.in_service = 0
        self.unclear: set[str] = set()
        self.sheet_branch: str | None = None
        self.implied = False
        self._titles = {column.field: column.header for column in header.columns}
        self._at = {column.field: column.index for column in header.columns}
        self._width = max(self._at.values()) + 1
        self._facts = itemgetter(*(self._at.get(field, ABSENT) for field in FACTS))
        self._texts = itemgetter(*(self._at.get(field, ABSENT) for field, _ in NOTES))
        self._notes = [Memo(partial(note_of, length=length)) for _, length in NOTES]
        status = self._titles.get(Field.STANDING, "")
        self._asks_retired = header_key(status).replace("离", "") == RETIRED_QUESTION
        self._dates = Memo(_date)
        self._sexes = Memo(_sex)
        self._lives = Memo(_lives)
        self._branch_names = Memo(_branch_name)
        self._stands = Memo(self._read_stand)
        self._band = ""
        self._block = (0, "")
        self._last = ""
        self._carried: dict[int, str] = {}
        self._own = 0
        self._faulty: list[tuple[int, str]] = []

    @property
    def branch_column(self) -> int:
        """The column of branches counted from the sheet's edge, -1 without one."""
        index = self._at.get(Field.BRANCH)
        return -1 if index is None else index + self.place.first_column

    @property
    def says_branches(self) -> bool:
        return Field.BRANCH in self._at or bool(self._band)

    def read(self, number: int, cells: Sequence[Cell]) -> None:
        """Judge one row; rows that are no person change nothing but the current branch."""
        cells = [*cells, *[""] * max(1, self._width + 1 - len(cells))]
        plain = self._plain(number, cells)
        if plain is None:
            self._judge(number, cells)
        else:
            self.people += 1
            self.in_service += plain.standing in (None, Standing.IN_SERVICE)
            self.rows.append(plain)

    def _plain(self, number: int, cells: Sequence[Cell]) -> RosterRow | None:
        """The row of a person about whom nothing needs a second look; None for all others.

        Most rows are plain, and this is the quicker way; it must say the same as `_judge`.
        """
        name_cell, id_cell, phone_cell, sex_cell, *dates, status, grade, branch_cell, lives = (
            self._facts(cells)
        )
        identity = identity_of(id_cell)
        name, phone = name_of(name_cell), phone_of(phone_cell)
        stand = self._stands[status, grade]
        branch = self._branch_names[branch_cell] or self._band
        born, joined, full = map(self._dates.__getitem__, dates)
        certain = identity.born_on is not None and is_name(name) and phone is not None
        if (
            not (certain and stand.known and (branch or not self.says_branches))
            or number in self.merges
            or cells[0] in EXAMPLES
            or self._sexes[sex_cell] not in ("", identity.sex)
            or not _in_order(identity.born_on, born, joined, full, self.today)
        ):
            return None
        here = (self.place.sheet, number)
        if self.seen.setdefault(identity.number, here) is not here:
            return None
        self._own += 1
        self._last = branch
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
            stand.standing,
            branch,
            self._lives[lives],
            *map(getitem, self._notes, self._texts(cells)),
        )

    def _judge(self, number: int, cells: Sequence[Cell]) -> None:
        """Say everything that is wrong with a row, or that it is no person at all."""
        name = name_of(self._cell(cells, Field.NAME))
        identity = identity_of(self._cell(cells, Field.ID_NUMBER))
        if (identity.fault or cells[0] in EXAMPLES) and self._no_person(cells, name, identity):
            return
        self.people += 1
        found = len(self.problems)
        branch = self._branch(number, cells)
        self._check_name(number, name)
        self._check_identity(number, identity)
        stand = self._stand(number, cells)
        if stand.standing in (None, Standing.IN_SERVICE) and stand.known:
            self.in_service += 1
        phone = self._phone(number, cells)
        self._check_born(number, cells, identity)
        joined_on, full_on = self._membership_dates(number, cells, identity)
        if identity.fault:
            self.unclear.add(name)
        if len(self.problems) > found or identity.born_on is None or not name:
            self._faulty.append((number, branch))
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
                stand.standing,
                branch,
                self._lives[self._cell(cells, Field.LIVES_IN_CITY)],
                *map(getitem, self._notes, self._texts(cells)),
            )
        )

    def finish(self) -> None:
        """Blank branches below a name mean that name, if the sheet is written in blocks."""
        if self._carried and len(self._carried) * BLOCKS >= self._own > 0:
            carried = self._carried
            self.rows = [
                row._replace(branch=carried[row.row]) if row.row in carried else row
                for row in self.rows
            ]
            self._faulty = [(number, carried.get(number, b)) for number, b in self._faulty]

    def settle(self, judged: Judged, branches: Branches) -> None:
        """Move the rows into `judged` under one spelling a branch; unknown ones are problems."""
        default = self.sheet_branch or ""
        spelling: dict[str, str | None] = {}
        raws = dict.fromkeys(row.branch or default for row in self.rows)
        for raw in raws | dict.fromkeys(branch or default for _, branch in self._faulty):
            spelling[raw] = self._spelling(raw, judged, branches)
        for row in self.rows:
            raw = row.branch or default
            known = spelling[raw]
            if known is None:
                self._unknown_branch(judged, row.row, raw, branches)
            else:
                judged.rows.append(row if row.branch == known else row._replace(branch=known))
        for number, branch in self._faulty:
            raw = branch or default
            if spelling[raw] is None:
                self._unknown_branch(judged, number, raw, branches)
        self.rows = []

    def _spelling(self, raw: str, judged: Judged, branches: Branches) -> str | None:
        if not raw:
            return None
        held = branches.find(raw)
        key = branch_key(raw, branches.unit)
        if not self.implied:
            judged.branches.setdefault(key, raw)
        if branches and held is None:
            return None
        return branches.name(held) if held is not None else judged.branches.get(key, raw)

    def _unknown_branch(self, judged: Judged, row: int, raw: str, branches: Branches) -> None:
        if not raw and not self.says_branches:
            return
        nearest = branches.nearest(raw) if raw else None
        message = MESSAGES["branch-unknown"] if raw else BRANCH_EMPTY
        if nearest:
            message = BRANCH_SIMILAR
        column = self._titles.get(Field.BRANCH, self.place.sheet)
        facts = {"branch": quoted(raw), "nearest": nearest or ""}
        judged.problems.append(
            Problem(self.place.sheet, row, column, "branch-unknown", message, facts)
        )

    def _cell(self, cells: Sequence[Cell], field: Field) -> Cell:
        return cells[self._at.get(field, ABSENT)]

    def _problem(self, row: int, field: Field, kind: str, **facts: object) -> None:
        self._say(row, field, kind, MESSAGES[kind], **facts)

    def _say(self, row: int, field: Field, kind: str, message: str, **facts: object) -> None:
        facts["letter"] = column_letter(self._at[field] + self.place.first_column)
        problem = Problem(self.place.sheet, row, self._titles[field], kind, message, facts)
        self.problems.append(problem)

    def _no_person(self, cells: Sequence[Cell], name: str, identity: Identity) -> bool:
        texts = [text for cell in cells if (text := text_of(cell))]
        if not texts or cells[0] in EXAMPLES:
            return True
        words = [compact(text) for text in texts]
        if TOTAL.match(words[0]) or TOTAL.match(name):
            return True
        if name and header_key(name) == header_key(self._titles[Field.NAME]):
            return True
        if self._is_footer(cells, words, name):
            return True
        if name or identity.fault != "id-missing":
            return False
        if len(set(texts)) == 1 and is_branch_name(texts[0]):
            self._band = branch_name(texts[0])
        telling = (Field.PHONE, Field.BORN_ON, Field.JOINED_ON)
        return not any(text_of(self._cell(cells, field)) for field in telling)

    def _is_footer(self, cells: Sequence[Cell], words: Sequence[str], name: str) -> bool:
        """Whether a row is signed below the table: it begins so, or says so and names nobody."""
        if LONG_NUMBER.search(compact(text_of(self._cell(cells, Field.ID_NUMBER)))):
            return False
        said = words[:1] if is_name(name) else words
        return any(FOOTER.search(word) for word in said)

    def _branch(self, number: int, cells: Sequence[Cell]) -> str:
        index = self._at.get(Field.BRANCH)
        if index is None:
            return self._band
        if number in self.merges:
            bottom, left = self.merges[number]
            self._block = (bottom, self._branch_names[cells[left - self.place.first_column]])
        branch = self._branch_names[cells[index]]
        if not branch and number <= self._block[0]:
            branch = self._block[1]
        if branch:
            self._own += 1
            self._last = branch
        elif self._last:
            self._carried[number] = self._last
        return branch or self._band

    def _check_name(self, row: int, name: str) -> None:
        if Field.NAME not in self._at:
            return
        if not name:
            self._problem(row, Field.NAME, "name-missing")
        elif not is_name(name):
            self._problem(row, Field.NAME, "name-characters")

    def _check_identity(self, row: int, identity: Identity) -> None:
        if Field.ID_NUMBER not in self._at:
            return
        if identity.fault:
            length = len(identity.number)
            self._problem(row, Field.ID_NUMBER, identity.fault, length=length)
            return
        first = self.seen.setdefault(identity.number, (self.place.sheet, row))
        if first != (self.place.sheet, row):
            sheet, other = first
            self._problem(row, Field.ID_NUMBER, "duplicate-in-file", sheet=sheet, other=other)

    def _stand(self, row: int, cells: Sequence[Cell]) -> Stand:
        status, grade = self._cell(cells, Field.STANDING), self._cell(cells, Field.GRADE)
        known = self._stands[status, grade]
        if not known.known:
            in_grade = stand_of(text_of(status)).known
            field = Field.GRADE if in_grade else Field.STANDING
            value = quoted(text_of(grade if in_grade else status))
            message = NOT_A_MEMBER if in_grade else MESSAGES["status-unknown"]
            self._say(row, field, "status-unknown", message, value=value)
        return known

    def _read_stand(self, cells: tuple[Cell, Cell]) -> Stand:
        """Status and grade may each speak of both; what neither says stays None."""
        first, second = (stand_of(text_of(cell)) for cell in cells)
        standing = first.standing
        if self._asks_retired and standing:
            yes = standing is Standing.IN_SERVICE
            standing = Standing.RETIRED if yes else Standing.IN_SERVICE
        known = first.known and second.known
        return Stand(standing or second.standing, second.grade or first.grade, known)

    def _phone(self, row: int, cells: Sequence[Cell]) -> str:
        phone = phone_of(self._cell(cells, Field.PHONE))
        if phone is None:
            self._problem(row, Field.PHONE, "phone-invalid")
            return ""
        return phone

    def _check_born(self, row: int, cells: Sequence[Cell], identity: Identity) -> None:
        sex = self._sexes[self._cell(cells, Field.SEX)]
        if sex and identity.sex and sex != identity.sex:
            self._problem(row, Field.SEX, "sex-conflict")
        born = self._date(row, cells, Field.BORN_ON)
        if born is None or identity.born_on is None:
            return
        if not _same_day(born, identity.born_on):
            self._problem(row, Field.BORN_ON, "birth-conflict")

    def _membership_dates(
        self, row: int, cells: Sequence[Cell], identity: Identity
    ) -> tuple[date | None, date | None]:
        joined = self._date(row, cells, Field.JOINED_ON)
        full = self._date(row, cells, Field.FULL_ON)
        if joined is not None:
            if joined.on > self.today:
                self._misplaced(row, cells, Field.JOINED_ON)
            if identity.born_on and joined.on < identity.born_on:
                self._problem(row, Field.JOINED_ON, "joined-before-birth")
        if full is not None:
            early = joined is not None and full.on < joined.on and not full.by_month
            if early or full.on > self.today:
                self._misplaced(row, cells, Field.FULL_ON)
        return joined.on if joined else None, full.on if full else None

    def _misplaced(self, row: int, cells: Sequence[Cell], field: Field) -> None:
        value = quoted(text_of(self._cell(cells, field)))
        self._say(row, field, "date-invalid", DATE_ORDER, value=value)

    def _date(self, row: int, cells: Sequence[Cell], field: Field) -> ReadDate | None:
        cell = self._cell(cells, field)
        read = self._dates[cell]
        if read is UNREADABLE:
            self._problem(row, field, "date-invalid", value=quoted(text_of(cell)))
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
    """Whether the dates of a row agree with the ID number and with each other."""
    if born_on is None or (born is not None and not _same_day(born, born_on)):
        return False
    earliest = joined.on if joined else born_on
    return born_on <= earliest <= today and (full is None or earliest <= full.on <= today)


def _date(cell: Cell) -> ReadDate | None:
    if not note_of(cell, 40):
        return None
    return date_of(cell) or UNREADABLE


def _sex(cell: Cell) -> str:
    return sex_of(text_of(cell))


def _lives(cell: Cell) -> bool | None:
    return yes_or_no(text_of(cell))


def _branch_name(cell: Cell) -> str:
    return branch_name(text_of(cell))
