"""How a table looks on a page: heads, cells with their links, choices of day and period."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext

from baodao.insight.documents import RATES, accepted_on, period_words, reason, shows
from baodao.insight.queries import ListedPerson, Row, Table
from baodao.insight.rules import (
    LEVELS,
    METRICS,
    AsOf,
    Figures,
    Sheet,
    hours,
    periods_until,
    rate,
)
from baodao.insight.tables.addresses import Addresses
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.models import Organisation
from baodao.orgs.queries import ancestors
from baodao.orgs.rules import Kind

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """One cell: its text, what it counts, and the address of its rows; a figure or a word."""

    label: str
    text: object
    url: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class ShownRow:
    """One row: its name, where that leads, its cells."""

    row: Row
    name: str
    url: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class Step:
    """An organisation above, in the trail at the top of a page, or another table beside it."""

    name: str
    url: str
    here: bool = False


class TablePage:
    """An official table on a page: `PAGE` rows at a time, its total always that of all."""

    def __init__(self, actor: Actor, made: Table, page: int = 1) -> None:
        self.table = made
        self._actor = actor
        self.addresses = Addresses(made.as_of, made.period)
        self.pages = max(1, -(-len(made.rows) // PAGE))
        self.page = min(max(1, page), self.pages)

    @property
    def organisation(self) -> Organisation:
        return self.table.organisation

    @property
    def as_of(self) -> AsOf:
        return self.table.as_of

    @property
    def service(self) -> bool:
        return self.table.sheet is Sheet.SERVICE

    @property
    def title(self) -> str:
        return sheet_words(self.table.sheet)

    @property
    def period(self) -> str:
        """The period in words."""
        return period_words(self.table.period)

    @property
    def periods(self) -> list[tuple[str, str, bool]]:
        """What may be chosen: its text in the address, its words, whether it is chosen."""
        chosen = self.table.period
        found = periods_until(self.as_of)
        held = found if chosen in found else [chosen, *found]
        return [(str(one), period_words(one), one == chosen) for one in held]

    @property
    def tabs(self) -> list[Step]:
        """The tables of this organisation as of the same instant."""
        code = self.organisation.code
        return [
            Step(sheet_words(sheet), self.addresses.table(sheet, code), sheet is self.table.sheet)
            for sheet in Sheet
        ]

    @property
    def names(self) -> bool:
        """Whether the rows are persons with words beside them instead of figures."""
        return self.table.level is Kind.BRANCH and not self.service

    @property
    def people(self) -> bool:
        """Whether the rows are persons."""
        return self.table.level is Kind.BRANCH

    @property
    def heads(self) -> Iterator[tuple[str, str]]:
        """Label and definition of each column after the name."""
        if self.names:
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
        if row.person is not None:
            url = reverse("registration:person", args=[row.person.person_id])
            cells = self._person_cells(row.person) if self.names else tuple(self._cells(row))
            return ShownRow(row, row.name, url, cells)
        name = row.name
        if row.direct and row.kind is Kind.COMMUNITY:
            name = gettext("%(community)s (its own)") % {"community": row.name}
        elif row.direct:
            name = gettext("%(unit)s (in no branch)") % {"unit": row.name}
        return ShownRow(row, name, self._table_url(row), tuple(self._cells(row)))

    def _person_cells(self, person: ListedPerson) -> tuple[Shown, ...]:
        labels = [label for label, _ in self.heads]
        values = (person.community, accepted_on(person) or "", reason(person))
        return tuple(
            Shown(label, value, numeric=False) for label, value in zip(labels, values, strict=True)
        )

    def _table_url(self, row: Row) -> str:
        mine = self._actor.may(Permission.FIGURE_READ, row.path)
        return "" if row.direct or not mine else self.addresses.table(self.table.sheet, row.code)

    def _cells(self, row: Row) -> Iterator[Shown]:
        code, more = self._rows_of(row)
        for metric in self.table.metrics:
            if shows(self.table, row, metric):
                yield self._figure(code, metric, row.figures[metric], **more)
            else:
                yield Shown(gettext(METRICS[metric].label), "—")
            if metric in RATES:
                yield _rate(row.figures, metric)

    def _rows_of(self, row: Row) -> tuple[str, dict[str, str]]:
        """Of which organisation the numbers of a row are opened, and how they are narrowed."""
        here = self.organisation.code
        if row.person is not None:
            return here, {"person": row.person.number}
        if self.table.level is Kind.COMMUNITY:
            return here, {} if row.direct else {"unit": row.code}
        return row.code, {"direct": "1"} if row.direct else {}

    def _figure(self, code: str, metric: str, count: int, **more: str) -> Shown:
        url = self.addresses.cell(self.table.sheet, code, metric, **more) if count else ""
        return figure(metric, count, url)

    @property
    def total(self) -> tuple[Shown, ...]:
        """The sum of all rows, not of this page alone."""
        return tuple(self._total())

    def _total(self) -> Iterator[Shown]:
        for metric in self.table.metrics:
            yield self._figure(self.organisation.code, metric, self.table.total[metric])
            if metric in RATES:
                yield _rate(self.table.total, metric)

    @cached_property
    def trail(self) -> list[Step]:
        """The organisations above whose tables the reader may open."""
        return [
            Step(place.name, self.addresses.table(self.table.sheet, place.code))
            for place in above(self._actor, self.organisation)
        ]


def sheet_words(sheet: Sheet) -> str:
    """The name of a table in the reader's words."""
    if sheet is Sheet.SERVICE:
        return gettext("Service table")
    return gettext("Registration table")


def above(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """From the top down, those whose figures the actor may read; without the organisation."""
    return [
        place
        for place in ancestors(organisation)[:-1]
        if actor.may(Permission.FIGURE_READ, place.path) and place.kind in LEVELS
    ]


def figure(metric: str, count: int, url: str) -> Shown:
    """A figure under its label: a number, or hours."""
    found = METRICS[metric]
    return Shown(gettext(found.label), hours(count) if found.minutes else count, url)


def percent(figures: Figures, part: str) -> str:
    """A rate as it is shown."""
    told = rate(figures[part], figures[RATES[part]])
    return "—" if told is None else f"{told:.1f}%"


def _rate(figures: Figures, metric: str) -> Shown:
    return Shown(gettext("Rate"), percent(figures, metric))
