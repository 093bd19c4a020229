"""The story of a record or of a statement, in the reader's words."""

from uuid import UUID

from baodao.kernel import journal
from baodao.ledger.models import ServiceRecord, Statement
from baodao.ledger.rules import STORIES
from baodao.ui.timelines import TimelineItem, told


def timeline_of(record: ServiceRecord) -> list[TimelineItem]:
    """What happened to a record the caller may see, oldest first, from its statement on."""
    stated = Statement.objects.filter(community=record.community_id, record_id=record.id)
    about: list[UUID] = [record.id, *stated.values_list("pk", flat=True)]
    return told(journal.timeline(*about), STORIES)
