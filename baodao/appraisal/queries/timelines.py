"""What happened to a card, who did it and when."""

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules import STORIES
from baodao.kernel import journal
from baodao.ui.timelines import TimelineItem, told


def timeline(card: FeedbackCard) -> list[TimelineItem]:
    """The story of a card the caller may see, oldest first; before the signature it is one's own
    affair, and only the community reads it."""
    return told(journal.timeline(card.pk), STORIES)
