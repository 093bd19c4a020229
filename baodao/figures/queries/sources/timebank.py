"""Hours that came to accounts of the time bank and went from them: as rows that are counted, and as
they are listed, without whose they are: nobody above the community reads that."""

# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import Placed

_MOVED = """CASE WHEN booking.kind IN ('taken-back', 'given-back')
                    THEN -booking.minutes ELSE booking.minutes END"""
"""Minutes that a booking adds to those of its sort; what takes one back is negative."""
_LISTED = f"""
    SELECT booking.id, community.name AS community, booking.kind, booking.booked_at AS at,
           {_MOVED} AS minutes
    FROM ({{rows}}) thing
    JOIN timebank_timebooking booking ON booking.id = thing.id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {{where}}
    ORDER BY thing.path, booking.booked_at, booking.id"""


@dataclass(frozen=True)
class CountedBooking:
    """A booking: in which community, what it was of, when, and the minutes; not whose."""

    id: UUID
    community: str
    kind: str
    at: datetime
    minutes: int


TIME_BOOKINGS = Placed(
    "booking",
    """tree community
        JOIN timebank_timeaccount counter
            ON counter.community_id = community.id AND counter.kind = 'clearing'
        JOIN timebank_timebooking booking
            ON booking.payer_id = counter.id OR booking.payee_id = counter.id""",
    "booking.booked_at",
    computed={"moved": _MOVED},
).rows(_LISTED, lambda row: CountedBooking(**row))
