"""The waiting list: who comes next when a place is free; under the offer's lock."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import takewhile
from uuid import UUID

from baodao.claims.commands.announcements import note, tell
from baodao.claims.commands.seats import move_claims
from baodao.claims.models import Claim
from baodao.claims.queries.claims import LINE, claim_rows, thinking_in
from baodao.claims.queries.places import seated_of
from baodao.claims.queries.seats import departed_seats, servers_of, taken_by
from baodao.claims.rules.claims import clash, confirm_until
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock, jobs
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.notices.queries.reminders import quiet_in
from baodao.notices.rules.reminders import shown_at
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.offers import is_open, when_words
from baodao.orgs.queries.policies import values_at
from baodao.people.queries.members import lock_free_persons

SHORTLY = timedelta(seconds=5)
"""After which a line is asked again that could not be asked now."""


def fill(actor: Actor, offer: Offer) -> list[Claim]:
    """Offer the free places of a locked offer to those who wait, in their order; whoever moved out
    of its reach is passed over, and let go at night.

    An invitation keeps the place. Its time to think counts from when the notice is shown, so
    that a night does not eat it. With no time to ask, the place is given (`confirm_until`), but
    not to who is elsewhere at that time.
    """
    now = clock.now()
    if not is_open(offer.state, offer.starts_at, now):
        return []
    free = offer.places - seated_of(offer)
    if free <= 0:
        return []
    rows = claim_rows().filter(offer=offer, state=ClaimState.WAITING)
    rows = rows.exclude(pk__in=departed_seats().filter(claim__offer=offer).values("claim"))
    waiting = rows.select_for_update(of=("self",), no_key=True).order_by(*LINE)
    values = values_at(offer.community.path)
    readable_at = shown_at(clock.local(now), quiet_in(values))
    until = confirm_until(readable_at, offer.starts_at, thinking_in(values))
    line = _lockable(offer, list(waiting if until is None else waiting[:free]))
    next_ones = first_in_line(_at_liberty(offer, line) if until is None else line, free)
    if until is None:
        move_claims(next_ones, ClaimState.ACTIVE)
        note(actor, next_ones, "claim.seated")
        tell(next_ones, "claim-seated")
    else:
        move_claims(next_ones, ClaimState.INVITED, confirm_by=until)
        note(actor, next_ones, "claim.invited")
        _tell_invited(next_ones, when_words(until))
    return next_ones


def _lockable(offer: Offer, line: Sequence[Claim]) -> list[Claim]:
    """A line as far as everybody in it could be held: who is being given another place at this
    moment is waited for by nobody and passed by nobody, the line is asked again shortly."""
    serving = servers_of(line)
    persons = {one for people in serving.values() for one in people}
    lockable = lock_free_persons(persons)
    if lockable != persons:
        jobs.defer("claims.fill_places", at=clock.now() + SHORTLY, offer_id=str(offer.pk))
    return list(takewhile(lambda claim: serving[claim.pk] <= lockable, line))


def _at_liberty(offer: Offer, claims: Sequence[Claim]) -> list[Claim]:
    """Those who wait of whom nobody has a place in another offer at the same hours."""
    hours = (offer.starts_at, offer.ends_at)
    serving = servers_of(claims)
    taken = taken_by({one for people in serving.values() for one in people})
    return [
        claim
        for claim in claims
        if not any(clash(hours, taken[one], offer.pk) for one in serving[claim.pk])
    ]


def _tell_invited(claims: Sequence[Claim], until: str) -> None:
    """Ask those for whom a place is kept; who wants no reminder, or had enough of them, is told."""
    refused = tell(claims, "claim-invited", until=until).refused
    others = {message.about for message, _ in refused}
    tell([claim for claim in claims if claim.pk in others], "claim-kept", until=until)


def first_in_line(waiting: Iterable[Claim], free: int) -> list[Claim]:
    """Those of a line for whom the free places suffice; nobody passes who waits for more."""
    first: list[Claim] = []
    for claim in waiting:
        free -= claim.places
        if free < 0:
            break
        first.append(claim)
    return first


@command
def fill_places(actor: Actor, *, offer_id: UUID) -> list[Claim]:
    """Offer the free places of an offer to those who wait; where none is free nothing happens."""
    return fill(actor, lock(offer_rows(), offer_id))


def fill_all(actor: Actor, offers: Sequence[Offer]) -> None:
    """Offer the free places of each of several locked offers."""
    for offer in offers:
        fill(actor, offer)
