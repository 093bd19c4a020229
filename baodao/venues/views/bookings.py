"""Bookings of rooms, as who keeps the place sees them: taken down, confirmed, cancelled."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.ui.forms import PurposeForm, ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import span_words, worded
from baodao.venues.commands import bookings as commands
from baodao.venues.documents import room_slip_file, room_slip_item
from baodao.venues.forms import RoomByHandForm
from baodao.venues.models import RoomBooking
from baodao.venues.queries.bookings import (
    booking_of,
    bookings_in,
    check_movable,
    check_reachable,
    is_past,
    story_of_booking,
)
from baodao.venues.queries.venues import check_free, free_of, room_of
from baodao.venues.rules.bookings import ROOM_BOOKING
from baodao.venues.rules.papers import ROOM_SLIP
from baodao.venues.tables import FIRST_TAB, TABS, bookings_spec
from baodao.venues.views.venues import acting_keeper


@reading
def board(request: ActorRequest) -> HttpResponse:
    """The bookings of the places kept here by how they stand, the soonest first."""
    place = acting_keeper(request)
    tab = request.GET.get("state", "") or FIRST_TAB
    tabs = [(key, label, key == tab) for key, label in TABS.items()]
    listing = Listing(bookings_in(request.actor, place), request, bookings_spec())
    return listing.response("venues/bookings.html", {"place": place, "tabs": tabs})


def _address(row: RoomBooking) -> str:
    return reverse("venues:booking", args=[row.pk])


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

    return submit(request, act, to=_address, message=gettext("Booked."), page=page)


@reading
def booking(request: ActorRequest, booking_id: UUID) -> HttpResponse:
    """One booking: when, who booked it, and what can be done next."""
    row = booking_of(request.actor, booking_id)
    context = {
        "booking": row,
        "ahead": row.state in ROOM_BOOKING.live and not is_past(row),
        "when": span_words(row.starts_at, row.ends_at),
        "has_phone": row.phone_sealed is not None,
        "items": story_of_booking(row),
    }
    return render(request, "venues/booking.html", context)


@writing
def confirm(request: ActorRequest, booking_id: UUID) -> HttpResponse:
    """The room is theirs."""
    row = booking_of(request.actor, booking_id)
    act = partial(commands.confirm_booking, booking_id=row.pk)
    message = gettext("Confirmed. Who booked is told, or reads it under their code.")
    return submit(request, act, to=_address(row), message=message)


@asking
def cancel(request: ActorRequest, booking_id: UUID) -> HttpResponse:
    """The room cannot be lent; who booked reads why."""
    row = booking_of(request.actor, booking_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Cancel the booking"),
        gettext("Cancel the booking"),
        gettext("Who booked is told the reason, or reads it under their code."),
    ).beside(cancel=_address(row))
    page = page.while_open(check_movable, row)
    act = partial(commands.cancel_booking, booking_id=row.pk)
    return submit(request, act, to=_address(row), message=gettext("Cancelled."), page=page)


@asking
@never_cache
def number(request: ActorRequest, booking_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows the telephone, once."""
    row, form = booking_of(request.actor, booking_id), bound(request, PurposeForm)
    check_reachable(row)
    context = {"name": row.visitor, "form": form, "cancel": _address(row)}
    if form.is_valid():
        try:
            phone = commands.unmask_visitor(request.actor, booking_id=row.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error("reason", worded(refused))
        else:
            return render(request, "venues/number.html", {**context, "number": phone})
    return render(request, "venues/unmask.html", context, status=422 if form.errors else 200)


@reading
def slip(request: ActorRequest, booking_id: UUID, ending: str) -> HttpResponse:
    """阵地预约单, to look at and as a file."""
    item = room_slip_item(booking_of(request.actor, booking_id), request.actor.name)
    if ending != "html":
        return paper_download(request, room_slip_file(item, ROOM_SLIP.file_in(ending)))
    return paper_page(request, ROOM_SLIP, [item])
