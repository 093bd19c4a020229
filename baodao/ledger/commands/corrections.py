"""Putting right what is in the chain: a record that undoes another, and one that takes its place.

Nothing is changed or taken away. Facts are not locked: whoever reverses holds the person.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from baodao.documents.sheets import paper_text
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused
from baodao.kernel.lives import check_reason
from baodao.ledger.commands.records import Confirmed, Corrected, append_each, chain
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import record_to_put_right, reversal_of
from baodao.ledger.rules.records import Entry, Origin, check_not_own, check_reversible
from baodao.notices.commands.notices import Message, announce
from baodao.people.queries.members import lock_persons

KEPT = (
    "community_id",
    "person_id",
    "branch_id",
    "served_on",
    "began_at",
    "ended_at",
    "category",
    "way",
    "place",
    "result",
    "offer_id",
    "offer_title",
    "origin",
    "recipient_confirmed",
)
"""What a reversal says as the record it undoes does; it counts against the same branch and day."""


@command
def reverse(actor: Actor, *, community_id: int, record_id: UUID, reason: str) -> ServiceRecord:
    """Undo a record by its negative; raises `Absent`, and `Refused` for what does not stand."""
    record, undone = _reversed(actor, community_id, record_id, check_reason(reason))
    announce([_message("record-reversed", record, reason=undone.reason)])
    return undone


@command
def correct(
    actor: Actor, *, community_id: int, record_id: UUID, entry: Entry, reason: str
) -> ServiceRecord:
    """Undo a record and write what it should have said, in one act or not at all.

    Person with their branch, offer and how it came in stay; the new record names the old one in
    `supersedes`.
    """
    record, undone = _reversed(actor, community_id, record_id, check_reason(reason))
    right = replace(
        entry,
        person_id=record.person_id,
        offer_id=record.offer_id,
        offer_title=record.offer_title,
        recipient_confirmed=record.recipient_confirmed,
    )
    before = Corrected(
        record.id, record.branch_id, record.served_on, record.category, undone.reason
    )
    confirmed = Confirmed(Origin(record.origin), actor.name, before)
    [answer] = append_each(actor, {record.community: [right]}, confirmed)
    if isinstance(answer, Refused):
        raise answer
    journal.write(actor, "record.corrected", record.id, record.community_id, minutes=answer.minutes)
    announce([_message("record-corrected", answer, reason=undone.reason)])
    return answer


def reverse_together(
    actor: Actor, rows: Sequence[ServiceRecord], reason: str
) -> list[ServiceRecord]:
    """Undo records that stand, in the caller's transaction, under one reason.

    The caller has checked the actor's right and holds the persons. Nobody undoes their own.
    """
    for record in rows:
        check_not_own(actor.person_id, record.person_id)
    undone = [_negative(record) for record in rows]
    for negative in undone:
        negative.reason, negative.confirmed_by = reason, actor.name
    chain(actor, undone)
    facts: dict[str, journal.Fact] = {"reason": reason}
    journal.write_many(
        actor, [journal.Act("record.reversed", row.id, row.community_id, facts) for row in rows]
    )
    announce([_message("record-reversed", record, reason=reason) for record in rows])
    return undone


def _reversed(
    actor: Actor, community_id: int, record_id: UUID, reason: str
) -> tuple[ServiceRecord, ServiceRecord]:
    """The record, and its reversal as it was written."""
    record = record_to_put_right(actor, community_id, record_id)
    check_not_own(actor.person_id, record.person_id)
    lock_persons([record.person_id])
    check_reversible(
        is_reversal=record.reverses is not None, is_reversed=reversal_of(record) is not None
    )
    undone = _negative(record)
    undone.reason, undone.confirmed_by = reason, actor.name
    chain(actor, [undone])
    journal.write(actor, "record.reversed", record.id, record.community_id, reason=reason)
    return record, undone


def _negative(record: ServiceRecord) -> ServiceRecord:
    same = {name: getattr(record, name) for name in KEPT}
    return ServiceRecord(**same, minutes=-record.minutes, reverses=record.id)


def _message(kind: str, record: ServiceRecord, reason: str) -> Message:
    return Message(
        kind,
        person_id=record.person_id,
        about=record.id,
        facts={
            "community": record.community.name,
            "on": paper_text(record.served_on, "day"),
            "minutes": record.minutes,
            "reason": reason,
        },
    )
