"""A decision about claims is taken back, for a moment, as far as nothing came of it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from baodao.claims.commands.announcements import note, tell
from baodao.claims.commands.seats import label_of, locked_claims
from baodao.claims.commands.waiting_list import fill_all
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims
from baodao.claims.queries.places import standings_of
from baodao.claims.queries.seats import servers_of, taken_by
from baodao.claims.rules.claims import check_anew, check_approvable, check_not_begun
from baodao.claims.rules.lives import CLAIM, SEATED, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.stages import turn
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import has_begun

DECISION = "claims.decision"
"""The name by which a decision is taken back."""


class EarlierAnswer(NamedTuple):
    """When the community answered a claim before, and who; None and empty where it had not."""

    at: datetime | None
    by: str


def earlier_answers(rows: Collection[Claim]) -> dict[UUID, EarlierAnswer]:
    """What a decision is about to write over, by the claim."""
    return {row.pk: EarlierAnswer(row.decided_at, row.decided_by) for row in rows}


def undoable(
    actor: Actor, batch: Batch[Claim], earlier: Mapping[UUID, EarlierAnswer], was: ClaimState
) -> Batch[Claim]:
    """The batch of a decision on claims that were all in the state `was`, with the id under which
    its actor may take it back."""
    if not batch.done:
        return batch
    first = batch.done[0]
    assert first.decided_at is not None
    marks = {
        "claims": {str(row.pk): _written(earlier[row.pk]) for row in batch.done},
        "was": str(was),
        "became": str(first.state),
        "at": first.decided_at.isoformat(),
    }
    return replace(batch, undo_id=leave_note(actor, DECISION, marks))


def _written(answer: EarlierAnswer) -> list[str | None]:
    return [answer.at.isoformat() if answer.at else None, answer.by]


@takes_back(DECISION)
def take_back(actor: Actor, marks: Marks) -> Batch[Claim]:
    """Put claims back to how they stood before a decision, and tell who claimed.

    Left as it is and named is what is no longer as the decision left it, what was claimed anew, and
    who was let go and whose place has gone on.
    """
    earlier = {UUID(pk): answer for pk, answer in marks["claims"].items()}
    rows, offers = locked_claims(claims(actor, Permission.CLAIM_DECIDE), earlier)
    was = ClaimState(marks["was"])
    batch = Batch.each(rows, _Return(rows, marks).check, label_of)
    for claim in batch.done:
        at, by = earlier[claim.pk]
        turn([claim], clock.now(), decided_at=at and datetime.fromisoformat(at), decided_by=by)
    columns: dict[str, object] = {"state": was, "ended_at": None}
    if was is ClaimState.APPLIED:
        columns |= {"seated_at": None, "reason": ""}
    turn(batch.done, clock.now(), **columns)
    note(actor, batch.done, "claim.decision-undone")
    tell(batch.done, "claim-decision-undone")
    fill_all(actor, offers)
    return batch


class _Return:
    """Whether claims can stand again as they did before a decision; read under their locks."""

    def __init__(self, rows: Collection[Claim], marks: Marks) -> None:
        self._was, self._became = marks["was"], marks["became"]
        self._at = datetime.fromisoformat(marks["at"])
        self._serving = servers_of(rows)
        self._taken = taken_by({one for people in self._serving.values() for one in people})
        standings = standings_of({row.offer_id for row in rows})
        self._free = {
            row.offer_id: row.offer.places - standings[row.offer_id].taken for row in rows
        }

    def check(self, claim: Claim) -> Claim:
        """The claim; refused where it is no longer as the decision left it."""
        OFFER.check(claim.offer.state, OfferState.PUBLISHED)
        check_not_begun(claim.offer.kind, begun=has_begun(claim.offer.starts_at, clock.now()))
        if (claim.state, claim.decided_at) != (self._became, self._at) or claim.served_on:
            raise Refused("claim.changed", gettext_noop("Something else has happened to it since."))
        if claim.state not in CLAIM.live:
            self._check_anew(claim)
        return claim

    def _check_anew(self, claim: Claim) -> None:
        """Refuse to let a claim live again beside another, at hours that are taken, or without its
        places."""
        offer = claim.offer
        for person in self._serving[claim.pk]:
            check_anew(offer.pk, self._taken[person])
            check_approvable((offer.starts_at, offer.ends_at), self._taken[person], offer.pk)
        if self._was in SEATED:
            if self._free[offer.pk] < claim.places:
                raise Refused("claim.gone-on", gettext_noop("The place has gone to the next."))
            self._free[offer.pk] -= claim.places
