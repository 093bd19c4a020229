"""What a member is offered: filters by kind, time and words, their own community first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from baodao.agenda.queries.suggestions import Fit, in_order
from baodao.kernel import clock
from baodao.ledger.queries.categories import Kinds
from baodao.offers.models import Offer
from baodao.offers.queries.words import kind_choices
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of

SATURDAY = 5
WEEK = timedelta(days=7)
MOST_SERVICES = 60
_TIMES: dict[str, Promise] = {
    "week": gettext_lazy("Within a week"),
    "weekend": gettext_lazy("At the weekend"),
    "standing": gettext_lazy("Standing posts"),
}


@dataclass(frozen=True)
class Finds:
    """The offers of one's own community and of the neighbours, as chosen in the address; apart from
    them those that are full, for which one may wait, and those that one may not claim now."""

    here: tuple[Fit, ...]
    nearby: tuple[Fit, ...]
    full: tuple[Fit, ...]
    barred: tuple[Fit, ...]
    kind: str
    time: str
    words: str
    kinds: Sequence[tuple[str, str]]
    count: int
    """How many one may claim now, with those that are not shown."""
    rest: int
    """How many are not shown: nobody looks through so many on a telephone."""

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.time or self.words)


def times_of() -> list[tuple[str, Promise]]:
    """The times one may choose."""
    return list(_TIMES.items())


def narrowed(
    fits: Sequence[Fit], wishes: Mapping[str, str], community: Organisation | None
) -> Finds:
    """Narrow to what was chosen; the best fitting first."""
    kind, time = wishes.get("kind", ""), wishes.get("time", "")
    words = wishes.get("q", "").strip()[:60]
    called = Kinds()
    kept = [
        fit
        for fit in fits
        if _is_of(fit, kind, time) and (not words or _says(fit.offer, words, called))
    ]
    kept.sort(key=in_order)
    groups = _grouped(kept, community)
    here, nearby, full, barred = _first(groups, MOST_SERVICES)
    return Finds(
        here=here,
        nearby=nearby,
        full=full,
        barred=barred,
        kind=kind,
        time=time,
        words=words,
        kinds=kind_choices(),
        count=len(groups[0]) + len(groups[1]),
        rest=max(0, len(kept) - MOST_SERVICES),
    )


def _grouped(fits: Sequence[Fit], community: Organisation | None) -> tuple[list[Fit], ...]:
    """What one may claim here, what in the neighbourhood, what is full, what one may not claim."""
    own = community.pk if community else None
    able = [fit for fit in fits if fit.free and not fit.obstacle]
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


def _is_of(fit: Fit, kind: str, time: str) -> bool:
    return kind in ("", fit.offer.kind.code) and (
        not time or time == _time_of(fit) or (time == "week" and _within_a_week(fit))
    )


def _says(offer: Offer, words: str, called: Kinds) -> bool:
    texts = (offer.title, offer.text, offer.specialties, offer.place, called.of(offer))
    return any(words in text for text in texts)


def _time_of(fit: Fit) -> str:
    offer = fit.offer
    if offer.kind.often:
        return "standing"
    weekend = offer.starts_at and clock.local(offer.starts_at).weekday() >= SATURDAY
    return "weekend" if weekend else ""


def _within_a_week(fit: Fit) -> bool:
    starts_at = fit.offer.starts_at
    return starts_at is not None and starts_at < clock.end_of(clock.today() + WEEK)
