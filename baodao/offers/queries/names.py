"""Whose names may not stand in what everybody reads of an offer, as slices that know them register.

Offers know who asked for the needs they answer; who is helped beyond that is kept above.
"""

from collections.abc import Callable, Iterable

from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.models import Offer
from baodao.offers.queries.answers import needs_of
from baodao.offers.rules.offers import check_nameless

NameSource = Callable[[Offer], Iterable[str]]

_sources: list[NameSource] = []


def register_names(source: NameSource) -> None:
    """Let nothing be published that tells one of the names of `source`; called by the slice that
    owns them when it starts."""
    _sources.append(source)


def names_behind(offer: Offer) -> list[str]:
    """Everybody for whom an offer is, by name, as far as it is known."""
    return [*(need.asker for need in needs_of(offer)), *_names_above(offer)]


def check_untelling(offer: Offer, *texts: str) -> None:
    """Refuse words about what is for one person that others read and that tell who it is."""
    if offer.kind.personal:
        check_nameless(texts, names_behind(offer))


def check_somebody(offer: Offer) -> None:
    """Refuse to publish what pairs before it is written down who is helped."""
    if offer.kind.pairs and not _names_above(offer):
        raise Refused(
            "offer.nobody",
            gettext_noop(
                "Write down first who is helped, sealed: open “The pairing and who is helped” on "
                "the page of the offer."
            ),
        )


def _names_above(offer: Offer) -> list[str]:
    return [name for source in _sources for name in source(offer)]
