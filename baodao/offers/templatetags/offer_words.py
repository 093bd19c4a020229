"""Kinds, hours and places of offers in the reader's words, and the next act on one."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from baodao.kernel import clock
from baodao.offers.kinds.particulars import OfferParticulars
from baodao.offers.kinds.registry import every_kind, usual_kind
from baodao.offers.models import Offer
from baodao.offers.queries import acts, words
from baodao.offers.queries.acts import Button
from baodao.offers.queries.entries import minutes_of
from baodao.offers.rules.kinds import OfferKind
from baodao.ui.wording import time_words, unbroken_hours

register = template.Library()


@register.simple_tag
def answering_kinds() -> list[OfferKind]:
    """The kinds in which an offer may answer a need, the usual one first."""
    usual = usual_kind()
    return [usual, *(kind for kind in every_kind() if kind != usual)]


@register.filter
def kind_word(kind: OfferKind) -> str:
    """What a kind is called."""
    return words.kind_word(kind)


@register.filter
def when(offer: Offer) -> SafeString:
    """Day and hours, or the words of what has none."""
    return unbroken_hours(words.when(offer))


@register.filter
def state_word(offer: Offer) -> str:
    """How a counted offer stands."""
    return words.state_word(offer)


@register.filter
def full_word(kind: OfferKind) -> str:
    """How one of this kind reads of which every place is taken."""
    return words.full_word(kind)


@register.filter
def category(offer: Offer) -> str:
    """The kind of service in the words of its place."""
    return words.category(offer)


@register.filter
def begun(offer: Offer) -> bool:
    """Whether its hours have begun."""
    return offer.starts_at is not None and offer.starts_at <= clock.now()


@register.filter
def lasting(offer: Offer) -> str:
    """How long an offer with hours lasts: 1 小时 30 分钟."""
    return time_words(minutes_of(offer))


@register.filter
def hour(instant: datetime) -> str:
    """09:00."""
    return f"{clock.local(instant):%H:%M}"


@register.filter
def pressing_act(offer: Offer) -> Button | None:
    """What an offer waits for, as a button."""
    return acts.pressing_act(offer)


@register.filter
def free_places(offer: Offer) -> int:
    """How many places of a counted offer are free."""
    return max(0, offer.places - offer.taken)


@register.filter
def named(particulars: OfferParticulars | None) -> list[tuple[str, object]]:
    """What only the kind of an offer has, with what it is called."""
    if particulars is None:
        return []
    fields = particulars.own_fields()
    return [(str(field.verbose_name), particulars.words(field)) for field in fields]
