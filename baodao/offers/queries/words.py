"""The words of codes in lists and pages of offers and claims."""

from django.utils.translation import gettext

from baodao.ledger.queries.categories import category_words
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.rules.kinds import OfferKind
from baodao.ui.wording import span_words, word_of


def kind_word(kind: OfferKind) -> str:
    """What a kind is called in the reader's language."""
    return gettext(kind.words.name)


def kind_choices() -> list[tuple[str, str]]:
    """The kinds with their words, for a filter or a form."""
    return [(kind.code, kind_word(kind)) for kind in every_kind()]


def category(offer: Offer) -> str:
    """The kind of service of an offer in the words of its place."""
    return word_of(category_words(offer.community), offer.category)


def when(offer: Offer) -> str:
    """When it is: day and hours, or the words of what has none."""
    if offer.starts_at is None or offer.ends_at is None:
        return offer.schedule
    return span_words(offer.starts_at, offer.ends_at)


def in_words(offer: Offer) -> list[object]:
    """What only its kind keeps of an offer, as pages and papers write it."""
    return [offer.own.words(field) for field in offer.own.own_fields()] if offer.own else []
