"""Recording who came: the list of an offer once, or the service of a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.attendance.queries import hosted_persons
from baodao.attendance.rules import EXPECTED, check_begun, check_by_day, check_by_list
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry, Origin
from baodao.offers.commands.announcements import note
from baodao.offers.commands.answers import meet_needs
from baodao.offers.commands.offers import finish
from baodao.offers.commands.seats import enter, live_claims, locked_claims, serve
from baodao.offers.commands.waiting_list import first_in_line
from baodao.offers.models import Claim, Offer, Seat
from baodao.offers.queries.claims import claims
from baodao.offers.queries.offers import offers, seated_of
from baodao.offers.queries.seats import held_seats, seats_of
from baodao.offers.rules.lives import (
    CLAIM,
    OFFER,
    SERVING,
    ClaimState,
    OfferState,
)
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.members import lock_persons

Seats = Mapping[UUID, Sequence[Seat]]
"""The seats of each claim."""


@dataclass(frozen=True)
class Turnout:
    """Who came, for how many minutes without travel, and which needs were met by it.

    Whoever is on the list and not among `person_ids` did not come; with `more` the list stays open
    for latecomers and nobody is counted out yet.
    """

    person_ids: Collection[UUID]
    minutes: int
    met_ids: Collection[UUID] = ()
    more: bool = False


@command
def record_roll(actor: Actor, *, offer_id: UUID, turnout: Turnout) -> Batch[ServiceRecord]:
    """Record the list of an offer: who came is served, who did not is off the list.

    People registered in the community who had not claimed may be among those who came. Who
    cannot be recorded (at that time they served elsewhere) is named and stays on the list, which
    then stays open. Raises `Absent` for anybody who has neither a claim nor a registration here.
    """
    present = set(turnout.person_ids)
    lock_persons(present)
    offer = lock(offers(actor, Permission.RECORD_CREATE), offer_id)
    check_by_list(offer.kind)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    assert offer.starts_at is not None
    check_begun(offer.kind, offer.starts_at, clock.now())
    claims = sorted(live_claims(offer), key=lambda row: (row.claimed_at, row.pk))
    seats = seats_of(claims)
    listed = {seat.person_id for own in seats.values() for seat in own}
    community = standing_of(offer.community, clock.local(offer.starts_at).date())
    hosted_persons(actor, community, present - listed)
    batch = append(
        actor,
        community=community,
        entries=[_entry(offer, person, turnout.minutes) for person in sorted(present)],
        confirmed=Confirmed(Origin.LIST, actor.name),
    )
    served = {record.person_id for record in batch.done}
    serve(_served(seats, served), clock.local(offer.starts_at).date())
    _settle(actor, offer, [claim for claim in claims if _came(seats[claim.pk], served)], seats)
    if batch.done:
        offer.recorded_at = clock.now()
        offer.save(update_fields=["recorded_at"])
    journal.write(
        actor, "offer.recorded", offer.pk, offer.community_id, count=len(served), title=offer.title
    )
    if not (turnout.more or batch.refused):
        _close(actor, offer)
    meet_needs(actor, offer=offer, met_ids=turnout.met_ids)
    return batch


def _close(actor: Actor, offer: Offer) -> None:
    """Nobody is expected any more. Who had a place and did not come is off the list: kept as a
    fact, shown to nobody as blame."""
    left = [claim for claim in live_claims(offer) if claim.state in SERVING]
    enter([claim for claim in left if claim.served_on], ClaimState.DONE)
    enter([claim for claim in left if not claim.served_on], ClaimState.ABSENT)
    finish(actor, offer)


def _entry(offer: Offer, person_id: UUID, minutes: int) -> Entry:
    assert offer.starts_at is not None
    return Entry(
        person_id=person_id,
        served_on=clock.local(offer.starts_at).date(),
        minutes=minutes,
        category=offer.category,
        way=offer.kind.way,
        began_at=offer.starts_at,
        place=offer.place,
        offer_id=offer.pk,
        offer_title=offer.title,
    )


def _served(seats: Seats, served: Collection[UUID]) -> list[Seat]:
    return [seat for own in seats.values() for seat in own if seat.person_id in served]


def _came(seats: Collection[Seat], served: Collection[UUID]) -> bool:
    return any(seat.person_id in served for seat in seats)


def _settle(actor: Actor, offer: Offer, came: Sequence[Claim], seats: Seats) -> None:
    """A claim by which somebody came holds its places, and is done once all of its seats served.

    Whoever came from the waiting list takes a place that is left; the others' service is recorded
    all the same, and their claim ends with the list.
    """
    late = [claim for claim in came if claim.state not in EXPECTED]
    seated = first_in_line(late, offer.places - seated_of(offer))
    placed = [claim for claim in came if claim.state in EXPECTED or claim in seated]
    enter(
        [claim for claim in placed if claim.state not in SERVING],
        ClaimState.ACTIVE,
        confirm_by=None,
    )
    whole = [claim for claim in placed if all(seat.served_on for seat in seats[claim.pk])]
    enter(whole, ClaimState.DONE)
    note(actor, came, "claim.served")


@dataclass(frozen=True)
class DayService:
    """What was done on a day, the same for everybody who served."""

    on: date
    minutes: int
    result: str = ""


@command
def record_day(
    actor: Actor, *, claim_ids: Collection[UUID], service: DayService
) -> Batch[ServiceRecord]:
    """Record one day's service of these claimants; where a claim serves once, it is done then."""
    rows = claims(actor, Permission.RECORD_CREATE)
    seated = held_seats().filter(claim__in=rows.filter(pk__in=set(claim_ids)))
    lock_persons(seated.values_list("person", flat=True))
    serving, offered_in = locked_claims(rows, claim_ids)
    if len(offered_in) > 1:
        raise Absent("claim")
    for claim in serving:
        CLAIM.check(claim.state, *SERVING)
    if not serving:
        return Batch()
    offer = offered_in[0]
    check_by_day(offer.kind)
    seats = seats_of(serving)
    batch = append(
        actor,
        community=standing_of(offer.community, service.on),
        entries=[_day_entry(offer, seat, service) for own in seats.values() for seat in own],
        confirmed=Confirmed(Origin.LIST, actor.name),
    )
    recorded = {record.person_id for record in batch.done}
    serve(_served(seats, recorded), service.on)
    done = [claim for claim in serving if _came(seats[claim.pk], recorded)]
    enter(done if not offer.kind.often else [], ClaimState.DONE)
    note(actor, done, "claim.served")
    return batch


def _day_entry(offer: Offer, seat: Seat, service: DayService) -> Entry:
    return Entry(
        person_id=seat.person_id,
        served_on=service.on,
        minutes=service.minutes,
        category=offer.category,
        way=offer.kind.way,
        place=offer.place,
        result=service.result,
        offer_id=offer.pk,
        offer_title=offer.title,
    )
