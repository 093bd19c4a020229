"""Rooms: booked by residents, members and units or for them; all else as every booking.

Order of locks: the place, the room, then the booking.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from baodao.bookings.commands.bookings import check_by_hand, nobody_of, take_hour
from baodao.bookings.commands.kinds import BookableKind
from baodao.bookings.rules.bookings import BookingFacts, BookingWay
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.orgs.queries.tree import check_open, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import require_unit
from baodao.venues.models import RoomBooking, Venue, VenueRoom
from baodao.venues.queries.bookings import booking_rows, bookings, visitors_long_ago
from baodao.venues.queries.venues import (
    free_of,
    home_of_member,
    home_of_unit,
    room_at,
    room_near,
    room_of,
    room_rows,
    venue_by_token,
)
from baodao.venues.rules.notices import OF_UNIT, OWN


def _hold(room_id: UUID) -> VenueRoom:
    """Whoever changes the hours of the place holds it, too."""
    room = room_rows().filter(pk=room_id).first()
    if room is None:
        raise Absent("room")
    lock(Venue.objects.all(), room.venue_id)
    return lock(room_rows(), room_id)


def _keeper(row: RoomBooking) -> Mapping[str, Any]:
    keeper = standing_of(row.room.venue.organisation)
    return {"organisation_id": keeper.parent_id if keeper.kind == Kind.GRID else keeper.pk}


def _booker(row: RoomBooking) -> Mapping[str, Any]:
    """Who booked with an account; others read it under their code."""
    if row.unit_id is not None:
        return {"organisation_id": row.unit_id, "url": OF_UNIT}
    return {"person_id": row.person_id, "url": OWN} if row.person_id is not None else {}


ROOMS = BookableKind(
    model=RoomBooking,
    noun="room",
    what="room",
    rows=booking_rows,
    kept=bookings,
    charge=bookings,
    expired=visitors_long_ago,
    hold=_hold,
    free=free_of,
    keeper=_keeper,
    request="room-booked",
    release="room-given-back",
    booker=_booker,
    approval="room-confirmed",
    refusal="room-cancelled",
    confirms_by_hand=True,
    known={"person": None},
    kept_own=frozenset({"person"}),
)


@command
def book_room(actor: Actor, *, token: str, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """Book on the public page of a place. Raises `Absent`."""
    room = room_at(venue_by_token(token), room_id)
    return _book(nobody_of(actor), room, replace(facts, way=BookingWay.LINK))


@command
def book_by_hand(actor: Actor, *, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """Book for somebody at the window or on the telephone; who keeps the place has confirmed it by
    that."""
    room = room_of(actor, room_id)
    check_by_hand(facts)
    return _book(actor, room, facts)


@command
def book_for_oneself(actor: Actor, *, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """A member books a room of where they serve, or above. Raises `Absent`."""
    room = room_near(home_of_member(actor), room_id)
    by_link = replace(facts, way=BookingWay.LINK)
    return _book(actor, room, by_link, person_id=actor.person_id)


@command
def book_for_unit(actor: Actor, *, unit_id: int, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """A unit books a room of its partner community, or above. Raises `Absent`."""
    unit = require_unit(actor, Permission.UNIT_REGISTRATION_PRESENT, unit_id)
    room = room_near(home_of_unit(unit), room_id)
    return _book(actor, room, replace(facts, way=BookingWay.LINK), unit=unit)


def _book(actor: Actor, room: VenueRoom, facts: BookingFacts, **booker: Any) -> RoomBooking:
    keeper = standing_of(room.venue.organisation)
    check_open(keeper)
    columns = {"organisation": keeper, **booker}
    return take_hour(actor, kind=ROOMS, what_id=room.pk, facts=facts, columns=columns)
