"""Objections to records: what waits for a community's answer, and one's own."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own
from baodao.ledger.models import ServiceRecord
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import without_successor
from baodao.orgs.queries.tree import ids_below, organisations
from baodao.statements.models import Dispute, Statement
from baodao.statements.rules.disputes import DISPUTE
from baodao.statements.rules.statements import StatementState


def disputes(actor: Actor) -> QuerySet[Dispute]:
    """Disputes that the actor may answer: in their communities, and for who looks through flags in
    communities below whose work nobody took over; each row says in `undone` whether its record was
    reversed."""
    reach = Q(community__in=organisations(actor, Permission.RECORD_REVERSE).order_by().values("pk"))
    if actor.paths(Permission.FLAG_DECIDE):
        above = organisations(actor, Permission.FLAG_DECIDE).filter(pk__in=without_successor())
        reach |= Q(community__in=above.order_by().values("pk"))
    return _disputes().filter(reach)


def open_disputes(actor: Actor, place: Organisation) -> QuerySet[Dispute]:
    """What waits to be answered at a place, the first due first."""
    rows = disputes(actor).filter(community__in=ids_below(place.path), state__in=DISPUTE.live)
    return rows.order_by("due_on", "pk")


@dataclass(frozen=True)
class DisputeCount:
    """How many objections wait, and by when the first is to be answered."""

    count: int
    first_on: date | None


def open_count(actor: Actor, place: Organisation) -> Question[DisputeCount]:
    """Of `open_disputes`, in numbers."""
    counted = _OPEN.question(actor, place)
    return counted.then(lambda rows: DisputeCount(*(rows[0] if rows else (0, None))))


def _open(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    figures = {"count": Count("pk"), "first_on": Min("due_on")}
    rows = open_disputes(actor, place).order_by().values("state")
    return rows.annotate(**figures).values_list(*figures)


_OPEN = Prepared(_open)


def answered_disputes(actor: Actor, place: Organisation) -> QuerySet[Dispute]:
    """What was answered at a place, the latest first."""
    rows = disputes(actor).filter(community__in=ids_below(place.path), state__in=DISPUTE.over)
    return rows.order_by("-answered_at", "-pk")


def own_disputes(actor: Actor) -> QuerySet[Dispute]:
    """The actor's own, the latest first."""
    return own(_disputes(), actor).order_by("-raised_at", "-pk")


def disputes_of(actor: Actor, record: ServiceRecord) -> QuerySet[Dispute]:
    """Objections to one record that the actor may answer."""
    return disputes(actor).filter(record_id=record.id)


def disputed_ids(records: QuerySet[ServiceRecord]) -> frozenset[UUID]:
    """Which of these records their persons have objected to without an answer yet; the caller may
    see the records."""
    rows = Dispute.objects.filter(
        record_id__in=records.order_by().values("id"), state__in=DISPUTE.live
    )
    return frozenset(rows.values_list("record_id", flat=True))


def _disputes() -> QuerySet[Dispute]:
    rows = Dispute.objects.select_related("person", "community")
    return rows.annotate(undone=Q(reversal__id__isnull=False))


PENDING: dict[str, PendingRows] = {
    "record-disputed": lambda: Dispute.objects.filter(pk=OuterRef("about"), answered_at=None),
    "statement-returned": lambda: Statement.objects.filter(
        pk=OuterRef("about"), state=StatementState.RETURNED
    ),
}
"""For which rows notices ask."""
