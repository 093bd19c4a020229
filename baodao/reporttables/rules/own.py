"""A table of one's own: what is declared in the browser becomes a declaration as any other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sheets import COMMUNITIES_UP, PLACES, UNITS_UP
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.rules.declarations import (
    PLACE,
    ColumnDeclaration,
    RowsOf,
    TableDeclaration,
)
from baodao.reporttables.rules.formulas import CODES, FigureNames, Formula, key_of, read_formula

MOST_COLUMNS = 16
"""More do not fit on a sheet of paper."""
LONGEST_TITLE, LONGEST_HEADING, LONGEST_FORMULA, LONGEST_NOTE = 40, 20, 200, 300
NAME = ColumnDeclaration("组织名称", fact="name", width=11)
"""The first column of an own table of organisations: what its rows are."""
MEMBER = (
    ColumnDeclaration("姓名", fact="name", width=5),
    ColumnDeclaration("志愿服务编号", fact="number", width=6),
    ColumnDeclaration("工作单位", fact="unit", width=10),
)
"""The first columns of an own table of people."""


class OwnRows(Code):
    """Which of what stands directly below makes the rows; or, in a community, whom it hosts."""

    ALL = "all", gettext_noop("everything directly below: branches, units, communities, places")
    UNITS = (
        "units",
        gettext_noop("units; in a unit branches, in a community units of its members"),
    )
    PLACES = "places", gettext_noop("communities, streets, districts")
    MEMBERS = "members", gettext_noop("members reported to a community, each in a row")

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of its rows."""
        return _KINDS[self]

    @property
    def levels(self) -> tuple[Kind, ...]:
        """Where such a table stands."""
        if self is OwnRows.MEMBERS:
            return (Kind.COMMUNITY,)
        return PLACES if self is OwnRows.PLACES else (Kind.COMMUNITY, *UNITS_UP)


_KINDS = {
    OwnRows.ALL: (Kind.BRANCH, Kind.UNIT, *COMMUNITIES_UP),
    OwnRows.UNITS: (Kind.BRANCH, Kind.UNIT),
    OwnRows.PLACES: COMMUNITIES_UP,
    OwnRows.MEMBERS: (),
}


@dataclass(frozen=True)
class TypedColumn:
    """A column as it is typed: the heading above its heading, its heading, what it counts."""

    group: str
    heading: str
    formula: str


@dataclass(frozen=True)
class OwnColumn:
    """A column of an own table: the heading above its heading, its heading, what it counts."""

    group: str
    heading: str
    formula: Formula

    @property
    def kept(self) -> dict[str, str]:
        """It as it is kept."""
        return {"group": self.group, "heading": self.heading, "formula": self.formula.text}


@dataclass(frozen=True)
class OwnDefinition:
    """What an own table is: everything in it is known. Totals in its note are written in codes;
    rows in which `only` is nothing are left out."""

    title: str
    rows: OwnRows
    columns: tuple[OwnColumn, ...]
    note: str = ""
    quarterly: bool = False
    only: Formula | None = None

    def declaration(self, code: str, version: str) -> TableDeclaration:
        """It as the tables of the catalogue are declared."""
        columns = (
            ColumnDeclaration(one.heading, one.formula, group=one.group) for one in self.columns
        )
        of_people = self.rows is OwnRows.MEMBERS
        return TableDeclaration(
            code,
            self.title,
            RowsOf.MEMBERS if of_people else RowsOf.BELOW,
            self.rows.levels,
            (*(MEMBER if of_people else (NAME,)), *columns),
            kinds=self.rows.kinds,
            readers=Permission.PERSON_READ if of_people else Permission.FIGURE_READ,
            note=self.note,
            quarterly=self.quarterly,
            version=version,
            only=self.only,
        )


def check_width(numbers: Iterable[int]) -> None:
    """Refuse columns beyond the last that fits on paper."""
    if any(number > MOST_COLUMNS for number in numbers):
        raise Refused(
            "own-table.wide",
            gettext_noop("A table has at most %(most)s columns. Make two tables of it."),
            most=MOST_COLUMNS,
        )


def kept_column(kept: Mapping[str, str]) -> OwnColumn:
    """A column as it was kept."""
    return OwnColumn(kept["group"], kept["heading"], read_formula(kept["formula"], CODES))


def check_column(
    columns: Sequence[TypedColumn],
    place: int,
    earlier: Mapping[str, Formula | None],
    rows: OwnRows,
    words: FigureNames,
) -> OwnColumn:
    """The typed column at a place behind those that were read already; raises `Refused` with what
    is wrong in it."""
    one = columns[place]
    if not one.heading or not one.formula:
        raise Refused(
            "own-table.half-column",
            gettext_noop("A column has a heading and a figure: write both, or empty the line."),
        )
    headings = {key_of(column.heading): None for column in columns if column.heading}
    formula = read_formula(one.formula, words, {**headings, **earlier})
    if not any(_says(rows, METRICS[code]) for code in formula.codes):
        raise Refused(
            "own-table.no-such-rows",
            gettext_noop("“%(word)s” says nothing of these rows. Choose other rows or a figure."),
            word=one.formula,
        )
    return OwnColumn(one.group, one.heading, formula)


def _says(rows: OwnRows, metric: Metric) -> bool:
    """Whether a metric says anything of such rows; in a community units are rows of what it counts
    by unit, and people of what is counted of people."""
    source = metric.source
    if rows is OwnRows.MEMBERS:
        return source.of_people and Kind.COMMUNITY in source.leaves
    return bool(set(source.levels) & set(rows.kinds)) or (
        source.by_unit and Kind.UNIT in rows.kinds
    )


def read_note(text: str, words: FigureNames, columns: Sequence[OwnColumn]) -> str:
    """The note with its totals in codes; raises `Refused` for one that is not understood."""
    headings = {key_of(one.heading): one.formula for one in columns}
    note = PLACE.sub(lambda place: f"{{{read_formula(place[1], words, headings).text}}}", text)
    if set("{}") & set(PLACE.sub("", note)):
        raise Refused(
            "own-table.brace",
            gettext_noop("A brace in the note is open. Write totals as {name of a figure}."),
        )
    return note


def written_note(note: str, words: FigureNames) -> str:
    """The note as people write it."""
    return PLACE.sub(
        lambda place: f"{{{read_formula(place[1], CODES).written(words.names)}}}", note
    )
