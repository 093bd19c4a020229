"""What a community decides about claims, many at once: approve, refuse, let go or keep."""

from collections.abc import Collection
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.commands.announcements import note, tell
from baodao.offers.commands.seats import enter, label_of, locked_claims
from baodao.offers.commands.waiting_list import fill_all
from baodao.offers.models import Claim
from baodao.offers.queries.claims import claims
from baodao.offers.queries.offers import seated_of
from baodao.offers.queries.seats import servers_of, taken_by
from baodao.offers.rules.claims import check_free, check_not_begun
from baodao.offers.rules.lives import CLAIM, OFFER, ClaimState, OfferState
from baodao.offers.rules.offers import check_reason, has_begun

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
    free = {offer.pk: offer.places - seated_of(offer) for offer in offers}
    serving = servers_of(rows)
    taken = taken_by({person for people in serving.values() for person in people})

    def decide(claim: Claim) -> Claim:
        _check(actor, claim, serving[claim.pk], ClaimState.APPLIED)
        if approve:
            hours = (claim.offer.starts_at, claim.offer.ends_at)
            for person in serving[claim.pk]:
                check_free(hours, taken[person], claim.offer_id)
            _take_places(claim, free)
        return claim

    rows.sort(key=lambda row: (row.claimed_at, row.pk))
    batch = Batch.each(rows, decide, label_of)
    columns = _decided(actor) if approve else _decided(actor) | {"reason": why}
    enter(batch.done, ClaimState.ACTIVE if approve else ClaimState.REFUSED, **columns)
    _answer(actor, batch.done, APPROVED if approve else REFUSED, why)
    return batch


def _answer(actor: Actor, done: list[Claim], words: tuple[str, str], why: str) -> None:
    """The journal's verb and the sentence to each claimant."""
    verb, kind = words
    facts = {"reason": why} if why else {}
    note(actor, done, verb, why)
    tell(done, kind, **facts)


def _take_places(claim: Claim, free: dict[UUID, int]) -> None:
    """Count the places of a claim off those that are `free`; refused where they do not suffice."""
    if free[claim.offer_id] < claim.places:
        raise Refused(
            "claim.full",
            gettext_noop("All %(places)s places are taken; raise the number, or decline."),
            places=claim.offer.places,
        )
    free[claim.offer_id] -= claim.places


def _check(actor: Actor, claim: Claim, serving: Collection[UUID], waiting: ClaimState) -> None:
    """Refuse what was decided meanwhile, what is over, and what is one's own."""
    OFFER.check(claim.offer.state, OfferState.PUBLISHED)
    CLAIM.check(claim.state, waiting)
    if actor.person_id in serving:
        raise Refused(
            "claim.own", gettext_noop("Nobody decides about themselves; ask a colleague.")
        )


def _decided(actor: Actor) -> dict[str, object]:
    return {"decided_at": clock.now(), "decided_by": actor.name}


@command
def decide_exits(
    actor: Actor, *, claim_ids: Collection[UUID], approve: bool, reason: str = ""
) -> Batch[Claim]:
    """Let members leave their posts, or ask them to stay, with a reason; freed places go on."""
    why = "" if approve else check_reason(reason)
    rows, offers = locked_claims(claims(actor, Permission.CLAIM_DECIDE), claim_ids)
    serving = servers_of(rows)

    def decide(claim: Claim) -> Claim:
        _check(actor, claim, serving[claim.pk], ClaimState.EXIT_REQUESTED)
        if approve:
            begun = has_begun(claim.offer.starts_at, clock.now())
            check_not_begun(claim.offer.kind, begun=begun)
        return claim

    batch = Batch.each(rows, decide, label_of)
    columns = _decided(actor) if approve else _decided(actor) | {"reason": why}
    enter(batch.done, ClaimState.LEFT if approve else ClaimState.ACTIVE, **columns)
    _answer(actor, batch.done, LET_GO if approve else KEPT, why)
    fill_all(actor, offers)
    return batch
