"""Rooms and windows of a place: added, put right, ended."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.venues.commands import venues as commands
from baodao.venues.forms import VenueRoomForm, VenueWindowForm, room_known, window_known
from baodao.venues.models import VenueRoom, VenueWindow
from baodao.venues.queries.venues import room_of, venue_of, window_of


def _address(venue_id: UUID) -> str:
    return reverse("venues:venue", args=[venue_id])


@asking
def new_room(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """A room that can be booked."""
    # no end: only places, rooms and windows that are open are found
    venue, form = venue_of(request.actor, venue_id), bound(request, VenueRoomForm)
    page = question(form, gettext("A new room"), gettext("Add"), venue.name)
    to = _address(venue.pk)

    def act(actor: Actor, **_: object) -> VenueRoom:
        return commands.add_room(actor, venue_id=venue.pk, facts=form.facts())

    message = gettext("Added. It is booked on the page of the place.")
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


@asking
def edit_room(request: ActorRequest, room_id: UUID) -> HttpResponse:
    """Put right what is said of a room."""
    # no end: only places, rooms and windows that are open are found
    row, form = room_of(request.actor, room_id), bound(request, VenueRoomForm)
    headline, to = gettext("Change “%(title)s”") % {"title": row.title}, _address(row.venue_id)
    page = question(form, headline, gettext("Save"), row.venue.name).beside(cancel=to)
    page = page.editing(row, room_known, about=row.venue_id)

    def act(actor: Actor, **_: object) -> VenueRoom:
        return commands.edit_room(actor, room_id=row.pk, facts=form.facts())

    message = gettext("Saved. What is booked stays as it is.")
    return submit(request, act, to=to, message=message, page=page)


@asking
def end_room(request: ActorRequest, room_id: UUID) -> HttpResponse:
    """A room is lent no more; what is booked is cancelled."""
    # no end: only places, rooms and windows that are open are found
    row = room_of(request.actor, room_id)
    to = _address(row.venue_id)
    page = question(
        bound(request, ConfirmForm),
        gettext("“%(title)s” is lent no more") % {"title": row.title},
        gettext("Lend it no more"),
        gettext("What is booked is cancelled, and who booked is told."),
    ).beside(cancel=to)
    act = partial(commands.end_room, room_id=row.pk)
    return submit(request, act, to=to, message=gettext("Ended."), page=page)


@asking
def new_window(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """A window and what it does."""
    # no end: only places, rooms and windows that are open are found
    venue, form = venue_of(request.actor, venue_id), bound(request, VenueWindowForm)
    page = question(form, gettext("A new window"), gettext("Add"), venue.name)
    to = _address(venue.pk)

    def act(actor: Actor, **_: object) -> VenueWindow:
        return commands.add_window(actor, venue_id=venue.pk, facts=form.facts())

    return submit(request, act, to=to, message=gettext("Added."), page=page.beside(cancel=to))


@asking
def edit_window(request: ActorRequest, window_id: UUID) -> HttpResponse:
    """Put right what a window does."""
    # no end: only places, rooms and windows that are open are found
    row, form = window_of(request.actor, window_id), bound(request, VenueWindowForm)
    headline, to = gettext("Change “%(title)s”") % {"title": row.title}, _address(row.venue_id)
    page = question(form, headline, gettext("Save"), row.venue.name).beside(cancel=to)
    page = page.editing(row, window_known, about=row.venue_id)

    def act(actor: Actor, **_: object) -> VenueWindow:
        return commands.edit_window(actor, window_id=row.pk, facts=form.facts())

    return submit(request, act, to=to, message=gettext("Saved."), page=page)


@asking
def end_window(request: ActorRequest, window_id: UUID) -> HttpResponse:
    """A window serves no more."""
    # no end: only places, rooms and windows that are open are found
    row = window_of(request.actor, window_id)
    to = _address(row.venue_id)
    headline = gettext("“%(title)s” serves no more") % {"title": row.title}
    page = question(bound(request, ConfirmForm), headline, gettext("End it")).beside(cancel=to)
    act = partial(commands.end_window, window_id=row.pk)
    return submit(request, act, to=to, message=gettext("Ended."), page=page)
