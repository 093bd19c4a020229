"""Mine: what is booked with a member who offers to neighbours."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.alliance.commands import appointments as commands
from baodao.alliance.queries.appointments import own_appointment, own_appointments
from baodao.alliance.rules.appointments import APPOINTMENT
from baodao.kernel import clock
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit

OWN = "alliance:own"


@reading
@member_only
def appointments(request: ActorRequest) -> HttpResponse:
    """Those that wait and those that are ahead, the soonest first."""
    live = own_appointments(request.actor).filter(state__in=APPOINTMENT.live)
    context = {"rows": live.order_by("starts_at", "pk"), "now": clock.now()}
    return render(request, "alliance/own.html", context)


@writing
@member_only
def confirm(request: ActorRequest, own_appointment_id: UUID) -> HttpResponse:
    """I shall be there."""
    row = own_appointment(request.actor, own_appointment_id)
    act = partial(commands.confirm_appointment, appointment_id=row.pk)
    message = gettext("Confirmed. Who booked reads it under their code.")
    return submit(request, act, to=reverse(OWN), message=message)


@asking
@member_only
def cancel(request: ActorRequest, own_appointment_id: UUID) -> HttpResponse:
    """I cannot; who booked reads why."""
    row = own_appointment(request.actor, own_appointment_id)
    label = gettext("Cancel the appointment")
    lead = gettext("Who booked reads the reason under their code.")
    page = phone_question(bound(request, ReasonForm), label, label, lead)
    page = page.beside(cancel=reverse(OWN))
    act = partial(commands.cancel_appointment, appointment_id=row.pk)
    page = page.while_open(APPOINTMENT.check, row.state, *APPOINTMENT.live)
    return submit(request, act, to=reverse(OWN), message=gettext("Cancelled."), page=page)


@writing
@member_only
def outcome(request: ActorRequest, own_appointment_id: UUID) -> HttpResponse:
    """Whether it took place, with one tap."""
    row = own_appointment(request.actor, own_appointment_id)
    word = request.POST.get("outcome", "")
    act = partial(commands.note_outcome, appointment_id=row.pk, outcome=word)
    return submit(request, act, to=reverse(OWN), message=gettext("Noted."))
