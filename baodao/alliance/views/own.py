"""Mine: what is booked with a member who offers to neighbours."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.alliance.commands.appointments import APPOINTMENTS, note_outcome
from baodao.alliance.queries.appointments import own_appointments
from baodao.bookings.commands.bookings import (
    cancel_booking,
    check_cancellable,
    confirm_booking,
)
from baodao.bookings.queries.bookings import booking_of, live_of
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit

OWN = "alliance:own"


@reading
@member_only
def appointments(request: ActorRequest) -> HttpResponse:
    """Those that wait and those that are ahead, the soonest first."""
    context = {"rows": live_of(own_appointments(request.actor))}
    return render(request, "alliance/own.html", context)


@writing
@member_only
def confirm(request: ActorRequest, own_appointment_id: UUID) -> HttpResponse:
    """I shall be there."""
    row = booking_of(own_appointments(request.actor), own_appointment_id)
    hour = request.POST.get("hour", "")
    act = partial(confirm_booking, kind=APPOINTMENTS, booking_id=row.pk, hour=hour)
    message = gettext("Confirmed. Who booked reads it under their code.")
    return submit(request, act, to=reverse(OWN), message=message)


@asking
@member_only
def cancel(request: ActorRequest, own_appointment_id: UUID) -> HttpResponse:
    """I cannot; who booked reads why."""
    row = booking_of(own_appointments(request.actor), own_appointment_id)
    label = gettext("Cancel the booking")
    lead = gettext("Who booked reads the reason under their code.")
    page = phone_question(bound(request, ReasonForm), label, label, lead)
    page = page.beside(cancel=reverse(OWN)).while_open(check_cancellable, row, APPOINTMENTS)
    act = partial(cancel_booking, kind=APPOINTMENTS, booking_id=row.pk)
    return submit(request, act, to=reverse(OWN), message=gettext("Cancelled."), page=page)


@writing
@member_only
def outcome(request: ActorRequest, own_appointment_id: UUID) -> HttpResponse:
    """Whether it took place, with one tap."""
    row = booking_of(own_appointments(request.actor), own_appointment_id)
    word = request.POST.get("outcome", "")
    act = partial(note_outcome, booking_id=row.pk, outcome=word)
    return submit(request, act, to=reverse(OWN), message=gettext("Noted."))
