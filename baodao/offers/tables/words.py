"""The words of codes in lists and pages of offers and claims."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.ledger.queries.categories import category_words
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.rules.kinds import OfferKind
from baodao.ui.wording import word_of


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
    return span(offer.starts_at, offer.ends_at)


def span(starts_at: datetime, ends_at: datetime) -> str:
    """2026年7月4日 星期六 09:00–11:00, and both days when there are two."""
    begins, ends = clock.local(starts_at), clock.local(ends_at)
    day = f"{date_format(begins.date())} {date_format(begins, 'D')}"
    if begins.date() == ends.date():
        return f"{day} {begins:%H:%M}–{ends:%H:%M}"
    return f"{day} {begins:%H:%M} – {date_format(ends.date())} {ends:%H:%M}"
