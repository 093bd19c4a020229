"""Calendars that phones read: what a member took on, and what their team or their unit does."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from baodao.accounts.queries import person_in_force
from baodao.agenda.models import Feed
from baodao.agenda.queries.calendars import organised_in
from baodao.agenda.rules.appointments import MEMORY, DateStatus, status_of
from baodao.claims.models import Claim
from baodao.claims.queries.claims import Claims, claim_rows
from baodao.claims.queries.seats import seats_ever_of
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.journal import StoryLength, story_lengths
from baodao.kernel.scope import own
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Offers
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.people.queries.relations import going_on_as
from baodao.teams.queries.teams import mates

SERVED = "claim.served"
"""Written of who came alone: a calendar must not tell who did not."""


def own_feed(actor: Actor, team: Organisation | None = None) -> Feed | None:
    """The address of the actor's calendar, or of that of a team, once they asked for one."""
    return own(Feed.objects.filter(team=team), actor).first()


def unit_feed(unit: Organisation) -> Feed | None:
    """The address of the calendar of a unit, once somebody made one; for who speaks for it."""
    return Feed.objects.filter(unit=unit).first()


def feed_at(token: str) -> Feed:
    """The calendar at an address. Whoever knows the token may read, as long as its holder may sign
    in, and of a team as long as they stand in it: calendars cannot. That of a unit is alive as long
    as the unit is open. Raises `Absent`."""
    feed = Feed.objects.select_related("person", "team", "unit").filter(token=token).first()
    if feed is None or not _alive(feed):
        raise Absent("feed")
    return feed


def _alive(feed: Feed) -> bool:
    if feed.unit is not None:
        return feed.unit.closed_at is None
    assert feed.person is not None
    feed.person = going_on_as(feed.person)
    if not person_in_force(feed.person.pk):
        return False
    return feed.team is None or mates(feed.team).filter(person=feed.person).exists()


@dataclass(frozen=True)
class FeedAppointment:
    """A date of an offer with hours, under a standing id of its own. The sequence only grows:
    whoever has an older copy takes this one."""

    key: UUID
    offer: Offer
    status: DateStatus
    sequence: int
    changed_at: datetime


def appointments(feed: Feed) -> list[FeedAppointment]:
    """The dates of a calendar, what begins first first; what is cancelled as long as it may be
    remembered."""
    dates = _dates(feed)
    remembered = clock.now() - MEMORY
    return [
        date
        for date in sorted(dates, key=lambda date: (str(date.offer.starts_at), date.key))
        if date.status is not DateStatus.CANCELLED or _end(date) >= remembered
    ]


def _dates(feed: Feed) -> Iterable[FeedAppointment]:
    if feed.unit is not None:
        below = ids_below(feed.unit.path)
        claims = claim_rows().filter(_PLACED, unit__in=below, team=None)
        return _of_place(claims, organised_in(below))
    if feed.team is not None:
        claims = claim_rows().filter(_PLACED, team=feed.team)
        return _of_place(claims, organised_in([feed.team.pk]))
    assert feed.person is not None
    return _of_person(feed.person.pk)


_PLACED = Q(seated_at__isnull=False) | Q(state=ClaimState.INVITED)
"""Claims by which a place is or was kept."""


def _of_person(person_id: UUID) -> list[FeedAppointment]:
    """Of who has, or had, a place."""
    placed = claim_rows().filter(_PLACED, offer__starts_at__isnull=False).order_by()
    rows = seats_ever_of(person_id).filter(claim__in=placed.values("pk"))
    seats = {row.claim_id: row for row in rows.order_by(F("until").asc())}
    return _by_claims((seat.claim, seat.until) for seat in seats.values())


def _of_place(claims: Claims, organised: Offers) -> Iterable[FeedAppointment]:
    """Of what a unit or a team took on and of what it organises itself, one date for an offer,
    whoever of its branches claimed it: it stands as long as one of them does."""
    dates: dict[UUID, FeedAppointment] = {one.pk: _organised(one) for one in organised}
    taken_on = claims.filter(offer__starts_at__isnull=False)
    for date in _by_claims((claim, None) for claim in taken_on):
        key = date.offer.pk
        dates[key] = _joined(dates[key], date) if key in dates else replace(date, key=key)
    return dates.values()


def _joined(one: FeedAppointment, other: FeedAppointment) -> FeedAppointment:
    """Two dates of one offer as one. The sequences are added: either of them only grows."""
    status = max(one.status, other.status, key=list(DateStatus)[::-1].index)
    sequence = one.sequence + other.sequence
    changed_at = max(one.changed_at, other.changed_at)
    return FeedAppointment(one.key, one.offer, status, sequence, changed_at)


def _by_claims(rows: Iterable[tuple[Claim, datetime | None]]) -> list[FeedAppointment]:
    """Of claims, each with the instant at which the seat in it was given up."""
    until = dict(rows)
    stories = story_lengths([claim.pk for claim in until], without=SERVED)
    return [_claimed(claim, gone, stories.get(claim.pk)) for claim, gone in until.items()]


def _claimed(claim: Claim, until: datetime | None, story: StoryLength | None) -> FeedAppointment:
    """Each entry about the claim counts for two, so that who has it again is above what was
    cancelled without one."""
    offer = claim.offer
    status = status_of(offer.state, claim.state, given_up=until is not None)
    written = (story.entries, story.last) if story else (0, None)
    sequence = offer.revision + 2 * written[0] + (status is DateStatus.CANCELLED)
    instants = (claim.claimed_at, claim.seated_at, claim.ended_at, until, offer.revised_at)
    changed_at = max(instant for instant in (*instants, written[1]) if instant)
    return FeedAppointment(claim.pk, offer, status, sequence, changed_at)


def _organised(offer: Offer) -> FeedAppointment:
    cancelled = offer.state == OfferState.CANCELLED
    status = DateStatus.CANCELLED if cancelled else DateStatus.CONFIRMED
    changed_at = max(offer.revised_at, offer.ended_at or offer.revised_at)
    return FeedAppointment(offer.pk, offer, status, offer.revision + cancelled, changed_at)


def _end(date: FeedAppointment) -> datetime:
    ends_at = date.offer.ends_at
    assert ends_at is not None
    return ends_at
