"""Counts on each branch, community or unit below a place, remembered for large places.

As of an instant they never change, so what a table has just counted serves the numbers that are
opened from it.
"""

from dataclasses import dataclass

from django.core.cache.backends.locmem import LocMemCache

from baodao.insight.queries.asking import ask, parameters
from baodao.insight.queries.sources import counted_with_child
from baodao.insight.rules import AsOf, Figures, Source
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


def leaves_of(organisation: Organisation, source: Source, as_of: AsOf) -> list[Leaf]:
    """All leaves with something to count, in the order of the tree."""
    held = remembered(organisation, source, as_of)
    if held is not None:
        return held
    depth = organisation.path.count(".")
    rows = ask(counted_with_child(source, depth), parameters(organisation, as_of))
    leaves = [Leaf(row.pop("leaf"), row.pop("child"), row) for row in rows]
    if len(leaves) >= LARGE:
        cache.set(_key(organisation, source, as_of), leaves, SECONDS)
    return leaves


def remembered(organisation: Organisation, source: Source, as_of: AsOf) -> list[Leaf] | None:
    """The same if this process has counted them of late."""
    held: list[Leaf] | None = cache.get(_key(organisation, source, as_of))
    return held


def _key(organisation: Organisation, source: Source, as_of: AsOf) -> str:
    return f"insight:{organisation.pk}:{source}:{as_of.instant.timestamp():.6f}"
