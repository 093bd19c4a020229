"""Bookings as who keeps them sees them: listed, confirmed, cancelled, called, printed."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.bookings.commands import bookings as commands
from baodao.bookings.queries.bookings import booking_of, check_reachable, story_of_booking
from baodao.bookings.tables import FIRST_TAB, TABS
from baodao.bookings.views.pages import B, BookingPages
from baodao.documents.files import render as drawn
from baodao.documents.views import paper_page
from baodao.orgs.models import Organisation
from baodao.ui.forms import PurposeForm, ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.numbers import number_page
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def board_page(
    request: ActorRequest, listing: Listing, place: Organisation, above: tuple[str, str]
) -> HttpResponse:
    """Those of a place by how they stand; `above` is the page that leads here, with its name."""
    tab = request.GET.get("state", "") or FIRST_TAB
    context = {
        "place": place,
        "tabs": [(key, label, key == tab) for key, label in TABS.items()],
        "above": above[0],
        "label": above[1],
        "headline": listing.spec.title,
    }
    return listing.response("bookings/board.html", context)


def _row(request: ActorRequest, pages: BookingPages[B], booking_id: UUID) -> B:
    return booking_of(pages.kind.kept(request.actor), booking_id)


@reading
def booking(request: ActorRequest, pages: BookingPages[B], booking_id: UUID) -> HttpResponse:
    """When, who booked, and what can be done next."""
    row = _row(request, pages, booking_id)
    context = {
        "booking": row,
        "may_cancel": row.is_live if pages.kind.has_outcome else row.is_ahead,
        "items": story_of_booking(row, pages.kind.noun),
        **{name: f"{pages.app}:{name}" for name in ("confirm", "cancel", "visitor", "slip")},
        "booked": pages.by_code(row),
    }
    return render(request, f"{pages.app}/booking.html", context)


@writing
def confirm(request: ActorRequest, pages: BookingPages[B], booking_id: UUID) -> HttpResponse:
    """It is theirs."""
    row = _row(request, pages, booking_id)
    hour = request.POST.get("hour", "")
    act = partial(commands.confirm_booking, kind=pages.kind, booking_id=row.pk, hour=hour)
    message = gettext("Confirmed. Who booked reads it under their code.")
    if pages.kind.approval:
        message = gettext("Confirmed. Who booked is told, or reads it under their code.")
    return submit(request, act, to=pages.at_desk(row), message=message)


@asking
def cancel(request: ActorRequest, pages: BookingPages[B], booking_id: UUID) -> HttpResponse:
    """It cannot be had; who booked reads why."""
    row = _row(request, pages, booking_id)
    label, lead = (
        gettext("Cancel the booking"),
        gettext("Who booked reads the reason under their code."),
    )
    if pages.kind.refusal:
        lead = gettext("Who booked is told the reason, or reads it under their code.")
    page = question(bound(request, ReasonForm), label, label, lead)
    page = page.beside(cancel=pages.at_desk(row)).while_open(
        commands.check_cancellable, row, pages.kind
    )
    act = partial(commands.cancel_booking, kind=pages.kind, booking_id=row.pk)
    return submit(request, act, to=pages.at_desk(row), message=gettext("Cancelled."), page=page)


@asking
@never_cache
def number(request: ActorRequest, pages: BookingPages[B], booking_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows the telephone, once."""
    row = _row(request, pages, booking_id)
    check_reachable(row)
    act = partial(commands.unmask_visitor, kind=pages.kind, booking_id=row.pk)
    form = bound(request, PurposeForm)
    return number_page(request, form, row.visitor, pages.at_desk(row), act)


@reading
def slip(
    request: ActorRequest, pages: BookingPages[B], booking_id: UUID, ending: str
) -> HttpResponse:
    """The slip, to look at and as a file."""
    item = pages.slip_item(_row(request, pages, booking_id), request.actor.name)
    if ending != "html":
        medium = pages.slip.file_in(ending)
        return paper_download(request, drawn(pages.slip.code, [item], medium))
    return paper_page(request, pages.slip, [item])
