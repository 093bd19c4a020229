"""Many at one hour at once, each with a connection of their own: one has it."""

from datetime import time

from baodao.alliance.commands.appointments import APPOINTMENTS, book
from baodao.alliance.models import Appointment
from baodao.bookings.commands.bookings import move_booking
from baodao.bookings.rules.bookings import BookingFacts
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Refused
from tests.alliance.steps import booked, hour, service, token
from tests.concurrency import at_once
from tests.world import World

CROWD = 12


def told(answers: list[object]) -> list[str]:
    """ "done", or the code of the refusal, of each; anything else fails the test."""
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, Refused):
            raise answer
    return sorted(answer.code if isinstance(answer, Refused) else "done" for answer in answers)


def test_of_many_who_book_or_move_to_one_hour_one_has_it(committed_world: World) -> None:
    row, address = service(committed_world), token(committed_world)
    others = [booked(committed_world, row, hour(2, time(9 + n // 2, n % 2 * 30))) for n in range(4)]
    booking = [
        lambda: book(NOBODY, token=address, service_id=row.pk, facts=BookingFacts(hour()))
    ] * CROWD
    moving = [
        lambda code=one.code: move_booking(NOBODY, kind=APPOINTMENTS, code=code, starts_at=hour())
        for one in others
    ]
    answers = told(at_once(*booking, *moving))
    assert answers == ["done"] + ["hours.taken"] * (len(answers) - 1)
    assert Appointment.objects.filter(starts_at=hour(), state="booked").count() == 1
