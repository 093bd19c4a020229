"""How the rows of a source are read: their SQL with the traits that are asked, and their list."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from baodao.figures.queries.sql import Answer
from baodao.tallies.rules.conditions import columns
from baodao.tallies.rules.parts import TallyPart

Select = Callable[[frozenset[str]], str]
Sums = Callable[[Collection[TallyPart]], str]


@dataclass(frozen=True)
class Tallied:
    """Records: counted from sums where nothing is asked of the single one but what tallies know.

    `sums` are rows of `services`, `minutes` and the columns of the parts that are asked, on each
    branch or community, `narrow_sums` the same for each person or unit; both know no trait. `kinds`
    are rows of `month`, `category` and `minutes`, some of the same month and category. `standing`
    says of a single record whether it stood at the instant.
    """

    sums: Sums
    narrow_sums: Sums
    kinds: str
    standing: str


@dataclass(frozen=True)
class SourceRows:
    """One row for each thing that can be counted as of `%(instant)s` below `%(below)s`.

    `select` gives the SQL of the rows, with `organisation_id` and `path` of what each hangs on and
    the traits that are asked. `changes` gives the SQL condition that something was recorded between
    `%(since)s` and the instant by which rows with these traits may count differently at the two, in
    the same tree and on the same civil day. `listing` is the SQL of the list behind a number, with
    `{rows}` and `{where}` for the rows it lists; it asks `traits` of them. `row` makes a row of the
    list.
    """

    select: Select
    changes: Select
    listing: str
    row: Callable[[Answer], Any]
    traits: frozenset[str] = frozenset()
    tallied: Tallied | None = None


def between(*instants: str) -> str:
    """Whether one of these columns lies between `%(since)s` and the instant."""
    return " OR ".join(f"({one} >= %(since)s AND {one} < %(instant)s)" for one in instants)


def standing(record: str, until: str = "%(instant)s") -> str:
    """That no reversal of a record was recorded before an instant."""
    return f"""NOT EXISTS (
        SELECT 1 FROM ledger_servicerecord undone
        WHERE undone.community_id = {record}.community_id AND undone.reverses = {record}.id
          AND undone.reverses IS NOT NULL AND undone.recorded_at < {until}
    )"""


@dataclass(frozen=True)
class Placed:
    """Things that count at a place of the tree from one instant until another.

    `tables` is the SQL that joins them, as `name`, to the place of the tree, as `at`, which is of
    one of `kinds`; `begins` and `ends` are the columns of the two instants, `further` is what else
    must hold, `computed` are traits that are no column of them, `moves` the instants at which
    these may move.
    """

    name: str
    tables: str
    begins: str
    ends: str = ""
    further: str = "true"
    computed: Mapping[str, str] = field(default_factory=dict, hash=False)
    moves: tuple[str, ...] = ()
    at: str = "community"
    kinds: str = "'community'"

    def rows(self, listing: str, row: Callable[[Answer], Any]) -> SourceRows:
        """The rows of a source, with their list."""
        return SourceRows(self._select, self._changes, listing, row)

    def _select(self, traits: frozenset[str]) -> str:
        ends = f"AND ({self.ends} IS NULL OR {self.ends} >= %(instant)s)" if self.ends else ""
        return f"""
        SELECT {self.at}.id AS organisation_id, {self.at}.path, {self.name}.id
               {columns(traits, self.name, self.computed)}
        FROM {self.tables}
        WHERE {self._here()} AND {self.begins} < %(instant)s {ends} AND {self.further}"""

    def _changes(self, _: frozenset[str]) -> str:
        instants = filter(None, (self.begins, self.ends, *self.moves))
        return f"""
        EXISTS (SELECT 1 FROM {self.tables} WHERE {self._here()} AND ({between(*instants)}))"""

    def _here(self) -> str:
        return f"{self.at}.kind IN ({self.kinds}) AND {self.at}.path LIKE %(below)s"


OF_BOTH = "'unit', 'community'"
"""Kinds of places at which things of units and of communities count."""

MOVED = f"""
    , moved_memberships AS MATERIALIZED (
        SELECT m.person_id FROM people_membership m
        WHERE {between("m.recorded_at", "m.closed_at")}
    ), moved_stages AS MATERIALIZED (
        SELECT r.person_id, stage.community_id FROM registration_registrationstage stage
        JOIN registration_registration r ON r.id = stage.subject_id
        WHERE {between("stage.since", "stage.until")}
    )"""
"""What `changes` of several sources ask, once a statement: found by the indexes of the instants."""

STAGES_HERE = """
    EXISTS (
        SELECT 1 FROM moved_stages stage JOIN tree community ON community.id = stage.community_id
        WHERE community.path LIKE %(below)s
    )"""
"""Whether a registration with a community of the place moved."""


@dataclass(frozen=True)
class CountedThing:
    """A thing of a community that is listed by what it is called and its instant alone."""

    id: UUID
    community: str
    title: str
    at: datetime
