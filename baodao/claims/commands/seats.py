"""How claims and their seats are locked and change, under the lock of their offer.

Locks are taken in this order: persons, offers, claims. Whoever changes a claim holds its offer, so
that places are counted by one at a time; whoever gives a place holds who would serve, so that
nobody is given two at the same hours.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from baodao.claims.commands.announcements import tell_servers
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import Claims, claim_rows
from baodao.claims.queries.seats import held_seats, seats_of
from baodao.claims.rules.claims import ending_of
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel import clock
from baodao.kernel.locks import lock_many
from baodao.kernel.stages import move
from baodao.offers.models import Offer
from baodao.offers.queries.entries import recorded_in
from baodao.offers.queries.offers import offer_rows
from baodao.people.queries.members import lock_persons


def label_of(claim: Claim) -> str:
    """How a batch names who claims: a person with their branch, since names repeat."""
    return f"{claim.person.name}（{claim.branch.name}）" if claim.person else claim.claimant_name


def locked_claims(rows: Claims, claim_ids: Iterable[UUID]) -> tuple[list[Claim], list[Offer]]:
    """These claims with their offers, all locked: who serves by them, the offers, the claims, each
    by primary key. Raises `Absent`.

    Who serves by a claim is known once it is there: nobody joins one later.
    """
    ids = set(claim_ids)
    ours = rows.filter(pk__in=ids).order_by()
    serving = held_seats().filter(claim__in=ours.values("pk"))
    lock_persons(set(serving.values_list("person", flat=True)))
    offers = lock_many(offer_rows(), set(ours.values_list("offer", flat=True)))
    return lock_many(rows, ids), offers


def live_claims(offer: Offer) -> list[Claim]:
    """The live claims of a locked offer, locked too, by primary key."""
    return locked(claim_rows().filter(offer=offer, state__in=CLAIM.live))


def locked(rows: Claims) -> list[Claim]:
    """These claims of locked offers, locked too, by primary key."""
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def move_claims(claims: Sequence[Claim], to: ClaimState, **columns: object) -> None:
    """Put locked claims into `to`, all or none, with `columns` the same for all; refused with how
    the first stands whose life does not know the move.

    Since when a place is held, and when a claim ended, is written with it.
    """
    at = clock.now()
    if to in CLAIM.over:
        columns["ended_at"] = at
    seated = [claim for claim in claims if claim.seated_at or to is not ClaimState.ACTIVE]
    move(seated, to, at, **columns)
    move([claim for claim in claims if claim not in seated], to, at, seated_at=at, **columns)


def serve(seats: Sequence[Seat], on: date) -> None:
    """Write the day of a service that was recorded into the seats of who served, and thank them."""
    for seat in seats:
        seat.served_on = max(on, seat.served_on or on)
    Seat.objects.bulk_update(seats, ["served_on"])
    tell_servers(seats, "claim-served")


def vacate(claims: Sequence[Claim], seats: Collection[Seat]) -> list[Claim]:
    """End these seats of locked claims, which hold fewer places then; claims that nobody else
    serves by are left as they are and returned, to be ended."""
    gone = {seat.pk for seat in seats}
    seats_in = seats_of(claims)
    empty = [claim for claim in claims if gone.issuperset(seat.pk for seat in seats_in[claim.pk])]
    others = [claim for claim in claims if claim not in empty]
    Seat.objects.filter(pk__in=gone, claim__in=others).update(until=clock.now())
    for claim in others:
        claim.places -= sum(seat.pk in gone for seat in seats_in[claim.pk])
    Claim.objects.bulk_update(others, ["places"])
    return empty


def end_claims(claims: Sequence[Claim], **columns: object) -> None:
    """End locked live claims of one offer with it: who ever served is done, nobody is blamed."""
    live = [claim for claim in claims if claim.state in CLAIM.live]
    served = _served(live)
    endings = {claim: ending_of(claim.state, served=claim.pk in served) for claim in live}
    for to in CLAIM.over:
        move_claims([claim for claim in live if endings[claim] is to], to, **columns)


def _served(claims: Sequence[Claim]) -> set[UUID]:
    """By which of these claims of one offer somebody served: by its lists, or by a record of their
    own statement."""
    served = {claim.pk for claim in claims if claim.served_on is not None}
    others = [claim for claim in claims if claim.pk not in served]
    persons = set(Seat.objects.filter(claim__in=others).values_list("claim", "person"))
    if persons:
        came = recorded_in(others[0].offer, {person for _, person in persons})
        served |= {claim for claim, person in persons if person in came}
    return served
