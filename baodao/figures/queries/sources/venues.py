"""Places of service and bookings of their rooms: as rows that are counted, and as they are listed,
without who booked: nobody above reads that. A place counts where it belongs, a grid's at its
community, to which it goes when the grid is given up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import Placed

_KINDS = "'city', 'district', 'street', 'community'"
_PLACES = """tree place
        JOIN tree home
            ON home.id = place.id OR (home.parent_id = place.id AND home.kind = 'grid')
        JOIN venues_venue venue ON venue.organisation_id = home.id"""
_BOOKINGS = f"""{_PLACES}
        JOIN venues_venueroom room ON room.venue_id = venue.id
        JOIN venues_roombooking booking ON booking.room_id = room.id"""
_LISTED_VENUES = """
    SELECT venue.id, place.name AS place, venue.name AS title, venue.opened_at AS at
    FROM ({rows}) thing
    JOIN venues_venue venue ON venue.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, venue.opened_at, venue.id"""
_LISTED_BOOKINGS = """
    SELECT booking.id, place.name AS place,
           venue.name || ' ' || room.title AS title, booking.starts_at AS at
    FROM ({rows}) thing
    JOIN venues_roombooking booking ON booking.id = thing.id
    JOIN venues_venueroom room ON room.id = booking.room_id
    JOIN venues_venue venue ON venue.id = room.venue_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, booking.starts_at, booking.id"""


@dataclass(frozen=True)
class CountedVenue:
    """A place of service, or an hour in one of its rooms, and at which place of the tree."""

    id: UUID
    place: str
    title: str
    at: datetime


VENUES = Placed(
    "venue", _PLACES, "venue.opened_at", "venue.ended_at", at="place", kinds=_KINDS
).rows(_LISTED_VENUES, lambda row: CountedVenue(**row))
ROOM_BOOKINGS = Placed(
    "booking", _BOOKINGS, "booking.confirmed_at", "booking.ended_at", at="place", kinds=_KINDS
).rows(_LISTED_BOOKINGS, lambda row: CountedVenue(**row))
