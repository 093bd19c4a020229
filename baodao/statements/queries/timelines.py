"""The story of a record from its statement on, in the reader's words."""

from dataclasses import replace

from django.utils.translation import gettext

from baodao.kernel import journal
from baodao.kernel.errors import gettext_noop
from baodao.ledger.models import ServiceRecord
from baodao.statements.models import Statement
from baodao.ui.timelines import TimelineItem, timeline_items

STORIES: dict[str, str] = {
    "record.made": gettext_noop("Recorded: %(minutes)s on %(served_on)s"),
    "record.reversed": gettext_noop("Reversed"),
    "record.corrected": gettext_noop("Put right by a new record of %(minutes)s"),
    "record.disputed": gettext_noop("The member objects"),
    "record.dispute-answered": gettext_noop("Objection answered: %(outcome)s"),
    "statement.made": gettext_noop("Stated by the member: %(minutes)s on %(served_on)s"),
    "statement.made-again": gettext_noop("Stated again: %(minutes)s on %(served_on)s"),
    "statement.withdrawn": gettext_noop("Withdrawn by the member"),
    "statement.resumed": gettext_noop("Waits again: the roster that ended it was undone"),
    "statement.returned": gettext_noop("Returned by %(community)s"),
    "statement.confirmed": gettext_noop("Confirmed by %(community)s"),
}
"""What the journal's verbs say in the timeline.

Facts that are message ids themselves are translated; `reason` is shown beside the sentence.
"""


def origin_words(row: ServiceRecord) -> str:
    """How it came in; what was entered by hand says so."""
    origin = row.get_origin_display()
    return gettext("By hand: %(origin)s") % {"origin": origin} if row.by_hand else origin


def timeline_of(record: ServiceRecord, *, with_reasons: bool) -> list[TimelineItem]:
    """What happened to a record the caller may see, oldest first; reasons may name residents."""
    statements = Statement.objects.filter(community=record.community_id, record_id=record.id)
    about = [record.id, *statements.values_list("pk", flat=True)]
    items = timeline_items(journal.timeline(*about), STORIES)
    return items if with_reasons else [replace(item, reason="") for item in items]
