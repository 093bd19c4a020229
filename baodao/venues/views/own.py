"""Rooms as members and units book them: what is near, what is theirs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.bookings.queries.bookings import check_free
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.requests import acting_unit
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, question, submit
from baodao.venues.commands import bookings as commands
from baodao.venues.forms import OwnRoomForm
from baodao.venues.models import RoomBooking
from baodao.venues.queries.bookings import own_bookings, unit_bookings
from baodao.venues.queries.venues import (
    free_of,
    home_of_member,
    home_of_unit,
    member_home,
    room_near,
    venues_near,
)


@reading
@member_only
def rooms(request: ActorRequest) -> HttpResponse:
    """Places near where I serve, with rooms to book; what I booked, also where I serve no more."""
    home = member_home(request.actor)
    context = {
        "base": "ui/phone.html",
        "home": home,
        "venues": venues_near(home) if home else [],
        "bookings": own_bookings(request.actor),
        "book": "venues:own_book",
    }
    return render(request, "venues/rooms.html", context)


@asking
@member_only
def book(request: ActorRequest, own_room_id: UUID) -> HttpResponse:
    """I book one of the free hours of a room."""
    room = room_near(home_of_member(request.actor), own_room_id)
    slots, to = free_of(room), reverse("venues:own")
    form = bound(request, OwnRoomForm, slots=slots)
    headline = gettext("Book “%(title)s”") % {"title": room.title}
    page = phone_question(form, headline, gettext("Book"), room.venue.name)
    page = page.beside(cancel=to).while_open(check_free, slots)

    def act(actor: Actor, **_: object) -> RoomBooking:
        return commands.book_for_oneself(actor, room_id=room.pk, facts=form.facts())

    message = gettext("Booked. You are told once it is confirmed.")
    return submit(request, act, to=to, message=message, page=page)


@reading
def unit_rooms(request: ActorRequest) -> HttpResponse:
    """Places near the unit's partner community, with rooms to book; what the unit booked."""
    unit = acting_unit(request, Permission.UNIT_REGISTRATION_PRESENT)
    home = home_of_unit(unit)
    context = {
        "base": "ui/base.html",
        "home": home,
        "venues": venues_near(home),
        "bookings": unit_bookings(unit),
        "book": "venues:unit_book",
    }
    return render(request, "venues/rooms.html", context)


@asking
def unit_book(request: ActorRequest, unit_room_id: UUID) -> HttpResponse:
    """The unit books one of the free hours of a room."""
    unit = acting_unit(request, Permission.UNIT_REGISTRATION_PRESENT)
    room = room_near(home_of_unit(unit), unit_room_id)
    slots, to = free_of(room), reverse("venues:unit_rooms")
    form = bound(request, OwnRoomForm, slots=slots)
    headline = gettext("Book “%(title)s”") % {"title": room.title}
    page = question(form, headline, gettext("Book"), room.venue.name)
    page = page.beside(cancel=to).while_open(check_free, slots)

    def act(actor: Actor, **_: object) -> RoomBooking:
        facts = form.facts()
        return commands.book_for_unit(actor, unit_id=unit.pk, room_id=room.pk, facts=facts)

    message = gettext("Booked. You are told once it is confirmed.")
    return submit(request, act, to=to, message=message, page=page)
