"""What a member is offered: filters by kind, time and words, their own community first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from baodao.agenda.queries.suggestions import Fit, Fits, in_order, is_able
from baodao.agenda.rules.searches import FindTime, OfferSearch
from baodao.offers.queries.words import kind_choices
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.ui.wording import code_choices

LONGEST = 60
"""Characters of what is looked for."""
MOST_SERVICES = 60


@dataclass(frozen=True)
class Finds:
    """The offers of one's own community and of the neighbours, as chosen in the address; apart from
    them those that are full, for which one may wait, and those that one may not claim now."""

    here: tuple[Fit, ...]
    nearby: tuple[Fit, ...]
    full: tuple[Fit, ...]
    barred: tuple[Fit, ...]
    search: OfferSearch
    count: int
    """How many one may claim now."""
    rest: int
    """How many are not shown: nobody looks through so many on a telephone."""

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of offer that one may look for."""
        return kind_choices()

    @property
    def times(self) -> list[tuple[str, str]]:
        """The times that one may look for."""
        return code_choices(FindTime)


def search_of(wishes: Mapping[str, str]) -> OfferSearch:
    """What the address asks for."""
    words = wishes.get("q", "").strip()[:LONGEST]
    return OfferSearch(wishes.get("kind", ""), wishes.get("time", ""), words)


def finds_of(fits: Fits, search: OfferSearch, community: Organisation | None) -> Finds:
    """In groups, each with what fits best first; whoever helps one person or household already is
    not queued for."""
    every = [fit for fit in fits.weighed if fit.free or not fit.offer.kind.personal]
    groups = _grouped(sorted(every, key=in_order), community)
    here, nearby, full, barred = _first(groups, MOST_SERVICES)
    return Finds(
        here=here,
        nearby=nearby,
        full=full,
        barred=barred,
        search=search,
        count=fits.able,
        rest=fits.total
        - len(fits.weighed)
        + len(every)
        - len(here)
        - len(nearby)
        - len(full)
        - len(barred),
    )


def _grouped(fits: Sequence[Fit], community: Organisation | None) -> tuple[list[Fit], ...]:
    """What one may claim here, what in the neighbourhood, what is full, what one may not claim."""
    own = community.pk if community else None
    able = list(filter(is_able, fits))
    return (
        [fit for fit in able if standing_of(fit.offer.community).pk == own],
        [fit for fit in able if standing_of(fit.offer.community).pk != own],
        [fit for fit in fits if not fit.free and not fit.obstacle],
        [fit for fit in fits if fit.obstacle],
    )


def _first(groups: Iterable[Sequence[Fit]], most: int) -> Iterator[tuple[Fit, ...]]:
    """The groups in their order, cut where `most` are reached."""
    for group in groups:
        yield tuple(group[:most])
        most -= len(group[:most])
