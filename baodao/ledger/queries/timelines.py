"""The story of a record or of a statement, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.kernel import journal
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord, Statement
from baodao.ledger.rules import STORIES
from baodao.ui.wording import filled


@dataclass(frozen=True)
class TimelineItem:
    """One act in the reader's language; `reason` is in the words of who gave it."""

    at: datetime
    who: str
    sentence: str
    reason: str = ""


def timeline_of(record: ServiceRecord) -> list[TimelineItem]:
    """What happened to a record the caller may see, oldest first, from its statement on."""
    stated = Statement.objects.filter(community=record.community_id, record_id=record.id)
    about: list[UUID] = [record.id, *stated.values_list("pk", flat=True)]
    return list(_items(journal.timeline(*about)))


def _items(entries: Iterable[JournalEntry]) -> Iterable[TimelineItem]:
    for entry in entries:
        sentence = STORIES.get(entry.verb)
        if sentence is not None:
            facts = {
                key: date.fromisoformat(str(value)) if key.endswith("_on") else value
                for key, value in entry.facts.items()
            }
            reason = str(entry.facts.get("reason") or "")
            yield TimelineItem(entry.at, entry.actor_name, filled(sentence, facts), reason)
