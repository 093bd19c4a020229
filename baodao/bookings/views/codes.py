"""A booking as whoever knows its code sees it: how it stands, moved, cancelled, forgotten."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.bookings.commands import bookings as commands
from baodao.bookings.queries.bookings import booking_by_code, check_movable
from baodao.bookings.rules.bookings import BOOKER_STATES
from baodao.bookings.views.pages import B, BookingPages
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading
from baodao.ui.hours import HourForm
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit, visitor_question


def booked_page(request: ActorRequest, pages: BookingPages[B], row: B, **more: Any) -> HttpResponse:
    """How a booking stands: no name and no telephone; `more` is what this kind adds."""
    known = row.visitor or row.phone_sealed or row.notes or getattr(row, "place", "")
    context = {
        "booking": row,
        "headline": gettext(BOOKER_STATES[row.state]),
        "known": bool(known),
        "address": pages.by_code(row),
        **{name: f"{pages.app}:{name}_booked" for name in ("move", "cancel", "forget")},
        **more,
    }
    return render(request, f"{pages.app}/booked.html", context)


@login_not_required
@reading
@never_cache
def booked(request: ActorRequest, pages: BookingPages[B], code: str) -> HttpResponse:
    """How it stands."""
    return booked_page(request, pages, booking_by_code(pages.kind.rows(), code))


@login_not_required
@asking
def move(request: ActorRequest, pages: BookingPages[B], code: str) -> HttpResponse:
    """改期: another hour that is free; it is confirmed anew."""
    row = booking_by_code(pages.kind.rows(), code)
    slots = pages.kind.free(getattr(row, pages.kind.what), row.pk)
    page = FormPage(bound(request, HourForm, slots=slots), "bookings/move.html", anonymous=True)
    page = page.beside(booking=row, cancel=pages.by_code(row)).while_open(check_movable, row)
    act = partial(commands.move_booking, kind=pages.kind, code=row.code)
    message = gettext("Moved. It is confirmed anew.")
    return submit(request, act, to=pages.by_code(row), message=message, page=page)


@login_not_required
@asking
@never_cache
def cancel(request: ActorRequest, pages: BookingPages[B], code: str) -> HttpResponse:
    """Whoever booked needs it no more; asked about once."""
    row = booking_by_code(pages.kind.rows(), code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Cancel this booking?"),
        gettext("Cancel the booking"),
        f"{row.title} · {row.when}",
    ).beside(cancel=pages.by_code(row))
    page = page.while_open(check_movable, row)
    act = partial(commands.cancel_by_code, kind=pages.kind, code=row.code)
    message = gettext("Cancelled. The hour is free for others.")
    return submit(request, act, to=pages.by_code(row), message=message, page=page)


@login_not_required
@asking
@never_cache
def forget(request: ActorRequest, pages: BookingPages[B], code: str) -> HttpResponse:
    """Name, telephone and what was written are taken back, once that was asked about."""
    # no end: what somebody left is theirs to delete at any time
    row = booking_by_code(pages.kind.rows(), code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Delete what you left?"),
        gettext("Delete the name and telephone I left"),
        gettext("They are deleted at once and cannot be brought back."),
    ).beside(cancel=pages.by_code(row))
    act = partial(commands.withdraw_visitor, kind=pages.kind, code=row.code)
    message = gettext("Your name and telephone are deleted here.")
    return submit(request, act, to=pages.by_code(row), message=message, page=page)
