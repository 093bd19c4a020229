"""Recording who came: the list of an offer once, or the service of a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from baodao.attendance.queries.check_ins import day_of, hours_of, presences
from baodao.attendance.queries.rolls import missed_on, registered_persons
from baodao.attendance.rules.check_ins import Presence
from baodao.attendance.rules.policies import ROUNDING_MINUTES
from baodao.attendance.rules.rolls import (
    EXPECTED,
    Holding,
    check_begun,
    check_by_day,
    check_by_list,
    check_day,
    check_held,
    check_length,
    check_night,
    check_somebody,
)
from baodao.claims.commands.announcements import note
from baodao.claims.commands.seats import (
    label_of,
    live_claims,
    locked,
    locked_claims,
    move_claims,
    serve,
)
from baodao.claims.commands.waiting_list import first_in_line
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import claim_rows, claims
from baodao.claims.queries.places import seated_of
from baodao.claims.queries.seats import seats_of, seats_of_day
from baodao.claims.rules.lives import SERVING, ClaimState
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry, Origin, Way, check_not_own
from baodao.needs.rules.life import NeedState
from baodao.offers.commands.answers import meet_needs
from baodao.offers.commands.endings import finish
from baodao.offers.models import Offer
from baodao.offers.queries.answers import needs_of
from baodao.offers.queries.claims import offer_claims
from baodao.offers.queries.entries import entry_in, recorded_in
from baodao.offers.queries.offers import recordable
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.members import lock_persons, names_of
from baodao.statements.commands.statements import settle

Seats = Mapping[UUID, Sequence[Seat]]
"""The seats of each claim."""


@dataclass(frozen=True)
class Turnout:
    """Who came, for how many minutes without travel, and which needs were met by it.

    Whoever is on the list and not among `person_ids` did not come; with `more` the list stays open
    for latecomers and nobody is counted out yet. With `by_code` who checked in and out served for
    as long as that, who forgot one of the two no longer than the other permits, and the others for
    `minutes`.
    """

    person_ids: Collection[UUID]
    minutes: int
    met_ids: Collection[UUID] = ()
    more: bool = False
    by_code: bool = True


@command
def record_roll(actor: Actor, *, offer_id: UUID, turnout: Turnout) -> Batch[ServiceRecord]:
    """Record the list of an offer: who came is served, who did not is off the list. The community
    keeps it, or the unit that organises the offer, of those who claimed or checked in.

    People registered in the community on that day who had not claimed may be among those who came.
    Whose own statement of it is confirmed already came, whether or not they are among those; one
    that waits is answered by the list. Who cannot be recorded (at that time they served elsewhere)
    is named and stays on the list, which then stays open. Raises `Absent` for anybody who has
    neither a claim nor had a registration here that day.

    Cannot be taken back: a record stands in the chain, and is corrected with a reason.
    """
    present = set(turnout.person_ids)
    lock_persons(present)
    offer = lock(recordable(actor), offer_id)
    check_by_list(offer.kind)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    _check_time(offer, turnout.minutes)
    claims = sorted(live_claims(offer), key=lambda row: (row.claimed_at, row.pk))
    seats = seats_of(claims)
    listed = {seat.person_id for own in seats.values() for seat in own}
    day = day_of(offer)
    community = standing_of(offer.community, day)
    registered_persons(actor, community, present - listed, day, presences(offer))
    recorded = recorded_in(offer, present | listed)
    ways = {seat.person_id: claim.way for claim in claims for seat in seats[claim.pk]}
    coming = {one: ways.get(one, offer.kind.way) for one in present - recorded}
    batch = _append(actor, offer, community, coming, turnout)
    settle(actor, batch.done)
    served = {record.person_id for record in batch.done} | recorded
    serve(_served(seats, served), day)
    _settle(actor, offer, [claim for claim in claims if _came(seats[claim.pk], served)], seats)
    if served:
        offer.recorded_at = clock.now()
        offer.save(update_fields=["recorded_at"])
    journal.write(
        actor, "offer.recorded", offer.pk, offer.community_id, count=len(served), title=offer.title
    )
    if not (turnout.more or batch.refused):
        _close(actor, offer)
    meet_needs(actor, offer=offer, met_ids=turnout.met_ids)
    return batch


@command
def record_missed(
    actor: Actor, *, offer_id: UUID, person_ids: Collection[UUID], minutes: int
) -> Batch[ServiceRecord]:
    """Add to a closed list who came after all: of those who had a place, or, as the community
    alone may, of those registered in it on that day. Everything else stays as it was closed.

    Who cannot be recorded is named. Raises `Absent` for anybody else. Cannot be taken back: a
    record stands in the chain, and is corrected with a reason.
    """
    present = set(person_ids)
    lock_persons(present)
    offer = lock(recordable(actor), offer_id)
    check_by_list(offer.kind)
    OFFER.check(offer.state, OfferState.CLOSED)
    check_somebody(present)
    _check_time(offer, minutes)
    missed = list(missed_on(offer).filter(person__in=present))
    day, by_list = day_of(offer), {seat.person_id for seat in missed}
    community = standing_of(offer.community, day)
    registered_persons(actor, community, present - by_list, day, presences(offer))
    ways = {seat.person_id: seat.claim.way for seat in missed}
    coming = {one: ways.get(one, offer.kind.way) for one in present - recorded_in(offer, present)}
    batch = _append(actor, offer, community, coming, Turnout(present, minutes, by_code=False))
    settle(actor, batch.done)
    served = {record.person_id for record in batch.done}
    seats = [seat for seat in missed if seat.person_id in served]
    serve(seats, day)
    came = locked(claim_rows().filter(pk__in=[seat.claim_id for seat in seats]))
    move_claims([claim for claim in came if claim.state == ClaimState.ABSENT], ClaimState.DONE)
    note(actor, came, "claim.served")
    if served:
        offer.recorded_at = offer.recorded_at or clock.now()
        offer.save(update_fields=["recorded_at"])
        where = (offer.pk, offer.community_id)
        count, title = len(served), offer.title
        journal.write(actor, "offer.recorded-late", *where, count=count, title=title)
    return batch


def _append(
    actor: Actor,
    offer: Offer,
    community: Organisation,
    ways: Mapping[UUID, Way],
    turnout: Turnout,
) -> Batch[ServiceRecord]:
    """The services of who came, told by their `ways`, each for as long as they were there or all
    for the same time. Who keeps the list for the unit that organises it answers for everybody but
    themselves."""
    came = presences(offer)
    rounding = value_of(ROUNDING_MINUTES, offer.community)
    keeps_own = actor.may(Permission.RECORD_CREATE, offer.community.path)

    def entry(person_id: UUID) -> Entry:
        if not keeps_own:
            check_not_own(actor.person_id, person_id)
        whole = replace(entry_in(offer, person_id, turnout.minutes), way=ways[person_id])
        presence = came.get(person_id, Presence()) if turnout.by_code else Presence()
        served = presence.served(hours_of(offer), turnout.minutes, rounding)
        return replace(whole, began_at=served[0], minutes=served[1]) if served else whole

    names = names_of(ways)
    able = Batch.each(sorted(ways), entry, lambda person_id: names.get(person_id, ""))
    checked_in = {person_id for person_id, presence in came.items() if presence.scanned}
    confirmed = Confirmed(Origin.LIST, actor.name, checked_in=checked_in)
    batch = append(actor, entries={community: able.done}, confirmed=confirmed)
    return Batch(batch.done, [*able.refused, *batch.refused])


def _check_time(offer: Offer, minutes: int) -> None:
    """It has begun, and nobody served longer than it lasted, or after tonight's midnight."""
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    now = clock.now()
    check_begun(offer.kind, offer.starts_at, now)
    check_length(offer.kind, minutes, (offer.starts_at, offer.ends_at))
    check_night(offer.kind, minutes, offer.starts_at, now)


def _close(actor: Actor, offer: Offer) -> None:
    """Nobody is expected any more. Who had a place and did not come is off the list: kept as a
    fact, shown to nobody as blame."""
    left = [claim for claim in live_claims(offer) if claim.state in SERVING]
    move_claims([claim for claim in left if claim.served_on], ClaimState.DONE)
    move_claims([claim for claim in left if not claim.served_on], ClaimState.ABSENT)
    finish(actor, offer)


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
    move_claims(
        [claim for claim in placed if claim.state not in SERVING],
        ClaimState.ACTIVE,
        confirm_by=None,
    )
    whole = [claim for claim in placed if all(seat.served_on for seat in seats[claim.pk])]
    move_claims(whole, ClaimState.DONE)
    note(actor, came, "claim.served")


@dataclass(frozen=True)
class DayService:
    """What was done on a day, the same for everybody who served."""

    on: date
    minutes: int
    result: str = ""


@command
def record_day(
    actor: Actor,
    *,
    claim_ids: Collection[UUID],
    service: DayService,
    person_ids: Collection[UUID] | None = None,
) -> Batch[ServiceRecord]:
    """Record one day's service of who held a place in an offer then, whether or not they hold it
    still; where a claim serves once, it is done then.

    Of the claim of a unit or a team those served who are named by `person_ids`; where nobody is
    named, whoever had not given their place up by the end of the day. Who had no place on that day
    is named. What is for one person is over once all have served,
    and their need is met. Cannot be taken back: a record is corrected.
    """
    rows = claims(actor, Permission.RECORD_CREATE)
    ours = rows.filter(pk__in=set(claim_ids), seats__isnull=False).order_by()
    lock_persons(ours.values_list("seats__person", flat=True))
    every, offered_in = locked_claims(rows, claim_ids)
    if len(offered_in) > 1:
        raise Absent("claim")
    if not every:
        return Batch()
    offer = offered_in[0]
    check_by_day(offer.kind)
    for claim in every:
        check_held(_holding(claim), often=offer.kind.often)
    then = Batch.each(every, partial(_held_on, service.on), label_of)
    seats = _serving(then.done, service.on, person_ids)
    entries = [_day_entry(offer, seat, service) for own in seats.values() for seat in own]
    batch = append(
        actor,
        entries={standing_of(offer.community, service.on): entries},
        confirmed=Confirmed(Origin.LIST, actor.name),
    )
    recorded = {record.person_id for record in batch.done}
    serve(_served(seats, recorded), service.on)
    came = [claim for claim in then.done if _came(seats.get(claim.pk, ()), recorded)]
    if not offer.kind.often:
        _finish(actor, offer, came)
    note(actor, came, "claim.served")
    return Batch(batch.done, [*then.refused, *batch.refused])


def _serving(claims: Sequence[Claim], day: date, person_ids: Collection[UUID] | None) -> Seats:
    """The seats of who served on a day."""

    def served(seat: Seat) -> bool:
        if person_ids is not None:
            return seat.person_id in person_ids
        return seat.until is None or seat.until >= clock.end_of(day)

    seats = seats_of_day(claims, day)
    return {claim_id: [seat for seat in own if served(seat)] for claim_id, own in seats.items()}


def _finish(actor: Actor, offer: Offer, came: Sequence[Claim]) -> None:
    """Claims of a locked offer that serve once are done when all who hold their seats have served;
    with the last of them what is for one person is over, and their need met."""
    seats = seats_of(came)
    whole = [claim for claim in came if all(seat.served_on for seat in seats.get(claim.pk, ()))]
    move_claims(whole, ClaimState.DONE)
    if not (whole and offer.kind.personal):
        return
    if offer.state == OfferState.PUBLISHED and not offer_claims().expected(offer):
        finish(actor, offer)
        met_ids = needs_of(offer).filter(state=NeedState.OPEN).values_list("pk", flat=True)
        meet_needs(actor, offer=offer, met_ids=list(met_ids))


def _holding(claim: Claim) -> Holding:
    """From when until when a claim held its place."""
    since = claim.seated_at or (claim.claimed_at if claim.state in SERVING else None)
    return Holding(claim.state, clock.day_of(since), clock.day_of(claim.ended_at))


def _held_on(day: date, claim: Claim) -> Claim:
    """The claim, which held its place on that day; refused where it did not."""
    check_day(_holding(claim), day)
    return claim


def _day_entry(offer: Offer, seat: Seat, service: DayService) -> Entry:
    return Entry(
        person_id=seat.person_id,
        served_on=service.on,
        minutes=service.minutes,
        category=offer.category,
        way=seat.claim.way,
        place=offer.place,
        result=service.result,
        offer_id=offer.pk,
        offer_title=offer.title,
        long_ago=True,
    )
