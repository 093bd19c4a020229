"""The hours of an offer: moved as long as it has not begun, then its end put right."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import gettext_noop
from baodao.kernel.locks import lock
from baodao.offers.commands.announcements import note, tell, tell_servers
from baodao.offers.commands.seats import end, enter, live_claims, vacate
from baodao.offers.commands.waiting_list import fill
from baodao.offers.models import Claim, Offer, Seat
from baodao.offers.queries.claims import thinking_in
from baodao.offers.queries.entries import is_recorded
from baodao.offers.queries.offers import offers
from baodao.offers.queries.seats import held_seats, seats_of, taken_by
from baodao.offers.rules.claims import Taken, clash, confirm_until
from baodao.offers.rules.lives import CLAIM, OFFER, ClaimState, OfferState
from baodao.offers.rules.offers import (
    check_ahead,
    check_end_alone,
    check_hours,
    check_near,
    check_timed,
    when_words,
)
from baodao.orgs.queries.policies import values_at
from baodao.people.queries.members import lock_persons

ELSEWHERE = gettext_noop("It moved to a time at which another place is held.")
"""The reason kept with the claims of who cannot be at two places; shown translated."""


class SeatsChanged(Exception):
    """Somebody took a seat while those who had one were locked: they are locked anew."""


def reschedule(actor: Actor, *, offer_id: UUID, starts_at: datetime, ends_at: datetime) -> Offer:
    """Move a published offer with hours; once it has begun only its end is put right.

    Whoever has a live claim is told the old and the new time, and gives it up without asking
    anybody if they cannot come then. Whoever has a place in another offer at the new time keeps
    that one: the place here goes on, and they are told.
    """
    while True:
        try:
            return _reschedule(actor, offer_id=offer_id, starts_at=starts_at, ends_at=ends_at)
        except SeatsChanged:
            continue


@command
def _reschedule(actor: Actor, *, offer_id: UUID, starts_at: datetime, ends_at: datetime) -> Offer:
    rows = held_seats().filter(claim__offer=offer_id, claim__state__in=CLAIM.live)
    persons = set(rows.order_by().values_list("person", flat=True))
    lock_persons(persons)
    offer = lock(offers(actor, Permission.OFFER_EDIT), offer_id)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_timed(offer.kind)
    check_hours(offer.kind, starts_at, ends_at)
    check_near(starts_at, now := clock.now())
    assert offer.starts_at is not None
    if offer.starts_at <= now:
        return _correct_end(actor, offer, starts_at, ends_at)
    check_ahead(starts_at, now)
    old, new = when_words(offer.starts_at), when_words(starts_at)
    offer.starts_at, offer.ends_at, offer.reminded_at = starts_at, ends_at, None
    revise(offer)
    live = live_claims(offer)
    _give_back(actor, live, _elsewhere(offer, live, persons), old=old, new=new)
    _ask_again([claim for claim in live if claim.state == ClaimState.INVITED], offer)
    staying = [claim for claim in live if claim.state in CLAIM.live]
    tell(staying, "offer-rescheduled", old=old, new=new)
    journal.write(actor, "offer.rescheduled", offer.pk, offer.community_id, old=old, new=new)
    fill(actor, offer)
    return offer


def revise(offer: Offer) -> None:
    """Write a locked offer in which something changed that stands in calendars."""
    offer.revision, offer.revised_at = offer.revision + 1, clock.now()
    offer.save()


def _correct_end(actor: Actor, offer: Offer, starts_at: datetime, ends_at: datetime) -> Offer:
    """It lasted longer than was said, or was over sooner; nobody has to decide anything."""
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    check_end_alone(offer.kind, offer.starts_at, starts_at, recorded=is_recorded(offer))
    old, new = when_words(offer.ends_at), when_words(ends_at)
    offer.ends_at = ends_at
    revise(offer)
    journal.write(actor, "offer.end-corrected", offer.pk, offer.community_id, old=old, new=new)
    return offer


def _elsewhere(
    offer: Offer, live: Sequence[Claim], locked: Collection[UUID]
) -> Mapping[Seat, Taken]:
    """The seats of who holds another place at the new hours, with that place; their persons are
    locked. Raises `SeatsChanged` where a seat is of somebody else."""
    seats = [seat for own in seats_of(live).values() for seat in own]
    if not {seat.person_id for seat in seats} <= set(locked):
        raise SeatsChanged
    hours, taken = (offer.starts_at, offer.ends_at), taken_by(locked)
    others = {seat: clash(hours, taken[seat.person_id], offer.pk) for seat in seats}
    return {seat: other for seat, other in others.items() if other is not None}


def _give_back(
    actor: Actor, live: Sequence[Claim], elsewhere: Mapping[Seat, Taken], **times: str
) -> None:
    """End these seats, and the claims that nobody else serves by."""
    touched = {seat.claim_id for seat in elsewhere}
    ended = vacate([claim for claim in live if claim.pk in touched], list(elsewhere))
    end(ended, confirm_by=None, reason=ELSEWHERE)
    note(actor, ended, "claim.left")
    tell([claim for claim in ended if claim.person_id is None], "offer-rescheduled", **times)
    for seat, other in elsewhere.items():
        tell_servers([seat], "claim-elsewhere", other=other.title, **times)


def _ask_again(invited: Sequence[Claim], offer: Offer) -> None:
    """Invitations hold until the new start allows; with no time left the places are given."""
    thinking = thinking_in(values_at(offer.community.path))
    until = confirm_until(clock.now(), offer.starts_at, thinking)
    if until is None:
        enter(invited, ClaimState.ACTIVE, confirm_by=None)
    for claim in invited:
        claim.confirm_by = until
    Claim.objects.bulk_update(invited, ["confirm_by"])
