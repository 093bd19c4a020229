"""The words of codes in lists and pages of offers and claims."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.ledger.queries.categories import category_words
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import OfferState, Recruitment
from baodao.offers.rules.offers import recruitment_of
from baodao.ui.wording import code_choices, span_words, word_of


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


def state_word(offer: Any) -> str:
    """How a `counted` offer stands; of a published one what came of that, in the word of its kind
    where every place is taken."""
    if offer.state != OfferState.PUBLISHED:
        return gettext(OfferState.words_of(offer.state))
    free = offer.places - offer.taken
    reads = recruitment_of(offer.starts_at, offer.ends_at, free, clock.now())
    return full_word(offer.kind) if reads is Recruitment.FULL else gettext(reads.words)


def full_word(kind: OfferKind) -> str:
    """How one of this kind reads of which every place is taken."""
    return gettext(kind.words.full)


def state_choices() -> list[tuple[str, str]]:
    """How offers stand, with the words, for a filter."""
    states = [one for one in OfferState if one != OfferState.PUBLISHED]
    return code_choices([*Recruitment, *states])


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """The `counted` offers that read so, as `recruitment_of` decides of one."""
    if state not in set(Recruitment):
        return rows.filter(state=state)
    now = clock.now()
    over = Q(ends_at__isnull=False, ends_at__lte=now)
    begun = Q(starts_at__isnull=False, starts_at__lte=now)
    full = Q(taken__gte=F("places"))
    published = rows.filter(state=OfferState.PUBLISHED)
    return {
        Recruitment.OVER: published.filter(over),
        Recruitment.BEGUN: published.filter(begun & ~over),
        Recruitment.FULL: published.filter(full & ~begun & ~over),
        Recruitment.OPEN: published.filter(~full & ~begun & ~over),
    }[Recruitment(state)]


def in_words(offer: Offer) -> list[object]:
    """What only its kind keeps of an offer, as pages and papers write it."""
    return [offer.own.words(field) for field in offer.own.own_fields()] if offer.own else []
