"""What a table to be handed up is: data that says its rows and its columns, with every name
checked."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.kernel.authz import Permission
from baodao.orgs.rules.tree import Kind


class RowsOf(StrEnum):
    """What one row is: what stands below in the tree, a community of the place, a member whom a
    community hosts, or what people of a unit did in one community on one day."""

    BELOW = "below"
    COMMUNITIES = "communities"
    MEMBERS = "members"
    SERVICES = "services"


FACTS: dict[RowsOf, tuple[str, ...]] = {
    RowsOf.BELOW: ("name",),
    RowsOf.COMMUNITIES: ("name", "above", "address", "contact_name", "contact_phone"),
    RowsOf.MEMBERS: (
        *("name", "number", "sex", "unit", "branch", "position", "specialty", "interests"),
        *("wishes", "free_times", "grid", "team", "accepted_on"),
    ),
    RowsOf.SERVICES: ("served_on", "community", "title", "category", "people", "hours"),
}
"""What rows know beside figures."""


@dataclass(frozen=True)
class ColumnDeclaration:
    """A column by its Chinese heading: the figures of a metric, or with `of` its share of another
    metric in percent, or a fact of the row."""

    heading: str
    metric: str = ""
    of: str = ""
    fact: str = ""
    width: float = 4.2

    @property
    def name(self) -> str:
        """The key of the column in a row on paper."""
        return f"{self.metric}_rate" if self.of else self.metric or self.fact


@dataclass(frozen=True)
class TableDeclaration:
    """A table: its title, what its rows are, at which levels it stands, and its columns in order.

    `kinds` of children make the rows below; `readers` is the permission with which it is read.
    `proposed` where no form of an authority is known: its columns are our proposal (自拟). `note`
    stands below, `{code}` in it for the total of a metric. Where no period is named, one that is
    `quarterly` tells of the quarter that is due, any other of the year.
    """

    code: str
    title: str
    rows: RowsOf
    levels: tuple[Kind, ...]
    columns: tuple[ColumnDeclaration, ...]
    kinds: tuple[Kind, ...] = ()
    note: str = ""
    readers: Permission = Permission.FIGURE_READ
    proposed: bool = False
    quarterly: bool = False

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that its columns and shares ask, once each."""
        codes = [code for one in self.columns for code in (one.metric, one.of) if code]
        return tuple(METRICS[code] for code in dict.fromkeys(codes))

    @property
    def of_period(self) -> bool:
        """Whether anything in it is of a period."""
        return self.rows is RowsOf.SERVICES or any(one.of_period for one in self.metrics)


def check_declaration(declaration: TableDeclaration) -> None:
    """`ValueError` for a column that says nothing or two things, and for a name that is unknown,
    with the nearest that is known."""
    for column in declaration.columns:
        if bool(column.metric) == bool(column.fact):
            raise ValueError(f"{column.heading}: a metric or a fact")
        for code in filter(None, (column.metric, column.of)):
            _check_name(code, METRICS)
        if column.fact:
            _check_name(column.fact, FACTS[declaration.rows])


def _check_name(name: str, known: Collection[str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0)
        raise ValueError(f"{name} is unknown; the nearest is {', '.join(near)}")
