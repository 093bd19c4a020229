"""The services of a person who was entered twice: undone in the chain, written for the other."""

from collections import defaultdict
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
    """Write these records for another person, community by community; the ids of the new ones."""
    by_community: defaultdict[int, list[ServiceRecord]] = defaultdict(list)
    for row in rows:
        by_community[row.community_id].append(row)
    written: list[str] = []
    for community_id in sorted(by_community):
        old = by_community[community_id]
        undone = [_copy(actor, row, minutes=-row.minutes, reverses=row.id) for row in old]
        fresh = [_copy(actor, row, minutes=row.minutes, supersedes=row.id) for row in old]
        for row in fresh:
            row.person_id = person_id
        chain(actor, old[0].community, [*undone, *fresh])
        written += [str(row.id) for row in fresh]
    return written


def _copy(actor: Actor, row: ServiceRecord, **columns: Any) -> ServiceRecord:
    facts = {name: getattr(row, name) for name in KEPT}
    return ServiceRecord(**facts, **columns, confirmed_by=actor.name, reason=REASON)
