"""The words of codes in lists and pages of offers and claims."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.ledger.queries.categories import category_words
from baodao.offers.models import Offer
from baodao.offers.rules import CLAIM_STATES, OFFER_KINDS, OFFER_STATES, ClaimState
from baodao.ui.wording import choices_of, word_of

VOCABULARIES: dict[str, dict[str, str]] = {
    "claim": {str(code): words for code, words in CLAIM_STATES.items()},
    "offer": {str(code): words for code, words in OFFER_STATES.items()},
    "kind": {str(code): words for code, words in OFFER_KINDS.items()},
}


def word(code: str, vocabulary: str) -> str:
    """What `code` is called in the reader's language."""
    return word_of(VOCABULARIES[vocabulary], code)


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """The codes of a vocabulary with their words, for a filter."""
    return choices_of(VOCABULARIES[vocabulary])


def quiet_state(code: str) -> str:
    """A claim's state for people: who did not come is no more than "over"."""
    return gettext("Over") if code == ClaimState.ABSENT else word(code, "claim")


def category(offer: Offer) -> str:
    """The kind of service of an offer in the words of its place."""
    return word_of(category_words(offer.community), offer.category)


def when(offer: Offer) -> str:
    """When it is: day and hours of an activity, the words of a post."""
    if offer.starts_at is None or offer.ends_at is None:
        return offer.schedule
    return span(offer.starts_at, offer.ends_at)


def span(starts_at: datetime, ends_at: datetime) -> str:
    """2026年7月4日 星期六 09:00–11:00, and both days when there are two."""
    begins, ends = clock.local(starts_at), clock.local(ends_at)
    day = f"{date_format(begins.date())} {date_format(begins, 'D')}"
    if begins.date() == ends.date():
        return f"{day} {begins:%H:%M}–{ends:%H:%M}"
    return f"{day} {begins:%H:%M} – {date_format(ends.date())} {ends:%H:%M}"
