"""Places of service and bookings of their rooms: as rows that are counted, and as they are listed,
without who booked: nobody above the community reads that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.tallies.rules.conditions import columns

_HERE = "community.kind = 'community' AND community.path LIKE %(below)s"
_PLACES = """
        FROM tree community
        JOIN tree place
            ON place.id = community.id
            OR (place.parent_id = community.id AND place.kind = 'grid')
        JOIN venues_venue venue ON venue.organisation_id = place.id"""
_BOOKINGS = f"""{_PLACES}
        JOIN venues_venueroom room ON room.venue_id = venue.id
        JOIN venues_roombooking booking ON booking.room_id = room.id"""


def _venues(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, venue.id
               {columns(traits, "venue", {})}
        {_PLACES}
        WHERE {_HERE} AND venue.opened_at < %(instant)s
          AND (venue.ended_at IS NULL OR venue.ended_at >= %(instant)s)"""


def _venue_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT {_PLACES}
            WHERE {_HERE} AND ({between("venue.opened_at", "venue.ended_at")})
        )"""


_LISTED_VENUES = """
    SELECT venue.id, community.name AS community, venue.name AS title, venue.opened_at AS at
    FROM ({rows}) thing
    JOIN venues_venue venue ON venue.id = thing.id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, venue.opened_at, venue.id"""


def _bookings(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, booking.id
               {columns(traits, "booking", {})}
        {_BOOKINGS}
        WHERE {_HERE} AND booking.confirmed_at < %(instant)s
          AND (booking.ended_at IS NULL OR booking.ended_at >= %(instant)s)"""


def _booking_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT {_BOOKINGS}
            WHERE {_HERE} AND ({between("booking.confirmed_at", "booking.ended_at")})
        )"""


_LISTED_BOOKINGS = """
    SELECT booking.id, community.name AS community,
           venue.name || ' ' || room.title AS title, booking.starts_at AS at
    FROM ({rows}) thing
    JOIN venues_roombooking booking ON booking.id = thing.id
    JOIN venues_venueroom room ON room.id = booking.room_id
    JOIN venues_venue venue ON venue.id = room.venue_id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, booking.starts_at, booking.id"""


@dataclass(frozen=True)
class CountedVenue:
    """A place of which community, called how, since when."""

    id: UUID
    community: str
    title: str
    at: datetime


@dataclass(frozen=True)
class CountedRoomBooking:
    """A booking: of which room, when."""

    id: UUID
    community: str
    title: str
    at: datetime


VENUES = SourceRows(_venues, _venue_changes, _LISTED_VENUES, lambda row: CountedVenue(**row))
ROOM_BOOKINGS = SourceRows(
    _bookings, _booking_changes, _LISTED_BOOKINGS, lambda row: CountedRoomBooking(**row)
)
