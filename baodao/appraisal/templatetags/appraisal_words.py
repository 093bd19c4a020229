"""Numbers, states and boxes of cards in the reader's words."""

from django import template

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries import readings
from baodao.appraisal.tables.words import Box, boxes_of

register = template.Library()


@register.filter
def card_number(card: FeedbackCard) -> str:
    """〔2026〕001号."""
    return card.number_text


@register.filter
def outcome(card: FeedbackCard) -> str:
    """What its records come to, for the form that says what was seen."""
    return readings.outcome(card)


@register.filter
def ticks(card: FeedbackCard, what: str) -> list[Box]:
    """What is ticked of "kinds" or "ways"."""
    return [box for box in boxes_of(card, what) if box.ticked]
