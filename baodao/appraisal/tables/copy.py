"""A member's copy of the feedback cards about them, in their language."""

from django.utils.translation import gettext

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import objections_of, own_cards
from baodao.appraisal.tables.words import ticked_words
from baodao.kernel.authz import Actor
from baodao.ui.wording import time_words

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """Every card that left a community, and what was said against it, as lists of named values."""
    cards = list(own_cards(actor))
    return {
        gettext("Feedback cards"): [_row(card) for card in cards],
        gettext("Objections to cards"): [
            {
                gettext("Feedback card"): card.number_text,
                gettext("Objection"): row.text,
                gettext("Answer"): row.answer,
                gettext("Answered by"): row.answered_by,
            }
            for card in cards
            for row in objections_of(card)
        ],
    }


def _row(card: FeedbackCard) -> Row:
    return {
        gettext("Number of the card"): card.number_text,
        gettext("Community"): card.community.name,
        gettext("Year"): card.year,
        gettext("Occasion"): card.occasion,
        gettext("State"): card.get_state_display(),
        gettext("Kinds of service"): ticked_words(card, "kinds"),
        gettext("Ways of service"): ticked_words(card, "ways"),
        gettext("Times served"): card.services,
        gettext("Time served"): time_words(card.minutes),
        gettext("Judgement"): card.judgement,
        gettext("Signed by"): card.signed_by,
        gettext("Opinion of the unit"): card.opinion,
    }
