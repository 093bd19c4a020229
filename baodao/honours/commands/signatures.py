"""A named person signs each proposal as it is, or another word with a reason."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from baodao.documents.rules import check_read
from baodao.honours.models import HonourProposal, HonourRuling
from baodao.honours.queries.grounds import later_ground
from baodao.honours.queries.papers import word_digest
from baodao.honours.queries.rounds import proposals_to_decide
from baodao.honours.rules.lives import (
    HONOUR_ROUND,
    SIGNABLE,
    HonourKind,
    HonourState,
    HonourVerdict,
    RulingBasis,
)
from baodao.honours.rules.rounds import check_counted, check_not_own, check_verdict
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.undo import Marks, leave_note, takes_back

SIGNATURE = "honours.signature"
"""The name by which a signature on many is taken back."""


@command
def sign_proposals(
    actor: Actor, *, proposal_ids: Collection[UUID], count: str
) -> Batch[HonourProposal]:
    """Sign these proposals as they were made. Left out and named is what is signed already, what
    the machine could not propose, and what is about the actor; and what a count of votes proposed
    anew since it was read: `count` names the count that was known then (`HonourRound.count`)."""
    rows = lock_many(proposals_to_decide(actor).order_by(), proposal_ids)
    rows.sort(key=lambda row: (row.branch.path, row.name, str(row.pk)))
    batch = Batch.each(rows, lambda row: _signable(actor, row, count), lambda row: row.name)
    for row in batch.done:
        put(actor, row, HonourVerdict(row.proposed), RulingBasis.SIGNED)
    if not batch.done:
        return batch
    first = batch.done[0]
    scope = first.round.organisation_id
    journal.write(actor, "honour.signed", first.round_id, scope, count=len(batch.done))
    marks = {"proposals": [str(row.pk) for row in batch.done]}
    return replace(batch, undo_id=leave_note(actor, SIGNATURE, marks))


def _signable(actor: Actor, row: HonourProposal, count: str) -> HonourProposal:
    HONOUR_ROUND.check(row.round.state, HonourState.DRAFT)
    check_counted(count, row.round.count)
    check_not_own(actor.person_id, row.person_id)
    if row.verdict:
        raise Refused("honour.is-signed", gettext_noop("This is signed already."))
    if not row.proposed:
        raise Refused(
            "honour.unproposed",
            gettext_noop("Nothing is proposed here; choose a word and say why."),
        )
    return row


def put(
    actor: Actor,
    row: HonourProposal,
    verdict: HonourVerdict,
    basis: RulingBasis,
    reason: str = "",
) -> None:
    """Put a word in force, and keep it with what it rests on."""
    HonourRuling.objects.create(
        proposal=row, basis=basis, before=row.verdict, verdict=verdict, reason=reason,
        ruled_by=actor.name,
    )  # fmt: skip
    row.verdict, row.signed_by, row.signed_at = verdict, actor.name, clock.now()
    row.save(update_fields=["verdict", "signed_by", "signed_at"])


@command
def sign_otherwise(
    actor: Actor, *, proposal_id: UUID, verdict: HonourVerdict | None, reason: str, seen: str
) -> HonourProposal:
    """Sign another word than the one proposed, or than the one signed before, with a reason that
    the person reads. Refused where the word is another than the one that was read, whose hash is
    `seen` (`word_digest`)."""
    row = lock(proposals_to_decide(actor), proposal_id)
    HONOUR_ROUND.check(row.round.state, HonourState.DRAFT)
    check_not_own(actor.person_id, row.person_id)
    check_read(seen, word_digest(row))
    word = check_verdict(HonourKind(row.round.kind), verdict)
    why = check_reason(reason)
    put(actor, row, word, RulingBasis.CHANGED, why)
    facts = {"name": row.person.number if row.person else row.branch.name, "reason": why}
    journal.write(actor, "honour.changed", row.round_id, row.round.organisation_id, **facts)
    return row


@command
def affirm_verdict(actor: Actor, *, proposal_id: UUID, reason: str, seen: str) -> HonourProposal:
    """Let a word stand though the records of its time say otherwise now, with a reason that the
    person reads; refused where they say nothing else, and where the word is another than the one
    that was read, whose hash is `seen` (`word_digest`)."""
    row = lock(proposals_to_decide(actor), proposal_id)
    HONOUR_ROUND.check(row.round.state, *SIGNABLE)
    check_not_own(actor.person_id, row.person_id)
    check_read(seen, word_digest(row))
    why = check_reason(reason)
    if not row.verdict or later_ground(row) is None:
        raise Refused(
            "honour.nothing-later",
            gettext_noop("The records say nothing else of this one since the word was signed."),
        )
    HonourRuling.objects.create(
        proposal=row, basis=RulingBasis.KEPT, before=row.verdict, verdict=row.verdict, reason=why,
        ruled_by=actor.name,
    )  # fmt: skip
    journal.write(actor, "honour.kept", row.round_id, row.round.organisation_id, reason=why)
    return row


@takes_back(SIGNATURE)
def take_back(actor: Actor, marks: Marks) -> Batch[HonourProposal]:
    """Take signatures back, as far as the list is not in publicity and nobody signed another word
    since; what was signed stays in the history of each."""
    keys = [UUID(key) for key in marks["proposals"]]
    rows = lock_many(proposals_to_decide(actor).order_by(), keys)
    batch = Batch.each(rows, _unsignable, lambda row: row.name)
    for row in batch.done:
        HonourRuling.objects.create(
            proposal=row, basis=RulingBasis.CHANGED, before=row.verdict, ruled_by=actor.name
        )
        row.verdict, row.signed_by, row.signed_at = "", "", None
        row.save(update_fields=["verdict", "signed_by", "signed_at"])
    if batch.done:
        row = batch.done[0]
        scope = row.round.organisation_id
        journal.write(actor, "honour.unsigned", row.round_id, scope, count=len(batch.done))
    return batch


def _unsignable(row: HonourProposal) -> HonourProposal:
    HONOUR_ROUND.check(row.round.state, HonourState.DRAFT)
    last = row.rulings.order_by("-ruled_at", "-pk").first()
    if last is None or last.basis != RulingBasis.SIGNED:
        raise Refused("honour.is-other", gettext_noop("Another word was signed here since."))
    return row
