"""Residents' own pages: what is offered; booked, and how it was."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.alliance.commands import appointments as commands
from baodao.alliance.forms import AppointmentForm, VisitorRemarkForm
from baodao.alliance.models import Appointment
from baodao.alliance.queries.alliance import free_of, service_here, services_here
from baodao.alliance.queries.appointments import appointment_rows
from baodao.alliance.rules.alliance import VisitorWord
from baodao.alliance.templatetags.alliance_words import offered_words
from baodao.alliance.views.appointments import PAGES
from baodao.bookings.queries.bookings import booking_by_code
from baodao.bookings.views.codes import booked_page
from baodao.kernel import quotas
from baodao.kernel.authz import Actor
from baodao.needs.queries.residents import page_by_token
from baodao.orgs.queries.tree import standing_of
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit
from baodao.ui.wording import code_choices


@login_not_required
@reading
def services(request: ActorRequest, page_token: str) -> HttpResponse:
    """What neighbours and shops offer here, in the order in which it was put up."""
    community = page_by_token(page_token).community
    if community.closed_at is not None:
        return redirect("needs:ask", page_token)
    rows = services_here(community)
    context = {"community": community, "services": rows, "token": page_token}
    return render(request, "alliance/resident_services.html", context)


@login_not_required
@asking
def book(request: ActorRequest, page_token: str, service_id: UUID) -> HttpResponse:
    """预约: one of the free hours, without an account."""
    # no end: what is offered no more is not found
    community = page_by_token(page_token).community
    service = service_here(community, service_id)
    slots = free_of(service)
    form = bound(request, AppointmentForm, slots=slots, service=service)
    page = FormPage(form, "bookings/book.html", anonymous=True).beside(free=bool(slots))
    page = page.beside(title=service.title, lead=offered_words(service))
    back, phone = reverse("alliance:services", args=[page_token]), community.contact_phone

    def act(actor: Actor, **_: object) -> Appointment:
        quotas.check_entry("appointment.booked", request.META.get("REMOTE_ADDR", ""))
        facts = form.facts()
        return commands.book(actor, token=page_token, service_id=service.pk, facts=facts)

    return submit(request, act, to=PAGES.by_code, page=page.beside(back=back, phone=phone))


def page_of_code(code: str) -> str:
    """The page of the appointment with this code, for whoever booked it. Raises `Absent`."""
    return PAGES.by_code(booking_by_code(appointment_rows(), code))


@login_not_required
@reading
@never_cache
def own(request: ActorRequest, appointment_code: str) -> HttpResponse:
    """How it stands, for whoever knows its code; once its hour has begun, how it was."""
    row = booking_by_code(appointment_rows(), appointment_code)
    beside = {"form": VisitorRemarkForm(), "words": code_choices(VisitorWord)}
    return booked_page(request, PAGES, row, community=standing_of(row.community), **beside)


@login_not_required
@writing
def answer(request: ActorRequest, appointment_code: str) -> HttpResponse:
    """满意, 基本满意, 不满意: one tap, with a word beside it if they like."""
    row = booking_by_code(appointment_rows(), appointment_code)
    form = VisitorRemarkForm(request.POST)
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    word = request.POST.get("word", "")
    act = partial(commands.answer_by_code, code=row.code, word=word, remark=remark)
    message = gettext("Thank you. The community reads it.")
    return submit(request, act, to=PAGES.by_code(row), message=message)
