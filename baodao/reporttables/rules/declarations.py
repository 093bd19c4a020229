"""What a table to be handed up is: data that says its rows and its columns, with every name
checked."""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.kernel.authz import Permission
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.rules.formulas import CODES, Formula, read_formula

PLACE = re.compile(r"\{([^{}]*)\}")
"""A total in the note below a table."""


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
    """A column by its Chinese heading: what is counted, or a fact of the row. Columns side by side
    with the same `group` stand below that heading."""

    heading: str
    formula: Formula | None = None
    fact: str = ""
    width: float = 4.2
    group: str = ""

    @property
    def name(self) -> str:
        """The key of the column in a row on paper."""
        return self.formula.name if self.formula else self.fact

    @property
    def metric(self) -> Metric | None:
        """The metric whose figures it shows, which open; None for any other."""
        return self.formula.metric if self.formula else None


@dataclass(frozen=True)
class TableDeclaration:
    """A table: its title, what its rows are, at which levels it stands, and its columns in order.

    `kinds` of children make the rows below; `readers` is the permission with which it is read.
    `proposed` where no form of an authority is known: its columns are our proposal (自拟). `note`
    stands below, `{code}` or a formula in braces in it for a total. Where no period is named, one
    that is `quarterly` tells of the quarter that is due, any other of the year. `version` is the
    key of the version of an own table, "" for one of the catalogue. Rows in which the figure `only`
    is nothing are left out.
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
    version: str = ""
    only: Formula | None = None

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that its columns and its note ask, once each."""
        formulas = [one.formula for one in self.columns if one.formula]
        formulas += [read_formula(text, CODES) for text in PLACE.findall(self.note)]
        formulas += [self.only] if self.only else []
        codes = (code for formula in formulas for code in formula.codes)
        return tuple(METRICS[code] for code in dict.fromkeys(codes))

    @property
    def of_period(self) -> bool:
        """Whether anything in it is of a period."""
        return self.rows is RowsOf.SERVICES or any(one.of_period for one in self.metrics)


def check_declaration(declaration: TableDeclaration) -> None:
    """`ValueError` for a column that says nothing or two things, and for a name that is unknown,
    with the nearest that is known."""
    for column in declaration.columns:
        if bool(column.formula) == bool(column.fact):
            raise ValueError(f"{column.heading}: a metric or a fact")
        for code in column.formula.codes if column.formula else ():
            _check_name(code, METRICS)
        if column.fact:
            _check_name(column.fact, FACTS[declaration.rows])


def _check_name(name: str, known: Collection[str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0)
        raise ValueError(f"{name} is unknown; the nearest is {', '.join(near)}")
