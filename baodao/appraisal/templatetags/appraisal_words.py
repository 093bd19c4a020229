"""Numbers, states and boxes of cards in the reader's words."""

from django import template

from baodao.appraisal.commands.signing import number_of
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.tables import Box, boxes_of, span, state_word

register = template.Library()


@register.filter
def card_number(card: FeedbackCard) -> str:
    """〔2026〕001号."""
    return number_of(card)


@register.filter
def card_state(card: FeedbackCard) -> str:
    """What the card's state is called."""
    return state_word(card.state)


@register.filter
def hours(minutes: int) -> str:
    """Minutes in hours and minutes."""
    return span(minutes)


@register.filter
def ticks(card: FeedbackCard, what: str) -> list[Box]:
    """What is ticked of "kinds" or "ways"."""
    return [box for box in boxes_of(card, what) if box.ticked]
