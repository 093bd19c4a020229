"""The hours of an offer: moved as long as it has not begun, then its end put right."""

from datetime import datetime
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.offers.models import Offer
from baodao.offers.queries.claims import SeatsChanged, offer_claims
from baodao.offers.queries.entries import is_recorded
from baodao.offers.queries.offers import offers
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import (
    check_ahead,
    check_end_alone,
    check_hours,
    check_near,
    check_timed,
    when_words,
)


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
    locked = offer_claims().lock_servers(offer_id)
    offer = lock(offers(actor, Permission.OFFER_EDIT), offer_id)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_timed(offer.kind)
    check_hours(offer.kind, starts_at, ends_at)
    check_near(starts_at, now := clock.now())
    assert offer.starts_at is not None
    if offer.starts_at <= now:
        return _correct_end(actor, offer, starts_at, ends_at)
    check_ahead(starts_at, now)
    before = offer.starts_at
    offer.starts_at, offer.ends_at, offer.reminded_at = starts_at, ends_at, None
    revise(offer)
    offer_claims().move(actor, offer, before, locked)
    times = {"old": when_words(before), "new": when_words(starts_at)}
    journal.write(actor, "offer.rescheduled", offer.pk, offer.community_id, **times)
    offer_claims().fill(actor, offer)
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
