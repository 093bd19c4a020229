"""Many at one hour of a room at once, each with a connection of their own: one has it."""

from datetime import time

from baodao.bookings.commands.bookings import move_booking
from baodao.bookings.rules.bookings import BookingFacts
from baodao.kernel.authz import NOBODY
from baodao.venues.commands.bookings import ROOMS, book_room
from baodao.venues.models import RoomBooking
from tests.alliance.steps import hour
from tests.alliance.test_storms import told
from tests.concurrency import at_once
from tests.venues.steps import booked, room
from tests.world import World

CROWD = 8


def test_of_many_who_book_or_move_to_one_hour_of_a_room_one_has_it(committed_world: World) -> None:
    row = room(committed_world)
    token = row.venue.token
    others = [booked(row, hour(2, time(9 + number))) for number in range(3)]
    facts = BookingFacts(hour(), notes="议事")
    booking = [lambda: book_room(NOBODY, token=token, room_id=row.pk, facts=facts)] * CROWD
    moving = [
        lambda code=one.code: move_booking(NOBODY, kind=ROOMS, code=code, starts_at=hour())
        for one in others
    ]
    answers = told(at_once(*booking, *moving))
    assert answers == ["done"] + ["hours.taken"] * (len(answers) - 1)
    assert RoomBooking.objects.filter(starts_at=hour(), state="booked").count() == 1
