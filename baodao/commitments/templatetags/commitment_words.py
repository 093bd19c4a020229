"""A commitment in words, on pages, in lists and on paper."""

from django import template
from django.utils.translation import gettext, ngettext

from baodao.commitments.models import Commitment, CommitmentItem
from baodao.commitments.queries.commitments import items_of
from baodao.offers.queries.words import kind_word

register = template.Library()


@register.filter
def titles_of(row: Commitment) -> str:
    """What was ticked, as it was called then."""
    return "、".join(item.title for item in items_of(row))


@register.filter
def kind_of(item: CommitmentItem) -> str:
    """What kind of thing was ticked."""
    return kind_word(item.offer.kind) if item.offer else gettext("Series")


@register.filter
def yearly_words(row: Commitment) -> str:
    """How often and how many hours in the year, as far as it was said."""
    parts = (
        (row.times, ngettext("at least %(n)s service", "at least %(n)s services", row.times or 0)),
        (row.hours, ngettext("at least %(n)s hour", "at least %(n)s hours", row.hours or 0)),
    )
    return gettext("; ").join(words % {"n": number} for number, words in parts if number)
