"""The public page of a place; a room booked without an account."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.bookings.queries.bookings import booking_by_code
from baodao.kernel import quotas
from baodao.kernel.authz import Actor
from baodao.needs.queries.residents import page_by_token
from baodao.orgs.queries.tree import standing_of
from baodao.ui.guards import asking, reading
from baodao.ui.hours import by_day
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit
from baodao.venues.commands import bookings as commands
from baodao.venues.forms import RoomForm
from baodao.venues.models import RoomBooking
from baodao.venues.queries.bookings import booking_rows
from baodao.venues.queries.venues import (
    days_that_differ,
    free_of,
    offered_at,
    opening_of,
    room_at,
    venue_by_token,
    venues_near,
)
from baodao.venues.views.bookings import PAGES

DAYS = 7
"""Days whose free hours the page of a place offers; all of them stand where one books."""


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
    form = bound(request, RoomForm, slots=slots, initial={"starts_at": request.GET.get("at")})
    page = FormPage(form, "bookings/book.html", anonymous=True).beside(free=bool(slots))
    page = page.beside(title=room.title, lead=f"{row.name} · {row.address}", phone=row.phone)
    page = page.beside(back=reverse("venues:public", args=[venue_token]))

    def act(actor: Actor, **_: object) -> RoomBooking:
        quotas.check_entry("room.booked", request.META.get("REMOTE_ADDR", ""))
        facts = form.facts()
        return commands.book_room(actor, token=venue_token, room_id=room.pk, facts=facts)

    return submit(request, act, to=PAGES.by_code, page=page)


def page_of_code(code: str) -> str:
    """The page of the booking with this code, for whoever booked it. Raises `Absent`."""
    return PAGES.by_code(booking_by_code(booking_rows(), code))
