"""What a community decides about claims, many at once: approve, refuse, let go or keep."""

from collections.abc import Collection
from uuid import UUID

from baodao.claims.commands.announcements import note, tell
from baodao.claims.commands.reversals import earlier_answers, undoable
from baodao.claims.commands.seats import label_of, locked_claims, move_claims
from baodao.claims.commands.waiting_list import fill_all
from baodao.claims.models import Claim
from baodao.claims.queries.approvals import Approvals, check_decidable
from baodao.claims.queries.claims import claims, numbers_in_line
from baodao.claims.queries.seats import servers_of
from baodao.claims.rules.claims import check_not_begun
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.lives import check_reason
from baodao.offers.queries.names import check_untelling
from baodao.offers.rules.offers import has_begun

APPROVED = ("claim.approved", "claim-approved")
REFUSED = ("claim.refused", "claim-refused")
LET_GO = ("claim.left", "exit-approved")
KEPT = ("claim.exit-refused", "exit-refused")


@command
def decide_claims(
    actor: Actor, *, claim_ids: Collection[UUID], approve: bool, reason: str = ""
) -> Batch[Claim]:
    """Approve or refuse (with a reason that who claimed reads), in the order they claimed.

    For whom no place is left stays as it was and is named: there are never more than places.
    """
    why = "" if approve else check_reason(reason)
    rows, offers = locked_claims(claims(actor, Permission.CLAIM_DECIDE), claim_ids)
    for offer in offers if why else ():
        check_untelling(offer, why)
    approvals = Approvals(actor, rows)

    def decide(claim: Claim) -> Claim:
        (approvals.seat if approve else approvals.decidable)(claim)
        return claim

    rows.sort(key=lambda row: (row.claimed_at, row.pk))
    earlier = earlier_answers(rows)
    batch = Batch.each(rows, decide, label_of)
    columns = _decided(actor) if approve else _decided(actor) | {"reason": why}
    move_claims(batch.done, ClaimState.ACTIVE if approve else ClaimState.REFUSED, **columns)
    _answer(actor, batch.done, APPROVED if approve else REFUSED, why)
    return undoable(actor, batch, earlier, ClaimState.APPLIED)


def _answer(actor: Actor, done: list[Claim], words: tuple[str, str], why: str) -> None:
    """The journal's verb and the sentence to each claimant."""
    verb, kind = words
    facts = {"reason": why} if why else {}
    note(actor, done, verb, why)
    tell(done, kind, **facts)


@command
def line_up(actor: Actor, *, claim_ids: Collection[UUID]) -> Batch[Claim]:
    """Approve claims for which no place is left: they wait in line, and a place that becomes free
    is offered to them without another word of the community."""
    rows, offers = locked_claims(claims(actor, Permission.CLAIM_DECIDE), claim_ids)
    approvals = Approvals(actor, rows)

    def decide(claim: Claim) -> Claim:
        approvals.line_up(claim)
        return claim

    rows.sort(key=lambda row: (row.claimed_at, row.pk))
    earlier = earlier_answers(rows)
    batch = Batch.each(rows, decide, label_of)
    move_claims(batch.done, ClaimState.WAITING, **_decided(actor))
    note(actor, batch.done, "claim.lined-up")
    numbers = numbers_in_line(batch.done)
    for claim in batch.done:
        tell([claim], "claim-lined-up", number=numbers[claim.pk])
    fill_all(actor, offers)
    return undoable(actor, batch, earlier, ClaimState.APPLIED)


def _decided(actor: Actor) -> dict[str, object]:
    return {"decided_at": clock.now(), "decided_by": actor.name}


@command
def decide_exits(
    actor: Actor, *, claim_ids: Collection[UUID], approve: bool, reason: str = ""
) -> Batch[Claim]:
    """Let members leave their posts, or ask them to stay, with a reason; freed places go on."""
    why = "" if approve else check_reason(reason)
    rows, offers = locked_claims(claims(actor, Permission.CLAIM_DECIDE), claim_ids)
    for offer in offers if why else ():
        check_untelling(offer, why)
    serving = servers_of(rows)

    def decide(claim: Claim) -> Claim:
        check_decidable(actor, claim, serving[claim.pk], ClaimState.EXIT_REQUESTED)
        if approve:
            begun = has_begun(claim.offer.starts_at, clock.now())
            check_not_begun(claim.offer.kind, begun=begun)
        return claim

    earlier = earlier_answers(rows)
    batch = Batch.each(rows, decide, label_of)
    columns = _decided(actor) if approve else _decided(actor) | {"reason": why}
    move_claims(batch.done, ClaimState.LEFT if approve else ClaimState.ACTIVE, **columns)
    _answer(actor, batch.done, LET_GO if approve else KEPT, why)
    fill_all(actor, offers)
    return undoable(actor, batch, earlier, ClaimState.EXIT_REQUESTED) if approve else batch
