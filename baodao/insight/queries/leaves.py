"""Counts on each branch, community or unit below a place, remembered for large places.

As of an instant they never change, so what a table has just counted serves the numbers that are
opened from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.cache.backends.locmem import LocMemCache

from baodao.insight.queries.asking import ask, parameters
from baodao.insight.queries.sources import counted_with_child
from baodao.insight.rules import METRICS, AsOf, Figures, Period, Source
from baodao.orgs.models import Organisation

LARGE = 500
"""From so many leaves on they are remembered."""
SECONDS = 600

cache = LocMemCache("insight.leaves", {"MAX_ENTRIES": 64})
"""This process's own: reading a page writes nothing that others see."""


@dataclass(frozen=True)
class Leaf:
    """A branch, community or unit, the child of the place it lies below ("" for the place itself),
    and its figures."""

    id: int
    child: str
    figures: Figures


@dataclass(frozen=True)
class Count:
    """Some metrics of one source, below a place, as of an instant, of a period."""

    organisation: Organisation
    metrics: tuple[str, ...]
    as_of: AsOf
    period: Period

    @property
    def source(self) -> Source:
        return METRICS[self.metrics[0]].source

    def leaves(self) -> list[Leaf]:
        """All leaves with something to count, in the order of the tree."""
        held = self.remembered()
        if held is not None:
            return held
        depth = self.organisation.path.count(".")
        values = parameters(self.organisation, self.as_of, self.period)
        rows = ask(counted_with_child(self.source, depth, self.metrics), values)
        leaves = [Leaf(row.pop("leaf"), row.pop("child"), row) for row in rows]
        if len(leaves) >= LARGE:
            cache.set(self._key, leaves, SECONDS)
        return leaves

    def remembered(self) -> list[Leaf] | None:
        """The same if this process has counted them of late."""
        held: list[Leaf] | None = cache.get(self._key)
        return held

    @property
    def _key(self) -> str:
        asked = f"{self.as_of.instant.timestamp():.6f}:{self.period}"
        return f"insight:{self.organisation.pk}:{asked}:{','.join(self.metrics)}"


def by_source(metrics: Iterable[str]) -> list[tuple[str, ...]]:
    """The metrics of a table, those of one source together: one statement counts them."""
    found: dict[Source, list[str]] = {}
    for code in metrics:
        found.setdefault(METRICS[code].source, []).append(code)
    return [tuple(codes) for codes in found.values()]


def counts(
    organisation: Organisation, metrics: Sequence[str], as_of: AsOf, period: Period
) -> list[Count]:
    """The counts that fill a table with these metrics."""
    return [Count(organisation, codes, as_of, period) for codes in by_source(metrics)]
