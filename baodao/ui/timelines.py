"""What the journal tells of a row, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.kernel.errors import Message
from baodao.kernel.models import JournalEntry
from baodao.ui.facts import actor_words
from baodao.ui.wording import filled


@dataclass(frozen=True)
class TimelineItem:
    """One act in the reader's language; `reason` is in the words of who gave it."""

    at: datetime
    who: str
    sentence: str
    reason: str = ""


def timeline_items(
    entries: Iterable[JournalEntry],
    stories: Mapping[str, Message],
    names: Mapping[UUID, str] | None = None,
) -> list[TimelineItem]:
    """The entries whose verb has a sentence (a message id) in `stories`; others are not told.

    Facts whose name ends in `_on` are kept in the journal as ISO days and written out here.
    `names` gives the fact `name` by the row an entry is about: the journal itself names nobody.
    """
    return [
        TimelineItem(
            entry.at,
            actor_words(entry.actor_name),
            filled(stories[entry.verb], _facts(entry, names or {})),
            str(entry.facts.get("reason") or ""),
        )
        for entry in entries
        if entry.verb in stories
    ]


def _facts(entry: JournalEntry, names: Mapping[UUID, str]) -> dict[str, object]:
    facts = {
        key: date.fromisoformat(str(value)) if key.endswith("_on") else value
        for key, value in entry.facts.items()
    }
    return facts | ({"name": names.get(entry.about, "")} if names else {})
