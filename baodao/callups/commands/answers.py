"""What members answer to a call-up, for themselves or by telephone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from baodao.callups.models import CallPost, Summons, SummonsAnswer
from baodao.callups.queries.callups import CALL_UP, calls_in, own_summonses, summonses
from baodao.callups.queries.willing import posts_taken
from baodao.callups.rules.callups import (
    CallByTelephone,
    CallStage,
    Readiness,
    check_stage,
    check_unreached,
    check_window,
    covers,
)
from baodao.callups.rules.notices import GIVEN_BACK
from baodao.claims.commands.willing import unseat_unwilling
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.scope import within
from baodao.notices.commands.notices import Message, announce
from baodao.offers.rules.offers import when_words
from baodao.people.queries.members import lock_persons
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import State


@command
def answer_call(
    actor: Actor,
    *,
    call_id: UUID,
    answer: Readiness,
    free_from: datetime | None = None,
    free_until: datetime | None = None,
) -> Summons:
    """Say whether one can come, and from when until when; without hours from the beginning, or
    from now where it has begun, until the end. No reason is asked. Another answer replaces it.
    Places in shifts that have not begun and at which one cannot be are free again, and who fills
    them is told."""
    row = own_summonses(actor).filter(call=call_id).first()
    if row is None or actor.person_id is None:
        raise Absent("callup")
    lock_persons([actor.person_id])
    row = _answer(lock(own_summonses(actor), row.pk), answer, free_from, free_until)
    _give_back(actor, row)
    return row


def _give_back(actor: Actor, row: Summons) -> None:
    """Free the places of a locked member in the shifts of a call-up that they cannot serve by what
    they said, and tell the communities and who called."""
    posts = {post.pk: post for post in posts_taken(row) if not _serves(row, post)}
    claims = unseat_unwilling(actor, row.person_id, list(posts))
    announce(
        Message(
            GIVEN_BACK.name,
            organisation_id=place,
            about=claim.offer_id,
            facts={
                "name": row.person.name,
                "title": claim.offer.title,
                "when": when_words(claim.offer.starts_at),
            },
        )
        for claim in claims
        for place in sorted({claim.community_id, row.call.caller_id})
        if claim.offer.starts_at is not None
    )


def _serves(row: Summons, post: CallPost) -> bool:
    offer = post.offer
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    return covers(row.free_from, row.free_until, (offer.starts_at, offer.ends_at))


@command
def note_coming(actor: Actor, *, call_id: UUID, summons_ids: Collection[UUID]) -> Batch[Summons]:
    """Write down for those who were telephoned that they can come. Of who cannot nothing is
    written. Cannot be taken back: another word of theirs replaces it."""
    rows = lock_many(summonses(actor, CALL_UP).filter(call=call_id), summons_ids)

    def note(row: Summons) -> Summons:
        return _answer(row, Readiness.CAN, None, None)

    batch = Batch.each(rows, note, lambda row: row.person.name)
    if batch.done:
        call, count = batch.done[0].call, len(batch.done)
        journal.write(
            actor, "callup.telephoned", call.pk, call.caller_id, title=call.title, count=count
        )
    return batch


@command
def note_telephone(
    actor: Actor, *, call_id: UUID, summons_ids: Collection[UUID], became: CallByTelephone
) -> Batch[Summons]:
    """Write down of those whom no notice reaches that they were spoken to, or not reached by
    telephone either. Cannot be taken back: the next word replaces it."""
    rows = lock_many(summonses(actor, CALL_UP).filter(call=call_id), summons_ids)

    def note(row: Summons) -> Summons:
        check_stage(row.call.stage, CallStage.OPEN)
        check_unreached(reached=row.reached)
        row.telephone = became
        row.save(update_fields=["telephone"])
        return row

    return Batch.each(rows, note, lambda row: row.person.name)


@command
def read_telephones(actor: Actor, *, call_id: UUID) -> list[Summons]:
    """Whom no notice reached, who was neither spoken to nor has answered, and who are registered
    today where the actor calls up and may read numbers, each with the telephone in full to be
    called; it is written down for each of them, with the call-up as the purpose."""
    call = lock(calls_in(actor, CALL_UP), call_id)
    check_stage(call.stage, CallStage.OPEN)
    rows = summonses(actor, CALL_UP).filter(call=call, reached=False, answer="")
    rows = rows.exclude(telephone=CallByTelephone.SPOKEN)
    here = registration_rows().filter(person=OuterRef("person"), state=State.ACCEPTED)
    rows = rows.filter(Exists(within(here, actor, Permission.PERSON_UNMASK, "community__path")))
    known = [row for row in rows.order_by("person__pinyin", "pk") if row.person.phone]
    facts: dict[str, journal.Fact] = {"field": "phone", "reason": call.title}
    journal.write_many(
        actor,
        [
            journal.Act("person.unmasked", row.person_id, row.community_id, dict(facts))
            for row in known
        ],
    )
    return known


def _answer(
    row: Summons, answer: Readiness, free_from: datetime | None, free_until: datetime | None
) -> Summons:
    check_stage(row.call.stage, CallStage.OPEN)
    now, can = clock.now(), answer is Readiness.CAN
    row.free_from = (free_from or max(row.call.starts_at, now)) if can else None
    row.free_until = free_until if can else None
    if row.free_from is not None:
        check_window(row.free_from, row.free_until, now)
    row.answer, row.answered_at = answer, now
    row.save(update_fields=["answer", "free_from", "free_until", "answered_at"])
    SummonsAnswer.objects.create(summons=row, answer=answer, at=now)
    return row
