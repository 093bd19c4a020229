"""Feedback cards as papers: what was signed, and the blank card for the window."""

from collections.abc import Iterable, Sequence

from django.utils.translation import override

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.papers import chinese
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.appraisal.rules.ticks import boxes
from baodao.documents.files import Rendered, render
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item
from baodao.ledger.queries.categories import categories_of
from baodao.orgs.models import Organisation


def cards(cards: Sequence[FeedbackCard], format: str) -> Rendered:  # noqa: A002
    """社区表现反馈卡, a sheet each, as pdf, docx or html."""
    return render(FEEDBACK_CARD.code, card_items(cards), format)


def card_items(cards: Iterable[FeedbackCard]) -> list[Item]:
    """What stands on each signed card, in the order given."""
    return issued_items([card.pk for card in cards], FEEDBACK_CARD.code)


def blank(community: Organisation, format: str) -> Rendered:  # noqa: A002
    """The card for the window, offering the community's own kinds of service."""
    with override("zh-hans"):
        kinds = boxes(chinese(list(categories_of(community).items())), ())
    item: Item = {"community": community.name, "kinds": kinds}
    return render(FEEDBACK_CARD.code, [item], format)
