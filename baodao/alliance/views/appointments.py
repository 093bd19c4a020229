"""The appointments of a community: booked at the window, confirmed, cancelled, ended; the slip."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.alliance.commands import appointments as commands
from baodao.alliance.documents import slip_file, slip_item
from baodao.alliance.forms import BookingByHandForm
from baodao.alliance.models import Appointment
from baodao.alliance.queries.alliance import free_of, service_here
from baodao.alliance.queries.appointments import (
    appointment_of,
    appointments_in,
    is_past,
    story_of_appointment,
)
from baodao.alliance.rules.appointments import APPOINTMENT
from baodao.alliance.rules.papers import APPOINTMENT_SLIP
from baodao.alliance.tables import FIRST_TAB, TABS, appointments_spec
from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused
from baodao.orgs.requests import acting_community
from baodao.ui.forms import PurposeForm, ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import span_words, worded


@reading
def board(request: ActorRequest) -> HttpResponse:
    """The appointments of the community by what became of them, the soonest first."""
    community = acting_community(request, Permission.ALLIANCE_EDIT)
    tab = request.GET.get("state", "") or FIRST_TAB
    rows = appointments_in(request.actor, community)
    tabs = [(key, label, key == tab) for key, (label, _) in TABS.items()]
    listing = Listing(rows, request, appointments_spec())
    return listing.response("alliance/appointments.html", {"place": community, "tabs": tabs})


def _address(row: Appointment) -> str:
    return reverse("alliance:appointment", args=[row.pk])


@asking
def book(request: ActorRequest, service_id: UUID) -> HttpResponse:
    """Take an appointment down at the window or on the telephone."""
    # no end: what is offered no more is not found
    community = acting_community(request, Permission.ALLIANCE_EDIT)
    service = service_here(community, service_id)
    form = bound(request, BookingByHandForm, slots=free_of(service), service=service)
    headline = gettext("Book “%(title)s”") % {"title": service.title}
    page = question(form, headline, gettext("Book"), service.member.name)
    page = page.beside(cancel=reverse("alliance:list"))

    def act(actor: Actor, **_: object) -> Appointment:
        facts = form.facts()
        return commands.book_by_hand(
            actor, community_id=community.pk, service_id=service.pk, facts=facts
        )

    return submit(request, act, to=_address, message=gettext("Booked."), page=page)


@reading
def appointment(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """One appointment: when, with whom, who booked it, and what can be done next."""
    row = appointment_of(request.actor, appointment_id)
    context = {
        "appointment": row,
        "live": row.state in APPOINTMENT.live,
        "past": is_past(row),
        "when": span_words(row.starts_at, row.ends_at),
        "has_phone": row.phone_sealed is not None,
        "items": story_of_appointment(row),
    }
    return render(request, "alliance/appointment.html", context)


@writing
def confirm(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """For who offers: they will be there."""
    row = appointment_of(request.actor, appointment_id)
    act = partial(commands.confirm_appointment, appointment_id=row.pk)
    message = gettext("Confirmed. Who booked reads it under their code.")
    return submit(request, act, to=_address(row), message=message)


@asking
def cancel(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """For who offers: they cannot; who booked reads why."""
    row = appointment_of(request.actor, appointment_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Cancel the appointment"),
        gettext("Cancel the appointment"),
        gettext("Who booked reads the reason under their code."),
    ).beside(cancel=_address(row))
    act = partial(commands.cancel_appointment, appointment_id=row.pk)
    page = page.while_open(APPOINTMENT.check, row.state, *APPOINTMENT.live)
    return submit(request, act, to=_address(row), message=gettext("Cancelled."), page=page)


@writing
def outcome(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """Whether it took place, with one tap."""
    row = appointment_of(request.actor, appointment_id)
    word = request.POST.get("outcome", "")
    act = partial(commands.note_outcome, appointment_id=row.pk, outcome=word)
    return submit(request, act, to=_address(row), message=gettext("Noted."))


@asking
@never_cache
def number(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows the visitor's telephone, once."""
    # no end: reading changes nothing; what was forgotten is said then
    row, form = appointment_of(request.actor, appointment_id), bound(request, PurposeForm)
    context = {"name": row.visitor, "form": form, "cancel": _address(row)}
    if form.is_valid():
        try:
            phone = commands.unmask_visitor(
                request.actor, appointment_id=row.pk, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("reason", worded(refused))
        else:
            return render(request, "alliance/number.html", {**context, "number": phone})
    return render(request, "alliance/unmask.html", context, status=422 if form.errors else 200)


@reading
def slip(request: ActorRequest, appointment_id: UUID, ending: str) -> HttpResponse:
    """预约单, to look at and as a file."""
    item = slip_item(appointment_of(request.actor, appointment_id), request.actor.name)
    if ending != "html":
        return paper_download(request, slip_file(item, APPOINTMENT_SLIP.file_in(ending)))
    return paper_page(request, APPOINTMENT_SLIP, [item])
