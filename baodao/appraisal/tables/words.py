"""The words of a card's codes, and its boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from baodao.appraisal.models import FeedbackCard


@dataclass(frozen=True)
class Box:
    """One option of a card; a ticked one opens to its records."""

    words: str
    ticked: bool
    url: str = ""


def boxes_of(card: FeedbackCard, what: str) -> list[Box]:
    """The card's options of "kinds" or "ways", in the order of the paper."""
    options: Sequence[Sequence[str]] = getattr(card, OPTIONS[what])
    ticked = set(getattr(card, what))
    return [
        Box(
            gettext(words),
            code in ticked,
            reverse("appraisal:ticked", args=[card.pk, what, code]) if code in ticked else "",
        )
        for code, words in options
    ]


OPTIONS = {"kinds": "kind_options", "ways": "way_options"}


def kind_words(card: FeedbackCard, what: str) -> Mapping[str, str]:
    """The words of the card's codes, as the dictionary had them."""
    return {code: gettext(words) for code, words in getattr(card, OPTIONS[what])}


def ticked_words(card: FeedbackCard, what: str) -> str:
    """What is ticked, in a line."""
    words = kind_words(card, what)
    return "、".join(words.get(code, code) for code in getattr(card, what))
