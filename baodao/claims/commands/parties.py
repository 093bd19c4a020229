"""Who serves by a claim of a unit or a team: changed by who speaks for it, left by who serves."""

from collections.abc import Collection, Sequence
from uuid import UUID

from baodao.claims.commands.announcements import note, tell, tell_servers
from baodao.claims.commands.claims import check_server, people_of, tell_if_alone
from baodao.claims.commands.seats import locked_claims, move_claims, vacate
from baodao.claims.commands.waiting_list import fill
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import claim_rows, party_claims
from baodao.claims.queries.openings import locked_opening, standing_of
from baodao.claims.queries.seats import Server, held_seats, seats_of, taken_by
from baodao.claims.rules.claims import check_growth, check_not_begun, check_party
from baodao.claims.rules.lives import CLAIM, SEATED, SERVING, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own
from baodao.offers.rules.offers import has_begun
from baodao.people.queries.members import lock_persons


@command
def reseat(actor: Actor, *, claim_id: UUID, person_ids: Collection[UUID]) -> Claim:
    """Let these people serve by a claim of the actor's unit or team, until its hours begin.

    Who serves by it already stays as they were; others are checked as if they claimed. More people
    than places it holds need places that are free and for which nobody waits. Raises `Absent` for
    who is not theirs or not registered.
    """
    rows = party_claims(actor)
    present = held_seats().filter(claim__in=rows.filter(pk=claim_id).order_by().values("pk"))
    lock_persons({*person_ids, *present.values_list("person", flat=True)})
    [claim], [offer] = locked_claims(rows, [claim_id])
    CLAIM.check(claim.state, *CLAIM.live)
    check_not_begun(offer.kind, begun=has_begun(offer.starts_at, clock.now()))
    check_party(len(set(person_ids)), offer.places)
    seats = seats_of([claim]).get(claim.pk, [])
    joining = set(person_ids) - {seat.person_id for seat in seats}
    new = _join(claim, people_of(claim.branch, joining))
    leaving = [seat for seat in seats if seat.person_id not in person_ids]
    _hold(claim, len(seats) - len(leaving) + len(new))
    Seat.objects.filter(pk__in=[seat.pk for seat in leaving]).update(until=clock.now())
    note(actor, [claim], "claim.reseated")
    tell_servers(new, "claim-seat-given", name=claim.claimant_name)
    tell_servers(leaving, "claim-seat-taken-back", name=claim.claimant_name)
    fill(actor, offer)
    return claim


def _join(claim: Claim, people: Sequence[Server]) -> list[Seat]:
    """Seats of a locked claim for these locked people, who have room for its offer."""
    opening = locked_opening(claim.offer_id, claim.branch_id, alone=True)
    taken = taken_by([one.person_id for one in people])
    for one in people:
        check_server(claim.offer_id, opening, one, taken[one.person_id])
    seats = [Seat(claim=claim, person_id=one.person_id, branch_id=one.branch_id) for one in people]
    return Seat.objects.bulk_create(seats)


def _hold(claim: Claim, places: int) -> None:
    """Hold so many places from now on; more only where they are free and nobody waits."""
    if claim.state in SEATED:
        taken, waiting = standing_of(claim.offer_id)
        check_growth(places - claim.places, free=claim.offer.places - taken, waiting=waiting)
    claim.places = places
    claim.save(update_fields=["places"])


@command
def leave_seat(actor: Actor, *, claim_id: UUID) -> Claim:
    """Give up the actor's own seat in a claim of their unit or team; nobody serves because others
    said so. The last one ends the claim."""
    mine = own(held_seats(), actor).filter(claim=claim_id, claim__person=None)
    ours = claim_rows().filter(pk__in=mine.order_by().values("claim"))
    [claim], [offer] = locked_claims(ours, [claim_id])
    CLAIM.check(claim.state, *CLAIM.live)
    check_not_begun(offer.kind, begun=has_begun(offer.starts_at, clock.now()))
    seat = mine.first()
    if seat is None:
        raise Absent("claim")
    to = ClaimState.LEFT if claim.state in SERVING else ClaimState.WITHDRAWN
    ended = vacate([claim], [seat])
    move_claims(ended, to, confirm_by=None)
    note(actor, [claim], "claim.seat-left")
    tell([claim], "claim-left-alone" if ended else "claim-seat-left", name=seat.person.name)
    fill(actor, offer)
    tell_if_alone(offer, ended, "claim-given-back")
    return claim
