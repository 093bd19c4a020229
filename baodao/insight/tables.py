"""How tables, numbers and their rows look on a page: heads, cells with their links, lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Self, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.rendering import list_workbook
from baodao.insight.documents import RATES, accepted_on, reason
from baodao.insight.queries import (
    Cell,
    Listed,
    ListedOrganisation,
    ListedPerson,
    Overview,
    Row,
    Table,
)
from baodao.insight.rules import (
    LEVELS,
    METRICS,
    PLACES_WITH_OVERVIEW,
    AsOf,
    Figures,
    Source,
    applies,
    rate,
)
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.models import Organisation
from baodao.orgs.queries import ancestors
from baodao.orgs.rules import Kind
from baodao.ui.listing import Column, Listing, Spec
from baodao.ui.requests import ActorRequest

PAGE = 50
IN_PLACES = ("communities", "communities_empty", "hosted", "hosted_waiting", "hosted_units")
IN_UNITS = ("in_service", "registered", "waiting", "exempt", "missing")
"""What the overview shows of a place and of a unit."""


@dataclass(frozen=True)
class Shown:
    """One cell: its text, what it counts, and the address of its rows; a figure or a word."""

    label: str
    text: object
    url: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class ShownRow:
    """One row: its name, where that leads, its cells; the bar's parts when it has one."""

    row: Row
    name: str
    url: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class OverviewLine:
    """A place or a unit of the overview: its figures, and the same as cells that open."""

    name: str
    url: str
    figures: Figures
    cells: dict[str, Shown]


@dataclass(frozen=True)
class Step:
    """An organisation above, in the trail at the top of a page."""

    name: str
    url: str


class TablePage:
    """A registration table on a page: `PAGE` rows at a time, its total always that of all."""

    def __init__(self, actor: Actor, made: Table, page: int = 1) -> None:
        self.table = made
        self._actor = actor
        self._cells_of = CellUrls(made.as_of)
        self.pages = max(1, -(-len(made.rows) // PAGE))
        self.page = min(max(1, page), self.pages)

    @property
    def as_of(self) -> AsOf:
        return self.table.as_of

    @property
    def people(self) -> bool:
        """Whether the rows are persons."""
        return self.table.level is Kind.BRANCH

    @property
    def heads(self) -> Iterator[tuple[str, str]]:
        """Label and definition of each column after the name."""
        if self.people:
            for label in (gettext("Community"), gettext("Registered on"), gettext("Why not")):
                yield label, ""
            return
        for metric in self.table.metrics:
            yield gettext(METRICS[metric].label), gettext(METRICS[metric].meaning)
            if metric in RATES:
                yield gettext("Rate"), ""

    @property
    def definitions(self) -> list[tuple[str, str]]:
        found = (METRICS[metric] for metric in self.table.metrics)
        return [(gettext(metric.label), gettext(metric.meaning)) for metric in found]

    @property
    def rows(self) -> Iterator[ShownRow]:
        start = (self.page - 1) * PAGE
        return (self.shown(row) for row in self.table.rows[start : start + PAGE])

    def shown(self, row: Row) -> ShownRow:
        """A row as it stands on the page."""
        name = row.name
        if row.direct:
            name = gettext("%(unit)s (in no branch)") % {"unit": row.name}
        if row.person is not None:
            url = reverse("registration:person", args=[row.person.person_id])
            return ShownRow(row, name, url, self._person_cells(row.person))
        return ShownRow(row, name, self._table_url(row), tuple(self._cells(row)))

    def _person_cells(self, person: ListedPerson) -> tuple[Shown, ...]:
        labels = [label for label, _ in self.heads]
        values = (person.community, accepted_on(person) or "", reason(person))
        return tuple(
            Shown(label, value, numeric=False) for label, value in zip(labels, values, strict=True)
        )

    def _table_url(self, row: Row) -> str:
        mine = self._actor.may(Permission.FIGURE_READ, row.path)
        return "" if row.direct or not mine else table_url(row.code, self.as_of)

    def _cells(self, row: Row) -> Iterator[Shown]:
        here = self.table.level is Kind.COMMUNITY
        code = self.table.organisation.code if here else row.code
        more = {"unit": row.code} if here else {"direct": "1"} if row.direct else {}
        for metric in self.table.metrics:
            if not here and row.kind and not applies(metric, row.kind):
                yield Shown(gettext(METRICS[metric].label), "—")
            else:
                yield self._figure(code, metric, row.figures[metric], more)
            if metric in RATES:
                yield _rate(row.figures, metric)

    def _figure(self, code: str, metric: str, count: int, more: dict[str, str]) -> Shown:
        url = self._cells_of.url(code, metric, **more) if count else ""
        return Shown(gettext(METRICS[metric].label), count, url)

    @property
    def total(self) -> tuple[Shown, ...]:
        """The sum of all rows, not of this page alone."""
        return tuple(self._total())

    def _total(self) -> Iterator[Shown]:
        for metric in self.table.metrics:
            yield self.figure(metric)
            if metric in RATES:
                yield _rate(self.table.total, metric)

    def figure(self, metric: str) -> Shown:
        """One figure of the total, with its link."""
        code = self.table.organisation.code
        return self._figure(code, metric, self.table.total[metric], {})

    @cached_property
    def trail(self) -> list[Step]:
        """The organisations above whose tables the reader may open."""
        return [
            Step(place.name, table_url(place.code, self.as_of))
            for place in above(self._actor, self.table.organisation)
        ]


def above(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """From the top down, those whose figures the actor may read; without the organisation."""
    return [
        place
        for place in ancestors(organisation)[:-1]
        if actor.may(Permission.FIGURE_READ, place.path) and place.kind in LEVELS
    ]


def _rate(figures: dict[str, int], metric: str) -> Shown:
    percent = rate(figures[metric], figures[RATES[metric]])
    return Shown(gettext("Rate"), "—" if percent is None else f"{percent:.1f}%")


def table_url(code: str, as_of: AsOf) -> str:
    """The table of an organisation as of the same instant."""
    return f"{reverse('insight:table', args=[code])}?{urlencode({'as_of': str(as_of)})}"


class CellUrls:
    """Addresses of numbers as of one instant, made in bulk: a table has a thousand of them."""

    def __init__(self, as_of: AsOf) -> None:
        self._before = reverse("insight:tables")
        self._asked = urlencode({"as_of": str(as_of)})

    def url(self, code: str, metric: str, **row: str) -> str:
        """The rows of a number; codes are plain by the rules of the tree."""
        more = f"&{urlencode(row)}" if row else ""
        return f"{self._before}{code}/{metric}/?{self._asked}{more}"


class OverviewPage(TablePage):
    """The overview: the same figures, places by need, units in their order."""

    def __init__(self, actor: Actor, found: Overview) -> None:
        super().__init__(actor, found.table)
        self.found = found

    @property
    def at(self) -> datetime:
        return self.as_of.instant

    @cached_property
    def figures(self) -> dict[str, Shown]:
        """Every figure of the whole by its code."""
        return {metric: self.figure(metric) for metric in self.table.metrics}

    @property
    def rates(self) -> dict[str, str]:
        return {part: str(_rate(self.table.total, part).text) for part in RATES}

    @cached_property
    def lines(self) -> list[OverviewLine]:
        """The places, those without helpers first."""
        return [self._line(row, _overview_url(row), IN_PLACES) for row in self.found.places]

    @cached_property
    def units(self) -> list[OverviewLine]:
        """The units beside, in the order of the tree; the first of them when there are many."""
        shown = self.found.units[:PAGE]
        return [self._line(row, table_url(row.code, self.as_of), IN_UNITS) for row in shown]

    @property
    def more_units(self) -> int:
        return max(0, len(self.found.units) - PAGE)

    def _line(self, row: Row, url: str, metrics: Iterable[str]) -> OverviewLine:
        cells = {
            metric: self._figure(row.code, metric, row.figures[metric], {}) for metric in metrics
        }
        return OverviewLine(row.name, url, row.figures, cells)

    @cached_property
    def trail(self) -> list[Step]:
        return [
            Step(place.name, reverse("insight:overview_of", args=[place.code]))
            for place in above(self._actor, self.table.organisation)
        ]


def _overview_url(row: Row) -> str:
    name = "insight:overview_of" if row.kind in PLACES_WITH_OVERVIEW else "insight:table"
    return reverse(name, args=[row.code])


class CellRows:
    """What a list asks of a queryset, answered by a cell; its order is that of the tree."""

    def __init__(self, cell: Cell, start: int = 0, stop: int | None = None) -> None:
        self.cell = cell
        self._start, self._stop = start, stop

    def order_by(self, *_order: str) -> Self:
        return self

    def __getitem__(self, asked: slice) -> "CellRows":
        return CellRows(self.cell, asked.start or 0, asked.stop)

    def __iter__(self) -> Iterator[Listed]:
        return iter(self.cell.rows(self._start, self._stop or self.count()))

    def iterator(self, chunk_size: int) -> Iterator[Listed]:
        stop = min(self._stop or self.count(), self.count())
        for start in range(self._start, stop, chunk_size):
            yield from self.cell.rows(start, min(start + chunk_size, stop))

    def count(self) -> int:
        return self.cell.count


class CellListing(Listing):
    """The list behind a number: counted exactly, however long."""

    @property
    def capped(self) -> bool:
        return False

    @property
    def count(self) -> int:
        return cast(CellRows, self.narrowed_rows).count()


def cell_listing(request: ActorRequest, cell: Cell) -> CellListing:
    """The rows of `cell` as a page shows them, with search for people and an export."""
    people = cell.of_people
    spec = Spec(
        title=gettext(cell.metric.label),
        columns=_person_columns(cell) if people else _organisation_columns(cell),
        order=(),
        search=_search if people else None,
        search_hint=gettext("Name, pinyin initials, end of ID number"),
        empty=gettext("Nobody and nothing is counted here."),
        export=list_workbook,
    )
    return CellListing(cast("QuerySet[Organisation]", CellRows(cell)), request, spec)


def _search(rows: object, text: str) -> "QuerySet[Organisation]":
    cell = cast(CellRows, rows).cell
    return cast("QuerySet[Organisation]", CellRows(replace(cell, sought=text)))


def _person_columns(cell: Cell) -> Sequence[Column]:
    columns = [
        Column(
            gettext("Name"),
            lambda row: row.name,
            url=lambda row: reverse("registration:person", args=[row.person_id]),
        ),
        Column(gettext("Volunteer number"), lambda row: row.number, export_only=True),
        Column(gettext("Unit"), lambda row: row.unit),
        Column(gettext("Branch"), lambda row: row.branch),
        Column(gettext("Community"), lambda row: row.community),
        Column(gettext("Registered on"), lambda row: accepted_on(row) or ""),
    ]
    if cell.metric.code == "hosted_ended":
        columns.append(Column(gettext("Ended on"), lambda row: row.ended_on or ""))
    if cell.metric.source is Source.MEMBERS:
        columns.append(Column(gettext("Why not"), reason))
    return columns


def _organisation_columns(cell: Cell) -> Sequence[Column]:
    def url(row: ListedOrganisation) -> str | None:
        return table_url(row.code, cell.as_of) if row.path.startswith(here) else None

    here = cell.organisation.path
    columns = [
        Column(gettext("Organisation"), lambda row: row.name, url=url),
        Column(gettext("Organisation code"), lambda row: row.code, export_only=True),
        Column(gettext("Belongs to"), lambda row: row.above),
    ]
    if cell.metric.source is not Source.COMMUNITIES:
        columns += [
            Column(gettext("Registered with"), lambda row: row.community),
            Column(gettext("Registered on"), lambda row: accepted_on(row) or ""),
        ]
    return columns
