"""The words of codes in lists and pages of offers and claims."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.ledger.queries.categories import category_words
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.offers import is_over
from baodao.ui.wording import code_choices, span_words, word_of

_RECORDED_NEXT = gettext_noop("Over, to be recorded")


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


OVER = "over"
"""What a list calls offers whose hours are over, beside their states."""


def state_word(offer: Offer) -> str:
    """How it stands; of a published one whose hours are over, that its list is still to come."""
    if is_over(offer.state, offer.ends_at, clock.now()):
        return gettext(_RECORDED_NEXT)
    return gettext(OfferState.words_of(offer.state))


def state_choices() -> list[tuple[str, str]]:
    """The states with their words, for a filter."""
    return [*code_choices(OfferState), (OVER, gettext(_RECORDED_NEXT))]


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """The offers that read so."""
    over = Q(ends_at__isnull=False, ends_at__lte=clock.now())
    if state == OVER:
        return rows.filter(over, state=OfferState.PUBLISHED)
    if state == OfferState.PUBLISHED:
        return rows.filter(~over, state=OfferState.PUBLISHED)
    return rows.filter(state=state)


def in_words(offer: Offer) -> list[object]:
    """What only its kind keeps of an offer, as pages and papers write it."""
    return [offer.own.words(field) for field in offer.own.own_fields()] if offer.own else []
