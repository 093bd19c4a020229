"""What happened to a card, who did it and when."""

from dataclasses import dataclass
from datetime import datetime

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules import STORIES
from baodao.kernel import journal
from baodao.ui.wording import filled


@dataclass(frozen=True)
class TimelineItem:
    """One act in the reader's language; `reason` is in the words of who gave it."""

    at: datetime
    who: str
    sentence: str
    reason: str = ""


def timeline(card: FeedbackCard) -> list[TimelineItem]:
    """The story of a card the caller may see, oldest first; before the signature it is one's own
    affair, and only the community reads it."""
    return [
        TimelineItem(
            entry.at,
            entry.actor_name,
            filled(STORIES[entry.verb], entry.facts),
            str(entry.facts.get("reason") or ""),
        )
        for entry in journal.timeline(card.pk)
        if entry.verb in STORIES
    ]
