"""Places of service and bookings of their rooms: as rows that are counted, and as they are listed,
without who booked: nobody above the community reads that."""

from baodao.figures.queries.sources.rows import CountedThing, Placed

_PLACES = """tree community
        JOIN tree place
            ON place.id = community.id
            OR (place.parent_id = community.id AND place.kind = 'grid')
        JOIN venues_venue venue ON venue.organisation_id = place.id"""
_BOOKINGS = f"""{_PLACES}
        JOIN venues_venueroom room ON room.venue_id = venue.id
        JOIN venues_roombooking booking ON booking.room_id = room.id"""
_LISTED_VENUES = """
    SELECT venue.id, community.name AS community, venue.name AS title, venue.opened_at AS at
    FROM ({rows}) thing
    JOIN venues_venue venue ON venue.id = thing.id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, venue.opened_at, venue.id"""
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


VENUES = Placed("venue", _PLACES, "venue.opened_at", "venue.ended_at").rows(
    _LISTED_VENUES, lambda row: CountedThing(**row)
)
ROOM_BOOKINGS = Placed("booking", _BOOKINGS, "booking.confirmed_at", "booking.ended_at").rows(
    _LISTED_BOOKINGS, lambda row: CountedThing(**row)
)
