"""Places for persons who said that they can come at these hours: given at once, many in one act;
freed when they cannot."""

from collections.abc import Collection
from uuid import UUID

from baodao.claims.commands.announcements import note
from baodao.claims.commands.seats import end_claims, locked
from baodao.claims.commands.waiting_list import fill
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import claim_rows, most_at
from baodao.claims.queries.openings import locked_opening, standing_of
from baodao.claims.queries.seats import Server, servers, taken_by
from baodao.claims.rules.claims import check_assignable, check_place
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock_many
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.offers import has_begun
from baodao.people.queries.members import names_of


def seat_willing(actor: Actor, offer: Offer, person_ids: Collection[UUID]) -> Batch[Claim]:
    """Give each of these locked persons a place of an offer, in the caller's transaction. They said
    themselves that they can come then, which the caller has checked, as it has what the actor may;
    who is told is the caller's matter too. Whoever has no room for it, or finds no place left, is
    named. Raises `Absent` for who is out of its reach."""
    ids = list(dict.fromkeys(person_ids))
    people = {one.person_id: one for one in servers(ids)}
    opening = locked_opening(offer.pk, offer.community_id, alone=True)
    within = [one.in_reach(opening.kind.reach, opening.path) for one in people.values()]
    if people.keys() != set(ids) or not all(within):
        raise Absent("member")
    taken, names, now = taken_by(ids), names_of(ids), clock.now()
    seated, waiting = standing_of(offer.pk)
    left = opening.places - seated
    claims: list[Claim] = []
    seats: list[Seat] = []

    def seat(one: Server) -> Claim:
        hours, most = (opening.starts_at, opening.ends_at), most_at(one.path, opening.kind)
        check_assignable(opening.kind, hours, taken[one.person_id], most, offer.pk)
        check_place(1, free=left - len(claims), places=opening.places, waiting=waiting)
        claim = Claim(
            offer=offer,
            person_id=one.person_id,
            branch_id=one.branch_id,
            community_id=opening.community_id,
            state=ClaimState.ACTIVE,
            claimed_at=now,
            seated_at=now,
        )
        own = {"person_id": one.person_id, "branch_id": one.branch_id, "since": now}
        claims.append(claim)
        seats.append(Seat(claim=claim, **own))
        return claim

    ordered = [people[one] for one in ids]
    batch = Batch.each(ordered, seat, lambda one: names[one.person_id])
    Claim.objects.bulk_create(claims)
    Seat.objects.bulk_create(seats)
    rows = list(claim_rows().filter(pk__in=[row.pk for row in claims]))
    note(actor, rows, "claim.placed")
    return Batch(rows, batch.refused)


def unseat_unwilling(actor: Actor, person_id: UUID, offer_ids: Collection[UUID]) -> list[Claim]:
    """Free the places that this locked person has in these offers, or waits for, where they have
    not begun: they said that they cannot come then. Whoever waits takes them; who else is told is
    the caller's matter, as it has what the actor may."""
    claims = []
    for offer in lock_many(offer_rows(), set(offer_ids)):
        if has_begun(offer.starts_at, clock.now()):
            continue
        rows = locked(claim_rows().filter(offer=offer, person=person_id, state__in=CLAIM.live))
        if rows:
            end_claims(rows, confirm_by=None)
            note(actor, rows, "claim.left")
            fill(actor, offer)
            claims += rows
    return claims
