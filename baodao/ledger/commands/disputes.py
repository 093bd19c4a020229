"""A person objects to a record of theirs, and the community answers."""

from uuid import UUID

from baodao.documents.filling import shown
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locking import lock
from baodao.kernel.workdays import workday_after
from baodao.ledger.models import Dispute
from baodao.ledger.queries import disputes, own_disputes, own_record, reversal_of
from baodao.ledger.rules import (
    OUTCOMES,
    WORDS,
    check_answer,
    check_disputable,
    check_not_own,
    check_reason,
)
from baodao.ledger.rules.policies import ANSWER_DAYS
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.policies import value_of
from baodao.people.queries.members import lock_persons


@command
def dispute(actor: Actor, *, community_id: int, record_id: UUID, text: str) -> Dispute:
    """Object to one of the actor's own records; the community answers within working days."""
    told = check_reason(text, WORDS)
    record = own_record(actor, community_id, record_id)
    lock_persons([record.person_id])
    same = own_disputes(actor).filter(community=community_id, record_id=record_id, outcome="")
    check_disputable(
        is_reversal=record.reverses is not None,
        is_reversed=reversal_of(record) is not None,
        is_open=same.exists(),
    )
    raised = Dispute.objects.create(
        community=record.community,
        record_id=record.id,
        person=record.person,
        text=told,
        due_on=workday_after(clock.today(), value_of(ANSWER_DAYS, record.community)),
    )
    journal.write(actor, "record.disputed", record.id, record.community_id, reason=told)
    facts = {"name": record.person.name, "on": shown(record.served_on, "day")}
    announce(
        [
            Message(
                "record-disputed",
                organisation_id=record.community_id,
                about=raised.pk,
                facts={**facts, "due": shown(raised.due_on, "day")},
            )
        ]
    )
    return raised


@command
def answer_dispute(actor: Actor, *, dispute_id: UUID, outcome: str, answer: str) -> Dispute:
    """Say whether the record stays or was put right; the latter after it was reversed."""
    told = check_reason(answer, WORDS)
    rows = disputes(actor)
    lock_persons(rows.filter(pk=dispute_id).values_list("person", flat=True))
    raised = lock(rows, dispute_id)
    check_not_own(actor.person_id, raised.person_id)
    chosen = check_answer(
        outcome, answered=raised.outcome != "", is_reversed=getattr(raised, "undone", False)
    )
    raised.outcome, raised.answer, raised.answered_by = chosen, told, actor.name
    raised.answered_at = clock.now()
    raised.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    words = OUTCOMES[chosen]
    journal.write(
        actor,
        "record.dispute-answered",
        raised.record_id,
        raised.community_id,
        outcome=words,
        reason=told,
    )
    facts = {"community": raised.community.name, "outcome": words, "reason": told}
    announce([Message("dispute-answered", raised.person_id, about=raised.pk, facts=facts)])
    return raised
