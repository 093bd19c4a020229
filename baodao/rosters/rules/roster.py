"""What a roster file says: rows that can be taken over, and what is wrong with the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.people.rules.cells import Cell
from baodao.people.rules.standing import Grade, Standing
from baodao.rosters.rules.headers import HeaderWords
from baodao.rosters.rules.problems import RosterProblem


class RosterState(Code):
    """How far a file is on its way in."""

    UPLOADED = "uploaded", gettext_noop("waiting to be read")
    READING = "reading", gettext_noop("being read")
    READ = "read", gettext_noop("checked, not applied")
    APPLYING = "applying", gettext_noop("being applied")
    APPLIED = "applied", gettext_noop("applied")
    REFUSED = "refused", gettext_noop("could not be read")
    CANCELLED = "cancelled", gettext_noop("cancelled")
    UNDONE = "undone", gettext_noop("undone")


@dataclass(frozen=True)
class RosterFacts:
    """The facts that a roster may tell: `headers` finds their columns, `notes` reads those that
    are kept as they stand, in this order."""

    headers: HeaderWords
    notes: Mapping[str, Callable[[Cell], str]]


class RosterRow(NamedTuple):
    """The facts of one person as read from one row.

    A tuple, not a dataclass: a hundred thousand of them are made and compared at once. What the
    file does not say is "" or None; `notes` stand in the order of `RosterFacts.notes`.
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
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet that was not read, and why: `hidden`, `empty` or `no-header`."""

    sheet: str
    reason: str


@dataclass
class RosterJudgement:
    """A whole file, read and judged. `rows` are those without a problem; `remarks` tell what of
    a row that is taken over was not kept.

    `branches` maps what is the same branch to its first spelling; `columns` each fact to its
    header and `titles` are all headers. `seen` holds every valid ID number and where it stands
    first; `unclear` the names of people whose ID number could not be read.
    """

    rows: list[RosterRow] = field(default_factory=list)
    people: int = 0
    in_service: int = 0
    branches: dict[str, str] = field(default_factory=dict)
    problems: list[RosterProblem] = field(default_factory=list)
    remarks: list[RosterProblem] = field(default_factory=list)
    skipped: list[SkippedSheet] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
