"""Counts on each branch, community or unit below a place, remembered for large places.

As of an instant they never change, so what a table has just counted serves the numbers that are
opened from it.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

from baodao.figures.queries.sql import ask, parameters
from baodao.figures.queries.statements import by_statement, counted, counted_with_child
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.figures import Figures, total
from baodao.kernel.moments import AsOf, Period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import PlaceThen

LARGE = 500
"""From so many leaves on they are remembered."""
SECONDS = 600

cache = LocMemCache("figures.counts", {"MAX_ENTRIES": 64})
"""This process's own: reading a page writes nothing that others see."""


@dataclass(frozen=True)
class Leaf:
    """A branch, community or unit, the child of the place it lies below ("" for the place itself),
    and its figures."""

    id: int
    child: str
    figures: Figures


@dataclass(frozen=True)
class FigureQuery:
    """Metrics of an organisation and all below it, as of an instant, of a period; `place` is where
    the organisation stood then."""

    organisation: Organisation
    place: PlaceThen
    metrics: tuple[Metric, ...]
    as_of: AsOf
    period: Period

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of its statements."""
        return parameters(self.place, self.as_of, self.period)

    def counts(self) -> "list[Count]":
        """What answers it, a statement each."""
        return [
            Count(self.organisation, self.place, group, self.as_of, self.period)
            for group in by_statement(self.metrics)
        ]

    def by_child(self) -> dict[str, Figures]:
        """The figures of the children by their code then, of the organisation itself under the
        empty code."""
        figures: defaultdict[str, Figures] = defaultdict(dict)
        for count in self.counts():
            parts: defaultdict[str, list[Figures]] = defaultdict(list)
            for leaf in count.leaves():
                parts[leaf.child].append(leaf.figures)
            for child, leaves in parts.items():
                figures[child] |= total(leaves, count.metrics)
        return figures

    def grouped_by(self, column: str) -> dict[Any, Figures]:
        """The figures of each unit or person that has any, by the value of `column`."""
        figures: defaultdict[Any, Figures] = defaultdict(dict)
        for count in self.counts():
            for row in ask(counted(count.metrics, column), self.values):
                key = row.pop(column)
                if any(row.values()):
                    figures[key] |= row
        return figures


@dataclass(frozen=True)
class Count(FigureQuery):
    """Metrics that one statement counts together, on every leaf below an organisation."""

    def leaves(self) -> list[Leaf]:
        """All leaves with something to count, in the order of the tree."""
        remembered = self.remembered()
        if remembered is not None:
            return remembered
        sql = counted_with_child(self.metrics, self.place.depth)
        rows = ask(sql, self.values)
        leaves = [Leaf(row.pop("leaf"), row.pop("child"), row) for row in rows]
        if len(leaves) >= LARGE:
            cache.set(self._key, leaves, SECONDS)
        return leaves

    def remembered(self) -> list[Leaf] | None:
        """What `leaves` gives, if this process has counted it of late."""
        leaves: list[Leaf] | None = cache.get(self._key)
        return leaves

    @property
    def _key(self) -> str:
        moment = f"{self.as_of.instant.timestamp():.6f}:{self.period}"
        codes = ",".join(metric.code for metric in self.metrics)
        return f"figures:{self.organisation.pk}:{moment}:{codes}"
