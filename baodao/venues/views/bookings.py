"""Bookings of rooms, as who keeps the place sees them: their list, taken down; all else is alike
for every booking."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.bookings.queries.bookings import check_free
from baodao.bookings.views.desk import board_page
from baodao.bookings.views.pages import BookingPages
from baodao.kernel.authz import Actor
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.venues.commands import bookings as commands
from baodao.venues.documents import room_slip_item
from baodao.venues.forms import RoomByHandForm
from baodao.venues.models import RoomBooking
from baodao.venues.queries.bookings import bookings_in
from baodao.venues.queries.venues import free_of, room_of
from baodao.venues.rules.papers import ROOM_SLIP
from baodao.venues.tables import room_bookings_spec
from baodao.venues.views.venues import LIST, acting_keeper

PAGES = BookingPages(commands.ROOMS, "venues", "booking", ROOM_SLIP, room_slip_item)


@reading
def board(request: ActorRequest) -> HttpResponse:
    """The bookings of the places kept here by how they stand, the soonest first."""
    place = acting_keeper(request)
    listing = Listing(bookings_in(request.actor, place), request, room_bookings_spec())
    return board_page(request, listing, place, (reverse(LIST), gettext("Places of service")))


@asking
def book(request: ActorRequest, room_id: UUID) -> HttpResponse:
    """Take a booking down at the window or on the telephone; it is confirmed by that."""
    room = room_of(request.actor, room_id)
    slots = free_of(room)
    form = bound(request, RoomByHandForm, slots=slots)
    headline = gettext("Book “%(title)s”") % {"title": room.title}
    page = question(form, headline, gettext("Book"), room.venue.name)
    page = page.beside(cancel=reverse("venues:venue", args=[room.venue_id]))
    page = page.while_open(check_free, slots)

    def act(actor: Actor, **_: object) -> RoomBooking:
        return commands.book_by_hand(actor, room_id=room.pk, facts=form.facts())

    return submit(request, act, to=PAGES.at_desk, message=gettext("Booked."), page=page)
