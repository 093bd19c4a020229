"""Short ways to a place of service: its room, its window, and bookings."""

from datetime import datetime, time
from typing import Any

from baodao.bookings.rules.bookings import CONSENT, BookingFacts
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.orgs.rules.tree import Kind
from baodao.venues.commands.bookings import book_room
from baodao.venues.commands.venues import add_room, add_venue, add_window
from baodao.venues.models import RoomBooking, Venue, VenueRoom
from baodao.venues.queries.venues import free_of
from baodao.venues.rules.venues import RoomFacts, VenueFacts, WindowFacts
from tests.alliance.steps import hour
from tests.world import World

DAILY = ("09:00-12:00",) * 7
STATION = VenueFacts(
    "station", "柳荫党群服务站", "柳荫里8号一楼", DAILY, "0990-5550101", "读书、议事"
)
ROOM = RoomFacts("活动室一", 20, 60, "有投影")
WINDOW = WindowFacts("综合窗口", "老年证、居住证明，请带身份证")
VISITOR = ("申屠阿姨", "19900007771")


def venue(world: World, facts: VenueFacts = STATION) -> Venue:
    """An opens a station of her community."""
    an, place = world.actor("an"), world.willow.pk
    row = add_venue(an, organisation_id=place, kind=Kind.COMMUNITY, facts=facts)
    add_window(an, venue_id=row.pk, facts=WINDOW)
    return row


def room(world: World, row: Venue | None = None) -> VenueRoom:
    """A room of it that is booked by the hour."""
    row = row or venue(world)
    return add_room(world.actor("an"), venue_id=row.pk, facts=ROOM)


def booked(
    row: VenueRoom, at: datetime | None = None, who: tuple[str, str] = VISITOR
) -> RoomBooking:
    """A resident books it for tomorrow at nine, or for another hour."""
    facts = BookingFacts(at or hour(), *who, "", "读书会", CONSENT)
    return book_room(NOBODY, token=row.venue.token, room_id=row.pk, facts=facts)


def free_hours(row: VenueRoom) -> set[datetime]:
    """When it may be booked."""
    return {slot.starts_at for slot in free_of(row)}


def fresh(row: RoomBooking) -> RoomBooking:
    return RoomBooking.objects.get(pk=row.pk)


def values_of(world: World, name: str, phone: str) -> dict[str, Any]:
    """A place of An's with a booking, for the sheet of permissions."""
    row = room(world)
    one = booked(row, hour(1, time(10)), (name, phone))
    return {
        "venue_id": row.venue_id,
        "room_id": row.pk,
        "venue_room_id": row.pk,
        "own_room_id": row.pk,
        "unit_room_id": row.pk,
        "window_id": row.venue.windows.get().pk,
        "venue_token": row.venue.token,
        "booking_id": one.pk,
        "booking_code": one.code,
        "on": clock.today().isoformat(),
    }
