"""How the overview looks: places in the order of need, units in their order, all numbers open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.figures import Figures, days_waited
from baodao.figures.rules.sheets import PLACES, StatSheet
from baodao.insight.queries.overviews import Overview
from baodao.insight.queries.tables import StatRow
from baodao.insight.queries.words import figure_words, percent
from baodao.insight.tables.addresses import Addresses
from baodao.insight.tables.pages import PAGE, ShownFigure, ShownRow, TrailStep, above
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import AsOf, month_ends
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.ui.charts import shade
from baodao.ui.wording import period_words

IN_ALL = (
    *("needs_without_help", "needs_met", "communities_empty", "hosted", "hosted_served"),
    *("minutes_here", "missing"),
)
IN_PLACES = (
    *("needs_without_help", "oldest_need", "needs_met", "hosted", "hosted_served"),
    *("minutes_here", "hosted_waiting", "communities_empty"),
)
IN_UNITS = ("in_service", "registered", "waiting", "exempt", "missing", "served", "minutes")
"""What the overview shows of the whole, of a place and of a unit."""


@dataclass(frozen=True)
class OverviewLine(ShownRow):
    """A place or a unit of the overview; `figures` are all it has, its cells those shown."""

    figures: Figures

    @property
    def first(self) -> bool:
        """Whether it has needs and nobody there."""
        return bool(self.figures["needs_without_help"]) and not self.figures["hosted"]


class OverviewPage:
    """The overview: places by need, units in the order of the tree."""

    def __init__(self, actor: Actor, overview: Overview) -> None:
        self.overview = overview
        self._actor = actor
        self.addresses = Addresses(overview.as_of, overview.period)

    @property
    def organisation(self) -> Organisation:
        return self.overview.organisation

    @property
    def as_of(self) -> AsOf:
        return self.overview.as_of

    @property
    def at(self) -> datetime:
        return self.as_of.instant

    @property
    def period(self) -> str:
        return period_words(self.overview.period)

    @property
    def total(self) -> Figures:
        return self.overview.total

    @property
    def tables(self) -> dict[str, str]:
        """The tables of the organisation as of the same instant."""
        code = self.organisation.code
        return {sheet.value: self.addresses.table(sheet, code) for sheet in StatSheet}

    @cached_property
    def figures(self) -> tuple[ShownFigure, ...]:
        """What is shown of the whole, and how it changed since the end of last month."""
        cells = self._cells(self.organisation.code, self.total, IN_ALL)
        return tuple(
            replace(cell, trend=self._trend(METRICS[code]))
            for code, cell in zip(IN_ALL, cells, strict=True)
        )

    @property
    def unhelped_url(self) -> str:
        """Where the needs stand of which the headline speaks; "" where it speaks of none."""
        return self.figures[IN_ALL.index("needs_without_help")].url

    @property
    def compared_with(self) -> date | None:
        """The day with which the figures of the whole are compared; None where those of then are
        not known."""
        return month_ends(self.as_of, 1)[0].on if self.overview.before else None

    def _trend(self, metric: Metric) -> str:
        """How a figure changed; nothing where last month's is not known or was of another year."""
        before, day = self.overview.before, self.compared_with
        if day is None or (metric.of_period and day.year != self.as_of.on.year):
            return ""
        change = self.total[metric.code] - before.get(metric.code, 0)
        if not change:
            return gettext("as at the end of last month")
        words = f"{'+' if change > 0 else '−'}{figure_words(metric, abs(change), self.as_of)}"
        return gettext("%(change)s since the end of last month") % {"change": words}

    @property
    def rates(self) -> dict[str, str]:
        """Every rate of the whole, by the code of its part."""
        return {
            code: percent(metric, self.total) for code, metric in METRICS.items() if metric.share
        }

    @property
    def days(self) -> int | None:
        """How many days the oldest need without help has waited."""
        return days_waited(self.total["oldest_need"], self.as_of.on)

    @cached_property
    def lines(self) -> list[OverviewLine]:
        """The places, those with needs and without help first."""
        columns = {
            code: [self._shade_of(code, row.figures[code]) for row in self.overview.places]
            for code in self._in_places
        }
        lines = []
        for row in self.overview.places:
            line = self._line(row, self._place_url(row), self._in_places)
            cells = tuple(
                replace(cell, shade=shade(self._shade_of(code, row.figures[code]), columns[code]))
                for code, cell in zip(self._in_places, line.cells, strict=True)
            )
            lines.append(replace(line, cells=cells))
        return lines

    def _shade_of(self, code: str, figure: int) -> int:
        """By what a cell is the darker: of the earliest instant, the days since."""
        if METRICS[code].measure is Measure.EARLIEST:
            return days_waited(figure, self.as_of.on) or 0
        return figure

    @property
    def place_heads(self) -> list[str]:
        return [gettext(METRICS[code].heading) for code in self._in_places]

    @cached_property
    def units(self) -> list[OverviewLine]:
        """The units beside, in the order of the tree; the first of them when there are many."""
        return [
            self._line(row, self.addresses.table(StatSheet.REGISTRATION, row.code), IN_UNITS)
            for row in self.overview.units[:PAGE]
        ]

    @property
    def unit_heads(self) -> list[str]:
        return [gettext(METRICS[code].heading) for code in IN_UNITS]

    @property
    def more_units(self) -> int:
        return max(0, len(self.overview.units) - PAGE)

    @property
    def _in_places(self) -> tuple[str, ...]:
        """Below a street the places are communities: each is one, empty or not."""
        street = self.organisation.kind == Kind.STREET
        return tuple(code for code in IN_PLACES if code != "communities_empty" or not street)

    def _place_url(self, row: StatRow) -> str:
        if row.kind in PLACES:
            return reverse("insight:overview_of", args=[row.code])
        return self.addresses.table(StatSheet.SERVICE, row.code)

    def _line(self, row: StatRow, url: str, codes: Iterable[str]) -> OverviewLine:
        reads = self._actor.may(Permission.FIGURE_READ, row.path)
        cells = self._cells(row.code if reads else "", row.figures, codes)
        return OverviewLine(row.name, url if reads else "", cells, row.figures)

    def _cells(self, code: str, figures: Figures, codes: Iterable[str]) -> tuple[ShownFigure, ...]:
        return tuple(self._cell(code, METRICS[one], figures[one]) for one in codes)

    def _cell(self, code: str, metric: Metric, figure: int) -> ShownFigure:
        text = figure_words(metric, figure, self.as_of)
        opens = figure and code and metric.measure is not Measure.EARLIEST
        url = self.addresses.number(_sheet_of(metric), code, metric.code) if opens else ""
        return ShownFigure(gettext(metric.heading), text, url)

    @cached_property
    def trail(self) -> list[TrailStep]:
        return [
            TrailStep(place.name, reverse("insight:overview_of", args=[place.code]))
            for place in above(self._actor, self.organisation)
        ]


def _sheet_of(metric: Metric) -> StatSheet:
    """Below which table its rows are opened: the first that shows it."""
    return next((sheet for sheet in StatSheet if sheet in metric.columns), StatSheet.SERVICE)
