"""A person objects to a record of theirs, and the community, or who stands above, answers."""

from datetime import date
from uuid import UUID

from baodao.documents.sheets import paper_text
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.kernel.workdays import workday_after
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import own_record, reversal_of
from baodao.ledger.rules.records import check_not_own
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import answerer_of
from baodao.orgs.queries.policies import value_of
from baodao.people.queries.members import lock_persons
from baodao.statements.models import Dispute
from baodao.statements.queries.disputes import disputes, own_disputes
from baodao.statements.rules.disputes import DISPUTE, WORDS, check_answer, check_disputable
from baodao.statements.rules.policies import ANSWER_DAYS


@command
def dispute(actor: Actor, *, community_id: int, record_id: UUID, text: str) -> Dispute:
    """Object to one of the actor's own records; whoever does the work of its
    community now, or stands above it where nobody does, answers within working days."""
    words = check_reason(text, WORDS)
    record = own_record(actor, community_id, record_id)
    lock_persons([record.person_id])
    check_disputed(actor, record)
    objection = Dispute.objects.create(
        community=record.community,
        record_id=record.id,
        person=record.person,
        text=words,
        due_on=workday_after(clock.today(), value_of(ANSWER_DAYS, record.community)),
    )
    journal.write(actor, "record.disputed", record.id, record.community_id, reason=words)
    announce([to_answer(objection, record.served_on, answerer_of(record.community))])
    return objection


def to_answer(objection: Dispute, served_on: date, answerer: Organisation) -> Message:
    """Who is to answer an objection hears of it."""
    return Message(
        "record-disputed",
        organisation_id=answerer.pk,
        about=objection.pk,
        facts={
            "name": objection.person.name,
            "on": paper_text(served_on, "day"),
            "due": paper_text(objection.due_on, "day"),
        },
    )


def check_disputed(actor: Actor, record: ServiceRecord) -> None:
    """Refuse an objection of the actor to a record of their own that cannot be disputed now."""
    same = own_disputes(actor).filter(community=record.community_id, record_id=record.id)
    check_disputable(
        is_reversal=record.reverses is not None,
        is_reversed=reversal_of(record) is not None,
        is_open=same.filter(state__in=DISPUTE.live).exists(),
    )


@command
def answer_dispute(actor: Actor, *, dispute_id: UUID, outcome: str, answer: str) -> Dispute:
    """Say whether the record stays or was put right; the latter after it was reversed."""
    text = check_reason(answer, WORDS)
    rows = disputes(actor)
    lock_persons(rows.filter(pk=dispute_id).values_list("person", flat=True))
    objection = lock(rows, dispute_id)
    check_not_own(actor.person_id, objection.person_id)
    end = check_answer(objection.state, outcome, is_reversed=getattr(objection, "undone", False))
    now = clock.now()
    move([objection], end, now, answer=text, answered_by=actor.name, answered_at=now)
    journal.write(
        actor,
        "record.dispute-answered",
        objection.record_id,
        objection.community_id,
        outcome=end.words,
        reason=text,
    )
    name = answerer_of(objection.community).name
    facts = {"community": name, "outcome": end.words, "reason": text}
    announce([Message("dispute-answered", objection.person_id, about=objection.pk, facts=facts)])
    return objection
