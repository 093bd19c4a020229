"""Minutes as they stand: what they say, and what changed since in what they tell."""

from collections.abc import Collection

from baodao.committees.models import Invitee, Meeting, Minutes
from baodao.committees.queries.committees import business_of
from baodao.committees.rules.committees import (
    ItemWords,
    MinutesChange,
    changes_since,
    minutes_text,
)
from baodao.documents.rules import digest_of


def items_in_words(meeting: Meeting) -> list[ItemWords]:
    """The items with decisions and tasks, as minutes tell them; a task that was withdrawn is told
    no more."""
    return [ItemWords(row.text, row.decision, _tasks(row)) for row in business_of(meeting)]


def _tasks(item: object) -> list[str]:
    rows = item.decision_tasks.all()  # type: ignore[attr-defined]
    return [one.words for one in rows if one.task.withdrawn_at is None]


def drafted_words(meeting: Meeting) -> str:
    """The minutes as attendance, decisions and tasks have them now."""
    invitees = list(meeting.invitees.order_by("member__added_at", "pk"))
    return minutes_text(came_to(invitees), items_in_words(meeting))


def words_of(row: Minutes) -> str:
    """What minutes say: as written or issued; of a draft on which nobody wrote, as drafted now."""
    return row.text or drafted_words(row.meeting)


def digest_in(row: Minutes) -> str:
    """The hash of what minutes say now, which an issue carries: of the words that were read."""
    return digest_of(words_of(row)).hex()


def changes_of(row: Minutes) -> list[MinutesChange]:
    """What changed since they were written on or issued, and is not in them."""
    return changes_since(row.text, row.basis, drafted_words(row.meeting)) if row.text else []


def minutes_of(meeting: Meeting) -> tuple[Minutes | None, list[Minutes]]:
    """The draft, and what was issued, the latest first."""
    rows = list(meeting.minutes.select_related("meeting").order_by("-version"))
    draft = next((row for row in rows if row.issued_at is None), None)
    return draft, [row for row in rows if row.issued_at is not None]


def came_to(invitees: Collection[Invitee]) -> list[str]:
    """Who came, by the name of that day."""
    return [one.name for one in invitees if one.came]
