"""Clauses of a signed agreement that were kept: one side says so, by what one sees it, and the
other says so too, or why not."""

from collections.abc import Iterable
from uuid import UUID

from baodao.agreements.commands.agreements import clause_in, locked_agreement, tell_other
from baodao.agreements.models import Agreement, ClauseKeeping
from baodao.agreements.queries.keeping import check_unstated, waiting_keepings
from baodao.agreements.rules.agreements import AgreementState, check_seen
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.lives import check_reason
from baodao.resources.rules.lives import ListSide


@command
def state_kept(actor: Actor, *, agreement_id: UUID, clause_id: UUID, words: str) -> ClauseKeeping:
    """One side says that a clause was kept, and by what one sees it; the other is asked."""
    evidence = check_seen(words)
    row, side = locked_agreement(actor, agreement_id, AgreementState.SIGNED)
    clause = clause_in(row, clause_id)
    check_unstated(row, clause)
    keeping = ClauseKeeping.objects.create(
        clause=clause, side=side, words=evidence, stated_at=clock.now(), stated_by=actor.name
    )
    facts = {"title": clause.title, "reason": evidence}
    journal.write(actor, "agreement.kept-stated", row.pk, row.community_id, **facts)
    tell_other(row, side, "agreement-kept-stated", **facts)
    return keeping


def _waiting(row: Agreement, side: ListSide, clause_ids: Iterable[UUID]) -> list[ClauseKeeping]:
    """What the other side said of these clauses and waits for an answer. Raises `Absent` where
    nothing does."""
    rows = waiting_keepings(row).filter(clause__in=list(clause_ids)).exclude(side=side)
    waiting = list(rows.select_related("clause").order_by("clause__position"))
    if not waiting:
        raise Absent("clause")
    return waiting


@command
def confirm_kept(actor: Actor, *, agreement_id: UUID, clause_ids: Iterable[UUID]) -> Agreement:
    """The other side says so too, of one clause or of several: from now on they count as kept."""
    row, side = locked_agreement(actor, agreement_id, AgreementState.SIGNED)
    for one in _waiting(row, side, clause_ids):
        _answer(actor, row, one, "agreement.kept")
    return row


@command
def decline_kept(
    actor: Actor, *, agreement_id: UUID, clause_id: UUID, reason: str
) -> ClauseKeeping:
    """The other side does not see it so, and says why; it may be said anew later."""
    why = check_reason(reason)
    row, side = locked_agreement(actor, agreement_id, AgreementState.SIGNED)
    [one] = _waiting(row, side, [clause_id])
    one.refusal = why
    _answer(actor, row, one, "agreement.kept-declined", reason=why)
    tell_other(row, side, "agreement-kept-declined", title=one.clause.title, reason=why)
    return one


def _answer(
    actor: Actor, row: Agreement, one: ClauseKeeping, verb: str, **more: journal.Fact
) -> None:
    one.answered_at, one.answered_by = clock.now(), actor.name
    one.save(update_fields=["answered_at", "answered_by", "refusal"])
    journal.write(actor, verb, row.pk, row.community_id, title=one.clause.title, **more)
