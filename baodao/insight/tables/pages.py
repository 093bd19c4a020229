"""How a table looks on a page: heads, figures with their links, choices of day and period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.figures import Figures
from baodao.figures.rules.sheets import LEVELS, StatSheet
from baodao.insight.queries.tables import StatRow, StatTable
from baodao.insight.queries.words import (
    accepted_on,
    figure_words,
    percent,
    reason,
    row_name,
)
from baodao.insight.tables.addresses import ISSUES, Addresses
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import AsOf, periods_until
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestors
from baodao.orgs.rules.tree import Kind
from baodao.ui.addresses import row_url
from baodao.ui.cells import cell, shaded_cell
from baodao.ui.wording import period_words

PAGE = 50


@dataclass(frozen=True)
class ShownFigure:
    """A figure or a word as it stands in a row: its text, what it counts, where its rows are; how
    dark its cell is, and how it changed."""

    label: str
    text: object
    url: str = ""
    numeric: bool = True
    shade: int = 0
    trend: str = ""

    @property
    def markup(self) -> SafeString:
        """The cell as HTML."""
        if self.shade:
            return shaded_cell(self.label, self.text, self.url, self.shade)
        return cell(self.label, self.text, self.url, numeric=self.numeric)


@dataclass(frozen=True)
class ShownRow:
    """One row: its name, where that leads, its figures."""

    name: str
    url: str
    cells: tuple[ShownFigure, ...]

    @property
    def markup(self) -> SafeString:
        """Its cells after the name as HTML."""
        return mark_safe("".join(one.markup for one in self.cells))  # noqa: S308 each is safe


@dataclass(frozen=True)
class TablePart:
    """Columns of a table that belong together, with the rows of which they say anything."""

    heading: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[ShownRow, ...]
    total: tuple[ShownFigure, ...]


@dataclass(frozen=True)
class TrailStep:
    """An organisation above, in the trail at the top of a page, or another table beside it."""

    name: str
    url: str
    here: bool = False


class TablePage:
    """An official table on a page: `PAGE` rows at a time, its total always that of all."""

    def __init__(self, actor: Actor, table: StatTable, page: int = 1) -> None:
        self.table = table
        self._actor = actor
        self.addresses = Addresses(table.as_of, table.period)
        self.pages = max(1, -(-len(table.rows) // PAGE))
        self.page = min(max(1, page), self.pages)

    @property
    def organisation(self) -> Organisation:
        return self.table.organisation

    @property
    def as_of(self) -> AsOf:
        return self.table.as_of

    @property
    def service(self) -> bool:
        return self.table.sheet is StatSheet.SERVICE

    @property
    def title(self) -> str:
        return gettext(self.table.sheet.words)

    @property
    def url(self) -> str:
        """The table as of the same instant, of the same period."""
        return self.addresses.table(self.table.sheet, self.organisation.code)

    @property
    def issue_url(self) -> str:
        return reverse(ISSUES[self.table.sheet], args=[self.organisation.code])

    @property
    def period(self) -> str:
        """The period in words."""
        return period_words(self.table.period)

    @property
    def periods(self) -> list[tuple[str, str, bool]]:
        """What may be chosen: its text in the address, its words, whether it is the one shown."""
        here = self.table.period
        offered = periods_until(self.as_of)
        periods = offered if here in offered else [here, *offered]
        return [(str(one), period_words(one), one == here) for one in periods]

    @property
    def tabs(self) -> list[TrailStep]:
        return tabs_of(self.organisation.code, self.addresses, self.table.sheet)

    @property
    def names(self) -> bool:
        """Whether the rows are persons with words beside them instead of figures."""
        return self.people and not self.service

    @property
    def people(self) -> bool:
        """Whether the rows are persons."""
        return self.table.of_persons

    @property
    def parts(self) -> list[TablePart]:
        """The table, in two where a place counts both what its members do and what happens in its
        communities: each with half the columns and without the rows of which it says nothing."""
        of_members = [one for one in self.table.metrics if Kind.UNIT in one.source.leaves]
        here = [one for one in self.table.metrics if Kind.UNIT not in one.source.leaves]
        rows = self.table.rows[(self.page - 1) * PAGE : self.page * PAGE]
        if not of_members or not here:
            return [self._part("", self.table.metrics, rows)]
        with_members = [
            row
            for row in rows
            if row.kind is Kind.UNIT or any(row.figures[metric.code] for metric in of_members)
        ]
        places = [row for row in rows if row.kind is not Kind.UNIT]
        parts = [
            self._part(gettext("Members and units"), of_members, with_members),
            self._part(gettext("In the communities"), here, places),
        ]
        return [part for part in parts if part.rows]

    def _part(self, heading: str, metrics: Sequence[Metric], rows: Sequence[StatRow]) -> TablePart:
        lines = tuple(self._row(row, metrics) for row in rows)
        total = tuple(self._total(metrics))
        return TablePart(heading, tuple(self._heads(metrics)), lines, total)

    def _heads(self, metrics: Sequence[Metric]) -> Iterator[tuple[str, str]]:
        """Label and definition of each column after the name."""
        if self.names:
            yield from ((label, "") for label in self._words)
            return
        for metric in metrics:
            yield gettext(metric.heading), gettext(metric.meaning)
            if metric.share:
                yield gettext(metric.share.heading), ""

    @cached_property
    def _headings(self) -> dict[str, str]:
        """The heading of each metric in the reader's language, for a thousand cells."""
        return {metric.code: gettext(metric.heading) for metric in self.table.metrics}

    @cached_property
    def _rate_headings(self) -> dict[str, str]:
        """The headings of the metrics' rates."""
        return {one.code: gettext(one.share.heading) for one in self.table.metrics if one.share}

    @property
    def definitions(self) -> list[tuple[str, str]]:
        """Heading and meaning of each figure of the table."""
        return [(gettext(one.heading), gettext(one.meaning)) for one in self.table.metrics]

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """What stands beside a person in the place of figures."""
        return gettext("Community"), gettext("Registered on"), gettext("Why not")

    def _row(self, row: StatRow, metrics: Sequence[Metric]) -> ShownRow:
        if row.person is None:
            return ShownRow(row_name(row), self._table_url(row), tuple(self._cells(row, metrics)))
        url = row_url("home:person", row.person.person_id)
        cells = self._person_cells(row.person) if self.names else tuple(self._cells(row, metrics))
        return ShownRow(row.name, url, cells)

    def _person_cells(self, person: ListedPerson) -> tuple[ShownFigure, ...]:
        values = (person.community, accepted_on(person) or "", reason(person))
        return tuple(
            ShownFigure(label, value, numeric=False)
            for label, value in zip(self._words, values, strict=True)
        )

    @property
    def moved_away(self) -> bool:
        """Whether a row tells of what its reader reads no more; rows of units and persons open in
        the organisation itself."""
        is_here = self.people or self.table.level is Kind.COMMUNITY
        return not is_here and not all(self._rows_of(row)[0] for row in self.table.rows)

    def _table_url(self, row: StatRow) -> str:
        return (
            ""
            if row.direct or not self._reads(row)
            else self.addresses.table(self.table.sheet, row.code)
        )

    def _cells(self, row: StatRow, metrics: Sequence[Metric]) -> Iterator[ShownFigure]:
        code, more = self._rows_of(row)
        for metric in metrics:
            if self.table.shows(row, metric):
                yield self._figure(code, metric, row.figures, **more)
            else:
                yield ShownFigure(self._headings[metric.code], "—")
            if metric.share:
                yield self._rate(metric, row.figures)

    def _rows_of(self, row: StatRow) -> tuple[str, dict[str, str]]:
        """Of which organisation the numbers of a row are opened, none where the reader has no right
        any more, and how they are narrowed."""
        here = self.organisation.code
        if row.person is not None:
            return here, {"person": row.person.number}
        if self.table.level is Kind.COMMUNITY:
            return here, {} if row.direct else {"unit": row.code}
        code = row.code if self._reads(row) else ""
        return code, {"direct": "1"} if row.direct else {}

    def _reads(self, row: StatRow) -> bool:
        """Whether the reader may open it: what has moved away stays in the table of its day."""
        return self._actor.may(Permission.FIGURE_READ, row.path)

    def _figure(self, code: str, metric: Metric, figures: Figures, **more: str) -> ShownFigure:
        figure = figures[metric.code]
        opens = figure and code
        url = self.addresses.number(self.table.sheet, code, metric.code, **more) if opens else ""
        words = figure_words(metric, figure, self.as_of)
        return ShownFigure(self._headings[metric.code], words, url)

    def _rate(self, metric: Metric, figures: Figures) -> ShownFigure:
        return ShownFigure(self._rate_headings[metric.code], percent(metric, figures))

    def _total(self, metrics: Sequence[Metric]) -> Iterator[ShownFigure]:
        """Those of all rows together, not of this page alone."""
        for metric in metrics:
            yield self._figure(self.organisation.code, metric, self.table.total)
            if metric.share:
                yield self._rate(metric, self.table.total)

    @cached_property
    def trail(self) -> list[TrailStep]:
        """The organisations above whose tables the reader may open."""
        return [
            TrailStep(place.name, self.addresses.table(self.table.sheet, place.code))
            for place in above(self._actor, self.organisation)
        ]


def tabs_of(code: str, addresses: Addresses, here: StatSheet | None) -> list[TrailStep]:
    """The tables of an organisation as of the same instant, and its charts; without `here` one is
    at the charts."""
    tables = [
        TrailStep(gettext(sheet.words), addresses.table(sheet, code), sheet is here)
        for sheet in StatSheet
    ]
    return [*tables, TrailStep(gettext("Charts"), addresses.charts(code), here is None)]


def above(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """From the top down, those whose figures the actor may read; without the organisation."""
    return [
        place
        for place in ancestors(organisation)[:-1]
        if actor.may(Permission.FIGURE_READ, place.path) and place.kind in LEVELS
    ]
