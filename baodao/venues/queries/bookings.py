"""Bookings of rooms: of who keeps the place, and of who booked."""

from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.bookings.queries.bookings import (
    ahead_of,
    keys_of,
    live_of,
    pending_of,
    visitors_to_forget,
    waiting_of,
)
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.venues.models import RoomBooking
from baodao.venues.rules.venues import KEEPERS

Bookings = QuerySet[RoomBooking]


def booking_rows() -> Bookings:
    """Every booking with what pages show of it, for this slice."""
    return RoomBooking.objects.select_related(
        "organisation", "room__venue__organisation", "person", "unit"
    )


def bookings(actor: Actor) -> Bookings:
    """Those of the places that the actor keeps, closed ones too."""
    rows = booking_rows().none()
    for permission, kinds in KEEPERS.items():
        level = booking_rows().filter(room__venue__organisation__kind__in=kinds)
        rows = rows | within(level, actor, permission, "room__venue__organisation__path")
    return rows


def bookings_in(actor: Actor, place: Organisation) -> Bookings:
    """Those of a place and below that the actor keeps."""
    return bookings(actor).filter(room__venue__organisation__path__startswith=place.path)


def to_confirm(actor: Actor, place: Organisation) -> Bookings:
    """Those that wait and are ahead, the soonest first."""
    return waiting_of(ahead_of(bookings_in(actor, place)))


def own_bookings(actor: Actor) -> Bookings:
    """The actor's own that are ahead or going on, the soonest first."""
    return own(_still(), actor).filter(unit=None)


def unit_bookings(unit: Organisation) -> Bookings:
    """Those of a unit that are ahead or going on, for whoever may act for it."""
    return _still().filter(unit__path__startswith=unit.path)


def _still() -> Bookings:
    return live_of(booking_rows()).filter(ends_at__gt=clock.now())


def visitors_long_ago() -> Bookings:
    """Those of long ago that still know who booked them."""
    return visitors_to_forget(booking_rows(), "organisation__path", Q(person__isnull=False))


def room_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many wait in a community to be confirmed."""
    return _TO_CONFIRM.number(actor, community)


def _to_confirm(actor: Actor, community: Organisation) -> QuerySet[RoomBooking, tuple[UUID]]:
    return keys_of(to_confirm(actor, community))


_TO_CONFIRM = Prepared(_to_confirm)

PENDING = {"room-booked": pending_of(RoomBooking)}
"""For which rows notices ask."""
