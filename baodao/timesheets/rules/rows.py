"""A row of a table of services: what it says, what it leaves open, or why it cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from baodao.documents.spreadsheets.cells import Cell, compact, note_of, quoted, text_of
from baodao.documents.spreadsheets.leftovers import LeftoverKind
from baodao.documents.spreadsheets.merged import FilledRow
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.durations import Uncertainty, length_of
from baodao.ledger.rules.records import DAY_MINUTES, TEXT
from baodao.ledger.rules.service_days import ReadDay, day_of
from baodao.ledger.rules.spans import HoursServed, hours_of
from baodao.people.rules.identity import identity_of, tail_of
from baodao.people.rules.names import is_name, name_of
from baodao.people.rules.phones import phones_of
from baodao.rosters.rules.margins import TOTAL, is_below, is_margin
from baodao.timesheets.rules.headings import TITLES, Columns, ServiceField

MOST_ROWS = 5_000
TAIL = 4
EXAMPLE = ("(示例", "示例")

PROBLEMS: dict[str, str] = {
    "name": gettext_noop("Write the name."),
    "day": gettext_noop("“%(text)s” is no day; write it like 2026-07-04."),
    "weekday": gettext_noop(
        "“%(text)s”: that day has another weekday. Check which of them is right."
    ),
    "days": gettext_noop("“%(text)s” is several days; write a row for each day."),
    "began": gettext_noop(
        "“%(text)s” is no hour of the day; write it like 9:30 or 9:30-11:00, or leave it out."
    ),
    "time": gettext_noop("“%(text)s” is no length of time; write it like 1.5 小时 or 90 分钟."),
    "time-missing": gettext_noop("Write how long it was, like 1.5 小时 or 90 分钟."),
    "time-day": gettext_noop(
        "“%(text)s” under “%(title)s” is more than a day has. If minutes are meant, write 分钟 "
        "behind the number; of a sum of several days write a row for each day."
    ),
    "category": gettext_noop("“%(text)s” is no kind of service here. Choose one of: %(words)s."),
    "way": gettext_noop("“%(text)s” is no way of service. Choose one of: %(words)s."),
    "tail": gettext_noop("Write the last four characters of the ID number or of the telephone."),
    "identity": gettext_noop("This is no ID number. Write it in full, or leave the cell empty."),
    "phone": gettext_noop(
        "This is no telephone number. Write it in full, or leave the cell empty."
    ),
    "unknown": gettext_noop(
        "Nobody of this name is registered here. Check the name, or add the volunteer number."
    ),
    "other-number": gettext_noop(
        "Nobody registered here has this name and this number. Check who is meant, and put the "
        "name or the number right."
    ),
    "several": gettext_noop("“%(text)s” is several people. Write one person a row."),
    "several-unknown": gettext_noop(
        "“%(text)s” is several people, and these are not registered here: %(names)s. Write one "
        "person a row, or check the names."
    ),
    "number": gettext_noop("No member has this volunteer number under this name."),
    "namesakes": gettext_noop(
        "Several members here have this name. Add the volunteer number, or the last four "
        "characters of the ID number or telephone."
    ),
}


@dataclass(frozen=True)
class RowProblem:
    """What keeps a row out: where it stands, whom it names, of which kind, and the sentence with
    its facts.

    `sheet` is "" in a text file.
    """

    sheet: str
    row: int
    who: str
    column: str
    kind: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """What a row says of its person besides the name: numbers in full, or the end of one.

    Of several telephones one is enough to be theirs; of several ends each must be.
    """

    number: str = ""
    id_number: str = ""
    phones: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.number or self.id_number or self.phones or self.tails)


@dataclass(frozen=True)
class ServiceRow:
    """A row that can be read; who it is is not known yet.

    It counts only when each of its `questions` was answered; these have the facts they ask about.
    """

    sheet: str
    row: int
    names: str
    evidence: Evidence
    served_on: date
    began_at: datetime | None
    minutes: int
    category: str
    way: str
    place: str
    result: str
    questions: Mapping[Uncertainty, Mapping[str, object]]
    titles: Mapping[ServiceField, str]

    def problem(
        self, place: ServiceField, kind: str, message: str, facts: Mapping[str, object]
    ) -> RowProblem:
        """Why the row, which can be read, is left out all the same; `place` is where to mend it."""
        who, column = quoted(" ".join(self.names.split())), self.titles.get(place, TITLES[place])
        return RowProblem(self.sheet, self.row, who, column, kind, message, facts)


@dataclass(frozen=True)
class Words:
    """The kinds and ways in force, by what they are called, in any language."""

    categories: Mapping[str, str]
    ways: Mapping[str, str]


@dataclass(frozen=True)
class TableContext:
    """What holds for every row of a table: its sheet, its columns, the words, the year of days
    without one, and today."""

    sheet: str
    columns: Columns
    words: Words
    year: int | None
    today: date


Answer = ServiceRow | LeftoverKind | list[RowProblem] | None


def read_row(row: FilledRow, context: TableContext) -> Answer:
    """What a row says, or everything that is wrong with it; None for one that says nothing."""
    reader = _RowReader(row, context)
    unread = reader.unread()
    if unread is not None or reader.says_nothing:
        return unread
    if not reader.text(ServiceField.NAME):
        reader.wrong("name", ServiceField.NAME)
    day = reader.day()
    hours = reader.hours(day)
    minutes = reader.minutes(hours)
    category = reader.code(ServiceField.CATEGORY, context.words.categories, "other")
    way = reader.code(ServiceField.WAY, context.words.ways, "activity")
    evidence = reader.evidence()
    if reader.problems or day is None or minutes is None:
        return reader.problems
    return ServiceRow(
        sheet=context.sheet,
        row=row.number,
        names=str(reader.cell(ServiceField.NAME)),
        evidence=evidence,
        served_on=day.on,
        began_at=datetime.combine(day.on, hours.began, clock.ZONE) if hours else None,
        minutes=minutes,
        category=category,
        way=way,
        place=note_of(reader.cell(ServiceField.PLACE), TEXT),
        result=note_of(reader.cell(ServiceField.RESULT), TEXT),
        questions=reader.questions,
        titles=context.columns.titles,
    )


_TELLING = (
    *(ServiceField.DAY, ServiceField.BEGAN, ServiceField.ENDED, ServiceField.TIME),
    *(ServiceField.PLACE, ServiceField.RESULT),
)
"""Without any of these a row tells of no service."""


class _RowReader:
    """One row, read fact by fact; what cannot be read is added to `problems`, what is open to
    `questions`."""

    def __init__(self, row: FilledRow, context: TableContext) -> None:
        self._row = row
        self._context = context
        self._columns = context.columns
        self.problems: list[RowProblem] = []
        self.questions: dict[Uncertainty, dict[str, object]] = {}

    @property
    def says_nothing(self) -> bool:
        """Whether nothing stands in the row itself; what merged cells say is of the rows above."""
        return not self._texts()

    def unread(self) -> LeftoverKind | None:
        """Why the row is no service: it adds up, signs, is an example, or tells of none."""
        texts = self._texts()
        if not texts:
            return None
        name = name_of(self.cell(ServiceField.NAME))
        served = bool(self.text(ServiceField.DAY)) and not TOTAL.fullmatch(name)
        if name.startswith(EXAMPLE):
            return LeftoverKind.ROWS_EXAMPLE
        if (served and is_name(name)) or self._lacks_only_a_name(texts):
            return None
        telling = {one for one in _TELLING if self.text(one)}
        has_facts = bool(telling - {ServiceField.TIME})
        if is_margin(texts, name, self.text(ServiceField.IDENTITY), has_facts):
            return LeftoverKind.ROWS_MARGIN
        if telling == {ServiceField.TIME} and not name:
            return LeftoverKind.ROWS_MARGIN
        if telling:
            return None
        return LeftoverKind.ROWS_NAMES if is_name(name) else LeftoverKind.ROWS_MARGIN

    def _lacks_only_a_name(self, texts: list[str]) -> bool:
        """Whether a row has a day and a length, and nothing in it adds up or signs."""
        if self.text(ServiceField.NAME) or not self.text(ServiceField.TIME):
            return False
        day = day_of(self.cell(ServiceField.DAY), self._context.year, self._context.today)
        return isinstance(day, ReadDay) and not any(map(is_below, map(compact, texts)))

    def _texts(self) -> list[str]:
        """What stands in the row itself and in this table, without its running number."""
        columns, cells = self._columns, self._row.cells
        own = (at for at in columns.span if at < len(cells) and at not in self._row.inherited)
        texts = [(at, text_of(cells[at])) for at in own]
        return [t for at, t in texts if t and not (at in columns.numbered and t.isdecimal())]

    def cell(self, place: ServiceField) -> Cell:
        at, cells = self._columns.at.get(place), self._row.cells
        return cells[at] if at is not None and at < len(cells) else ""

    def text(self, place: ServiceField) -> str:
        return note_of(self.cell(place), TEXT)

    def wrong(self, kind: str, place: ServiceField, **facts: object) -> None:
        title = self._columns.titles.get(place, TITLES[place])
        where = (self._context.sheet, self._row.number, quoted(self.text(ServiceField.NAME)))
        self.problems.append(RowProblem(*where, title, kind, PROBLEMS[kind], facts))

    def day(self) -> ReadDay | None:
        day = day_of(self.cell(ServiceField.DAY), self._context.year, self._context.today)
        text = quoted(self.text(ServiceField.DAY))
        if isinstance(day, str):
            self.wrong(day, ServiceField.DAY, text=text)
            return None
        if day.question:
            self.questions[day.question] = {"day": text, "on": day.on.isoformat()}
        return day

    def hours(self, day: ReadDay | None) -> HoursServed | None:
        """When it began and how long until its end, as far as the row tells it."""
        hours = (day and day.hours) or self._clock(ServiceField.BEGAN)
        end = self._clock(ServiceField.ENDED)
        if hours is None or (end is None and not hours.minutes):
            return _span(self.text(ServiceField.TIME)) or hours
        if end is None or hours.minutes:
            return hours
        whole = hours.until(end.began)
        if whole is None:
            self.wrong("began", ServiceField.ENDED, text=quoted(self.text(ServiceField.ENDED)))
        return whole

    def _clock(self, place: ServiceField) -> HoursServed | None:
        """The hours in a cell of their own, where a day may stand before them."""
        cell = self.cell(place)
        if not text_of(cell) or self._columns.at[place] == self._columns.at[ServiceField.DAY]:
            return None
        hours = hours_of(cell)
        if hours is None:
            day = day_of(cell, self._context.year, self._context.today)
            hours = day.hours if isinstance(day, ReadDay) else None
        if hours is None:
            self.wrong("began", place, text=quoted(text_of(cell)))
        return hours

    def minutes(self, hours: HoursServed | None) -> int | None:
        """How long it took: as said, pauses taken off, else from its beginning to its end."""
        text = self.text(ServiceField.TIME)
        if hours and hours.minutes and (not text or _span(text)):
            return hours.minutes
        if not text:
            if all(problem.kind != "began" for problem in self.problems):
                self.wrong("time-missing", ServiceField.TIME)
            return None
        length = length_of(text, self._columns.unit)
        title = self._columns.titles.get(ServiceField.TIME, "")
        if length is None:
            self.wrong("time", ServiceField.TIME, text=quoted(text))
            return None
        if length.minutes > DAY_MINUTES:
            self.wrong("time-day", ServiceField.TIME, text=quoted(text), title=title)
            return None
        if length.question:
            self.questions[length.question] = {"time": quoted(text), "minutes": length.minutes}
        return length.minutes

    def code(self, place: ServiceField, known: Mapping[str, str], otherwise: str) -> str:
        text = self.text(place)
        code = known.get(compact(text)) if text else otherwise
        if code is None:
            names = "、".join(dict.fromkeys(word for word in known if not word.isascii()))
            self.wrong(str(place), place, text=quoted(text), words=names)
        return code or ""

    def evidence(self) -> Evidence:
        """The numbers of the row: in whichever of its columns one stands in full, or by its end."""
        ends: list[str] = []
        phones: list[str] = []
        id_number = ""
        for place in (ServiceField.IDENTITY, ServiceField.PHONE, ServiceField.TAIL):
            cell, text = self.cell(place), tail_of(self.text(place))
            if not text:
                continue
            if len(text) == TAIL:
                ends.append(text)
            elif not (identity := identity_of(cell)).fault:
                id_number = id_number or identity.number
            elif place is not ServiceField.IDENTITY and (read := phones_of(cell)).number:
                phones += (read.number, *read.others)
            else:
                self.wrong(str(place), place)
        number = compact(self.text(ServiceField.NUMBER)).upper()
        return Evidence(number, id_number, tuple(phones), tuple(ends))


def _span(text: str) -> HoursServed | None:
    """From when until when, where a length of time could stand; a length alone is none."""
    hours = hours_of(text)
    return hours if hours and hours.minutes else None


def check_size(rows: int) -> None:
    """So many rows are recorded while one waits."""
    if rows > MOST_ROWS:
        raise Refused(
            "import.too-many",
            gettext_noop("At most %(most)s rows at once; divide the table."),
            most=MOST_ROWS,
        )
