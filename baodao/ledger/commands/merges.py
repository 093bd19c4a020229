"""The services of a person who was entered twice: undone in the chain, written for the other."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from baodao.identities.rules.merges import REASON
from baodao.kernel.authz import Actor
from baodao.ledger.commands.corrections import KEPT
from baodao.ledger.commands.records import chain
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import standing

Json = dict[str, Any]


class RecordsMerge:
    """Facts never change: each standing record is reversed, and another takes its place."""

    key = "records"

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json:
        rows = standing(ServiceRecord.objects.filter(person=gone))
        return {"written": _rewrite(actor, list(rows), kept)}

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None:
        written = _with_corrections(kept, notes["written"])
        rows = standing(ServiceRecord.objects.filter(person=kept, id__in=written))
        _rewrite(actor, list(rows), gone)


def _with_corrections(person_id: UUID, written: Collection[str]) -> set[UUID]:
    """Records that a merge wrote, and what took their place since then."""
    ids = {UUID(one) for one in written}
    corrections = ServiceRecord.objects.filter(person=person_id, supersedes__isnull=False)
    for later, before in corrections.order_by("recorded_at", "seq").values_list("id", "supersedes"):
        if before in ids:
            ids.add(later)
    return ids


def _rewrite(actor: Actor, rows: list[ServiceRecord], person_id: UUID) -> list[str]:
    """Write these records for another person, wherever they stand; the ids of the new ones."""
    undone = [_copy(actor, row, minutes=-row.minutes, reverses=row.id) for row in rows]
    fresh = [_copy(actor, row, minutes=row.minutes, supersedes=row.id) for row in rows]
    for row in fresh:
        row.person_id = person_id
    chain(actor, [*undone, *fresh])
    return [str(row.id) for row in fresh]


def _copy(actor: Actor, row: ServiceRecord, **columns: Any) -> ServiceRecord:
    facts = {name: getattr(row, name) for name in KEPT}
    return ServiceRecord(**facts, **columns, confirmed_by=actor.name, reason=REASON)
