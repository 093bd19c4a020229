"""What members answer to a call-up, for themselves or by telephone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from baodao.callups.models import Summons, SummonsAnswer
from baodao.callups.queries.callups import CALL_UP, own_summonses, summonses
from baodao.callups.rules.callups import CallStage, Readiness, check_stage, check_window
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock, lock_many


@command
def answer_call(
    actor: Actor,
    *,
    call_id: UUID,
    answer: Readiness,
    free_from: datetime | None = None,
    free_until: datetime | None = None,
) -> Summons:
    """Say whether one can come, and from when until when; without hours from the beginning until
    the end. No reason is asked. Another answer replaces it; a place that was given is given up by
    itself, with the claims."""
    row = own_summonses(actor).filter(call=call_id).first()
    if row is None:
        raise Absent("callup")
    row = lock(own_summonses(actor), row.pk)
    return _answer(row, answer, free_from, free_until)


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


def _answer(
    row: Summons, answer: Readiness, free_from: datetime | None, free_until: datetime | None
) -> Summons:
    check_stage(row.call.stage, CallStage.OPEN)
    now, can = clock.now(), answer is Readiness.CAN
    row.free_from = (free_from or row.call.starts_at) if can else None
    row.free_until = free_until if can else None
    if row.free_from is not None:
        check_window(row.free_from, row.free_until, now)
    row.answer, row.answered_at = answer, now
    row.save(update_fields=["answer", "free_from", "free_until", "answered_at"])
    SummonsAnswer.objects.create(summons=row, answer=answer, at=now)
    return row
