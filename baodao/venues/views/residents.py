"""The public page of a place; a room booked, moved and cancelled without an account."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel import quotas
from baodao.kernel.authz import Actor
from baodao.needs.queries.residents import page_by_token
from baodao.orgs.queries.tree import standing_of
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading
from baodao.ui.hours import HourForm, by_day
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit, visitor_question
from baodao.ui.wording import span_words
from baodao.venues.commands import bookings as commands
from baodao.venues.forms import RoomForm
from baodao.venues.models import RoomBooking
from baodao.venues.queries.bookings import booking_by_code, check_movable, is_past
from baodao.venues.queries.venues import (
    days_that_differ,
    free_of,
    offered_at,
    opening_of,
    room_at,
    venue_by_token,
    venues_near,
)
from baodao.venues.rules.bookings import BOOKER_STATES, ROOM_BOOKING

DAYS = 3
"""Days whose free hours the page of a place names; all of them stand where one books."""


@login_not_required
@reading
def near(request: ActorRequest, page_token: str) -> HttpResponse:
    """The places near the community of a residents' page, the nearest first."""
    community = page_by_token(page_token).community
    rows = venues_near(standing_of(community))
    context = {"community": community, "venues": rows, "token": page_token}
    return render(request, "venues/near.html", context)


@login_not_required
@reading
def venue(request: ActorRequest, venue_token: str) -> HttpResponse:
    """Whether it is open, what is done there, and when its rooms are free."""
    row = venue_by_token(venue_token)
    context = {
        "venue": row,
        "keeper": standing_of(row.organisation),
        "opening": opening_of(row),
        "days": days_that_differ(row),
        "offered": offered_at(row),
        "rooms": [(room, by_day(free_of(room))[:DAYS]) for room in row.lent],  # type: ignore[attr-defined]
    }
    return render(request, "venues/public.html", context)


@login_not_required
@asking
def book(request: ActorRequest, venue_token: str, venue_room_id: UUID) -> HttpResponse:
    """阵地预约: one of the free hours of a room, without an account."""
    # no end: the page itself says when no hour is free
    row = venue_by_token(venue_token)
    room = room_at(row, venue_room_id)
    slots = free_of(room)
    form = bound(request, RoomForm, slots=slots)
    page = FormPage(form, "venues/book.html", anonymous=True)
    page = page.beside(venue=row, room=room, free=bool(slots))

    def act(actor: Actor, **_: object) -> RoomBooking:
        quotas.check_entry("room.booked", request.META.get("REMOTE_ADDR", ""))
        facts = form.facts()
        return commands.book_room(actor, token=venue_token, room_id=room.pk, facts=facts)

    return submit(request, act, to=_address, page=page)


def _address(row: RoomBooking) -> str:
    return reverse("venues:booked", args=[row.code])


def page_of_code(code: str) -> str:
    """The page of the booking with this code, for whoever booked it. Raises `Absent`."""
    return _address(booking_by_code(code))


@login_not_required
@reading
@never_cache
def booked(request: ActorRequest, booking_code: str) -> HttpResponse:
    """How it stands, for whoever knows its code: no name and no telephone."""
    row = booking_by_code(booking_code)
    context = {
        "booking": row,
        "headline": gettext(BOOKER_STATES[row.state]),
        "when": span_words(row.starts_at, row.ends_at),
        "ahead": row.state in ROOM_BOOKING.live and not is_past(row),
        "known": bool(row.visitor or row.phone_sealed),
    }
    return render(request, "venues/booked.html", context)


@login_not_required
@asking
def move(request: ActorRequest, booking_code: str) -> HttpResponse:
    """改期: another hour that is free; it is confirmed anew."""
    row = booking_by_code(booking_code)
    form = bound(request, HourForm, slots=free_of(row.room, besides=row.pk))
    page = FormPage(form, "venues/move.html", anonymous=True)
    page = page.beside(booking=row, when=span_words(row.starts_at, row.ends_at))
    act = partial(commands.move_booking, code=row.code)
    message = gettext("Moved. It is confirmed anew.")
    page = page.while_open(check_movable, row)
    return submit(request, act, to=_address(row), message=message, page=page)


@login_not_required
@asking
@never_cache
def cancel(request: ActorRequest, booking_code: str) -> HttpResponse:
    """Whoever booked needs it no more; asked about once."""
    row = booking_by_code(booking_code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Cancel this booking?"),
        gettext("Cancel the booking"),
        f"{row.room.title} · {span_words(row.starts_at, row.ends_at)}",
    ).beside(cancel=_address(row))
    page = page.while_open(check_movable, row)
    act = partial(commands.cancel_by_code, code=row.code)
    message = gettext("Cancelled. The hour is free for others.")
    return submit(request, act, to=_address(row), message=message, page=page)


@login_not_required
@asking
@never_cache
def forget(request: ActorRequest, booking_code: str) -> HttpResponse:
    """Name, telephone and what was written are taken back, once that was asked about."""
    # no end: what somebody left is theirs to delete at any time
    row = booking_by_code(booking_code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Delete what you left?"),
        gettext("Delete the name and telephone I left"),
        gettext("They are deleted at once and cannot be brought back."),
    ).beside(cancel=_address(row))
    act = partial(commands.withdraw_visitor, code=row.code)
    message = gettext("Your name and telephone are deleted here.")
    return submit(request, act, to=_address(row), message=message, page=page)
