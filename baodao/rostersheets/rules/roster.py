"""What a roster file says: rows that can be taken over, and what is wrong with the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Self

from baodao.people.rules.standing import Grade, Standing
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.homes import Homes
from baodao.rostersheets.rules.problems import RosterProblem
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.date_orders import DateColumn
from baodao.spreadsheets.headers import HeaderWords
from baodao.spreadsheets.leftovers import Leftover


@dataclass(frozen=True)
class RosterScope:
    """What of a file is read besides what is plain: hidden sheets, and `sheets` that list people of
    a fuller one; rows out of sight are read unless they are to be left out.

    `exits` answer, for all rows of a kind of `ExitKind`, whether these people are gone. `headers`
    and `statuses` say what words mean in this file alone, `dates` what stands first in dates of a
    form, `phones_above` whether 同上 means the telephone above or none; None is not said yet."""

    include_hidden: bool = False
    skip_unseen: bool = False
    sheets: frozenset[str] = frozenset()
    exits: Mapping[str, bool] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    phones_above: bool | None = None

    def packed(self) -> dict[str, object]:
        """As the options of an import keep it."""
        return {
            "include_hidden": self.include_hidden,
            "skip_unseen": self.skip_unseen,
            "sheets": sorted(self.sheets),
            "exits": dict(self.exits),
            "headers": dict(self.headers),
            "statuses": dict(self.statuses),
            "dates": dict(self.dates),
            "phones_above": self.phones_above,
        }

    @classmethod
    def unpacked(cls, options: Mapping[str, Any]) -> Self:
        sheets = frozenset(map(str, options.get("sheets", ())))
        include, skip = options.get("include_hidden"), options.get("skip_unseen")
        exits = {str(kind): bool(gone) for kind, gone in options.get("exits", {}).items()}
        headers, statuses, dates = (
            dict(options.get(name, {})) for name in ("headers", "statuses", "dates")
        )
        above = options.get("phones_above")
        return cls(bool(include), bool(skip), sheets, exits, headers, statuses, dates, above)


PLAIN = RosterScope()
"""What of a file is read before a clerk says more."""


@dataclass(frozen=True)
class RosterFacts:
    """The facts that a roster may tell: `headers` finds their columns, `notes` reads those that
    are kept as they stand, in this order."""

    headers: HeaderWords
    notes: Mapping[str, Callable[[Cell], str]]


@dataclass(frozen=True)
class Setup:
    """What judging depends on besides the file.

    `facts` are those that a roster may tell; `choices` maps header keys to facts as the clerk
    corrected them, `statuses` compact statuses to codes of standing or grade; `watch` is told how
    many people were read so far and may raise to stop; `homes` are the communities of the city.
    """

    facts: RosterFacts
    branches: Branches
    today: date
    choices: Mapping[str, str]
    scope: RosterScope = PLAIN
    statuses: Mapping[str, str] = field(default_factory=dict)
    watch: Callable[[int], None] | None = None
    homes: Homes = field(default_factory=Homes)


class RosterRow(NamedTuple):
    """The facts of one person as read from one row.

    A tuple, not a dataclass: a hundred thousand of them are made and compared at once. What the
    file does not say is "" or None; `home_community` is the id of a community; `notes` stand in the
    order of `RosterFacts.notes`.
    """

    sheet: str
    row: int
    name: str
    id_number: str
    sex: str
    born_on: date
    phone: str
    joined_on: date | None
    full_on: date | None
    grade: Grade | None
    standing: Standing | None
    branch: str
    lives_in_city: bool | None
    home_community: int | None
    notes: tuple[str, ...]


class RosterExit(NamedTuple):
    """A row of somebody of whom the clerk says that they are gone; `died` since `on`, if told."""

    sheet: str
    row: int
    name: str
    id_number: str
    died: bool
    on: date | None


@dataclass
class RosterJudgement:
    """A whole file, read and judged. `rows` are those without a problem; `remarks` tell what of
    a row that is taken over was not kept. `documents` are people with another document than an
    identity card, who have a problem unless they are members already: without sex, born on
    `date.min`.

    `branches` maps what is the same branch to its first spelling; `columns` each fact to its
    header and `titles` are all headers; `seen_columns` are the columns of sheets without a known
    header, with how they begin. `seen` holds every valid ID number and where it stands
    first; `unclear` the names of people whose ID number could not be read. `exits` are rows of
    people who are gone, `dates` how dates are read of which the table tells the order.
    `leftovers` tell all that was not used, `other_rows` how many rows of the
    sheets that were read are nobody's.
    """

    rows: list[RosterRow] = field(default_factory=list)
    people: int = 0
    in_service: int = 0
    branches: dict[str, str] = field(default_factory=dict)
    problems: list[RosterProblem] = field(default_factory=list)
    documents: list[RosterRow] = field(default_factory=list)
    remarks: list[RosterProblem] = field(default_factory=list)
    exits: list[RosterExit] = field(default_factory=list)
    dates: list[DateColumn] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    other_rows: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    seen_columns: dict[str, str] = field(default_factory=dict)
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
