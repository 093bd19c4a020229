"""Whose names may not stand in what everybody reads of an offer, as slices that know them register.

Offers know who asked for the needs they answer; who is helped beyond that is kept above.
"""

from collections.abc import Callable, Iterable

from baodao.offers.models import Offer
from baodao.offers.queries.answers import needs_of

NameSource = Callable[[Offer], Iterable[str]]

_sources: list[NameSource] = []


def register_names(source: NameSource) -> None:
    """Let nothing be published that tells one of the names of `source`; called by the slice that
    owns them when it starts."""
    _sources.append(source)


def names_behind(offer: Offer) -> list[str]:
    """Everybody for whom an offer is, by name, as far as it is known."""
    names = [need.asker for need in needs_of(offer)]
    return [*names, *(name for source in _sources for name in source(offer))]
