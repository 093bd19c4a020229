"""What a row of a table of services tells, what it leaves open, and what can be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.durations import Uncertainty
from baodao.people.rules.names import NOT_WHOLE
from baodao.spreadsheets.cells import quoted
from baodao.spreadsheets.date_orders import NO_DATES, DateColumns
from baodao.timesheets.rules.days_above import DayAbove
from baodao.timesheets.rules.headings import TITLES, Columns, ServiceField
from baodao.timesheets.rules.people_above import Who
from baodao.timesheets.rules.questions import PLAIN, ImportScope

PROBLEMS: dict[str, str] = {
    "name": gettext_noop("Write the name."),
    "day": gettext_noop("“%(text)s” is no day; write it like 2026-07-04."),
    "day-month": gettext_noop(
        "“%(text)s” names no month; write it like 2026-07-04, or write year and month above the "
        "table."
    ),
    "weekday": gettext_noop(
        "“%(text)s”: that day has another weekday. Check which of them is right."
    ),
    "days": gettext_noop(
        "“%(text)s” is several days, and not clear which; write a row for each day."
    ),
    "began": gettext_noop(
        "“%(text)s” is no hour of the day; write it like 9:30 or 9:30-11:00, or leave it out."
    ),
    "end-day": gettext_noop(
        "It ends on another day, “%(text)s”. Write a row for each day, or the hours of the one day."
    ),
    "time": gettext_noop("“%(text)s” is no length of time; write it like 1.5 小时 or 90 分钟."),
    "time-missing": gettext_noop("Write how long it was, like 1.5 小时 or 90 分钟."),
    "time-day": gettext_noop(
        "“%(text)s” under “%(title)s” is more than a day has. If minutes are meant, write 分钟 "
        "behind the number; of a sum of several days write a row for each day."
    ),
    "times": gettext_noop(
        "“%(text)s”: this row is several services. Write one row for each, with its day and its "
        "own length; if the length is that of all of them on this one day, leave the number of "
        "times out."
    ),
    "length-otherwise": gettext_noop(
        "“%(text)s” stands beside the length. Write the length that counts, and take that out."
    ),
    "void": gettext_noop(
        "“%(text)s” stands in this row. If the service counts all the same, take that out of it."
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
    "uncompared": gettext_noop(
        "Not compared: %(count)s numbers in the tables of today fit nobody registered here. "
        "Record the good rows. For these, leave the number out where the name is that of one "
        "member, enter the service by hand, or upload them once more tomorrow."
    ),
    "several": gettext_noop("“%(text)s” is several people. Write one person a row."),
    "several-unknown": gettext_noop(
        "“%(text)s” is several people, and these are not registered here: %(names)s. Write one "
        "person a row, or check the names."
    ),
    "name-not-whole": NOT_WHOLE,
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

    `sheet` is "" in a text file, `part` which of the services of the row it is about: its day where
    it has several, and the side where tables stand side by side.
    """

    sheet: str
    row: int
    who: str
    column: str
    kind: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)
    part: str = ""


@dataclass(frozen=True)
class Evidence:
    """What a row says of its person besides the name: numbers in full, or the end of one.

    Of several telephones (the first five) one is enough to be theirs; of several ends each must be.
    """

    number: str = ""
    id_number: str = ""
    phones: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether it holds what may be compared with numbers that are not told to everybody."""
        return bool(self.id_number or self.phones or self.tails)

    def __bool__(self) -> bool:
        return bool(self.number or self.tells)


@dataclass(frozen=True)
class ServiceRow:
    """A row that can be read; who it is is not known yet.

    It counts only when each of its `questions` was answered; these have the facts they ask about.
    `part` tells it from the others of the row where that has several days, else it is empty.
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
    part: str = ""

    def problem(
        self, place: ServiceField, kind: str, message: str, facts: Mapping[str, object]
    ) -> RowProblem:
        """Why the row, which can be read, is left out all the same; `place` is where to mend it."""
        of_day = self.titles.get(ServiceField.TIME) if self.part else None
        column = self.titles.get(place) or of_day or TITLES[place]
        who = quoted(" ".join(self.names.split()))
        return RowProblem(self.sheet, self.row, who, column, kind, message, facts, self.part)


@dataclass(frozen=True)
class Words:
    """The kinds and ways in force, by what they are called, in any language."""

    categories: Mapping[str, str]
    ways: Mapping[str, str]


@dataclass(frozen=True)
class TableContext:
    """What holds for every row of a table: its sheet, its columns, the words, the year and month of
    days without, today, the day and the person that stand above, what somebody said of it, and in
    which order its column writes dates."""

    sheet: str
    columns: Columns
    words: Words
    year: int | None
    month: int | None
    today: date
    above: DayAbove | None = None
    who: Who = field(default_factory=dict)
    scope: ImportScope = PLAIN
    is_day_column: bool = False
    side: str = ""
    dates: DateColumns = NO_DATES
