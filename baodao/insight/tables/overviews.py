"""How the overview looks: places in the order of need, units in their order, all numbers open."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from baodao.insight.documents import RATES, period_words
from baodao.insight.queries import Overview, Row
from baodao.insight.rules import (
    PLACES_WITH_OVERVIEW,
    SERVICE_LEVELS,
    AsOf,
    Figures,
    Sheet,
)
from baodao.insight.tables.addresses import Addresses
from baodao.insight.tables.pages import PAGE, Shown, Step, above, figure, percent
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind

IN_PLACES = (
    *("needs_without_help", "needs_met", "hosted", "hosted_served", "minutes_here"),
    *("hosted_waiting", "communities_empty"),
)
IN_UNITS = (*("in_service", "registered", "waiting", "exempt", "missing", "served", "minutes"),)
"""What the overview shows of a place and of a unit."""


@dataclass(frozen=True)
class OverviewLine:
    """A place or a unit of the overview: its figures, and the same as cells that open; of a place
    also how many days its oldest need without help has waited."""

    name: str
    url: str
    figures: Figures
    cells: dict[str, Shown] = field(default_factory=dict)
    days: int | None = None

    @property
    def first(self) -> bool:
        """Whether it has needs and nobody there."""
        return bool(self.figures["needs_without_help"]) and not self.figures["hosted"]


class OverviewPage:
    """The overview: places by need, units in the order of the tree."""

    def __init__(self, actor: Actor, found: Overview) -> None:
        self.found = found
        self._actor = actor
        self.addresses = Addresses(found.as_of, found.period)

    @property
    def organisation(self) -> Organisation:
        return self.found.organisation

    @property
    def as_of(self) -> AsOf:
        return self.found.as_of

    @property
    def at(self) -> datetime:
        return self.as_of.instant

    @property
    def period(self) -> str:
        return period_words(self.found.period)

    @property
    def total(self) -> Figures:
        return self.found.total

    @property
    def tables(self) -> dict[str, str]:
        """The tables of the organisation as of the same instant."""
        return {sheet.value: self.addresses.table(sheet, self.organisation.code) for sheet in Sheet}

    @cached_property
    def figures(self) -> dict[str, Shown]:
        """Every figure of the whole by its code."""
        return self._cells(self.organisation.code, self.total, self.total)

    @property
    def rates(self) -> dict[str, str]:
        return {part: percent(self.total, part) for part in RATES}

    @cached_property
    def days(self) -> int | None:
        """How many days the oldest need without help has waited."""
        return max((line.days for line in self.lines if line.days is not None), default=None)

    @cached_property
    def lines(self) -> list[OverviewLine]:
        """The places, those with needs and without help first."""
        return [self._place(row) for row in self.found.places]

    @cached_property
    def units(self) -> list[OverviewLine]:
        """The units beside, in the order of the tree; the first of them when there are many."""
        return [
            OverviewLine(
                row.name,
                self.addresses.table(Sheet.REGISTRATION, row.code),
                row.figures,
                self._cells(row.code, row.figures, IN_UNITS),
            )
            for row in self.found.units[:PAGE]
        ]

    @property
    def more_units(self) -> int:
        return max(0, len(self.found.units) - PAGE)

    def _place(self, row: Row) -> OverviewLine:
        oldest = self.found.oldest.get(row.code)
        return OverviewLine(
            row.name,
            self._url(row),
            row.figures,
            self._cells(row.code, row.figures, IN_PLACES),
            (self.at - oldest).days if oldest else None,
        )

    def _url(self, row: Row) -> str:
        if row.kind in PLACES_WITH_OVERVIEW:
            return reverse("insight:overview_of", args=[row.code])
        return self.addresses.table(Sheet.SERVICE, row.code)

    def _cells(self, code: str, figures: Figures, metrics: Iterable[str]) -> dict[str, Shown]:
        return {metric: self._cell(code, metric, figures[metric]) for metric in metrics}

    def _cell(self, code: str, metric: str, count: int) -> Shown:
        sheet = Sheet.SERVICE if metric in _OF_SERVICE else Sheet.REGISTRATION
        return figure(metric, count, self.addresses.cell(sheet, code, metric) if count else "")

    @cached_property
    def trail(self) -> list[Step]:
        return [
            Step(place.name, reverse("insight:overview_of", args=[place.code]))
            for place in above(self._actor, self.organisation)
        ]


_OF_SERVICE = frozenset(SERVICE_LEVELS[Kind.CITY]) - {"in_service", "hosted"}
