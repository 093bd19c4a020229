"""Residents' own pages: what is offered; book, move, cancel by a code, say how it was."""

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
from baodao.alliance.queries.appointments import appointment_by_code, check_movable, is_past
from baodao.alliance.rules.appointments import APPOINTMENT, VISITOR_STATES, VisitorWord
from baodao.kernel import quotas
from baodao.kernel.authz import Actor
from baodao.needs.queries.residents import page_by_token
from baodao.orgs.queries.tree import standing_of
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.hours import HourForm
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit, visitor_question
from baodao.ui.wording import code_choices, span_words


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
    page = FormPage(form, "alliance/resident_book.html", anonymous=True)
    page = page.beside(community=community, service=service, token=page_token, free=bool(slots))

    def act(actor: Actor, **_: object) -> Appointment:
        quotas.check_entry("appointment.booked", request.META.get("REMOTE_ADDR", ""))
        facts = form.facts()
        return commands.book(actor, token=page_token, service_id=service.pk, facts=facts)

    return submit(request, act, to=_address, page=page)


def _address(row: Appointment) -> str:
    return reverse("alliance:booked", args=[row.code])


def page_of_code(code: str) -> str:
    """The page of the appointment with this code, for whoever booked it. Raises `Absent`."""
    return _address(appointment_by_code(code))


@login_not_required
@reading
@never_cache
def own(request: ActorRequest, appointment_code: str) -> HttpResponse:
    """How it stands, for whoever knows its code: no telephone."""
    row = appointment_by_code(appointment_code)
    ahead = row.state in APPOINTMENT.live and not is_past(row)
    known = bool(row.visitor or row.place or row.notes or row.phone_sealed)
    context = {
        "appointment": row,
        "community": standing_of(row.community),
        "headline": gettext(VISITOR_STATES[row.state]),
        "when": span_words(row.starts_at, row.ends_at),
        "ahead": ahead,
        "known": known,
        "form": VisitorRemarkForm(),
        "may_answer": is_past(row) and row.state != "cancelled" and not row.word,
        "words": code_choices(VisitorWord),
    }
    return render(request, "alliance/resident_booked.html", context)


@login_not_required
@asking
def move(request: ActorRequest, appointment_code: str) -> HttpResponse:
    """改期: another hour that is free; it is confirmed anew."""
    row = appointment_by_code(appointment_code)
    slots = free_of(row.service, besides=row.pk)
    page = FormPage(
        bound(request, HourForm, slots=slots), "alliance/resident_move.html", anonymous=True
    ).beside(appointment=row, when=span_words(row.starts_at, row.ends_at))
    act = partial(commands.move_appointment, code=row.code)
    message = gettext("Moved. It is confirmed anew.")
    page = page.while_open(check_movable, row)
    return submit(request, act, to=_address(row), message=message, page=page)


@login_not_required
@asking
@never_cache
def cancel(request: ActorRequest, appointment_code: str) -> HttpResponse:
    """Whoever booked needs it no more; asked about once."""
    row = appointment_by_code(appointment_code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Cancel this appointment?"),
        gettext("Cancel the appointment"),
        f"{row.service.title} · {span_words(row.starts_at, row.ends_at)}",
    ).beside(cancel=_address(row))
    page = page.while_open(check_movable, row)
    act = partial(commands.cancel_by_code, code=row.code)
    message = gettext("Cancelled. The hour is free for others.")
    return submit(request, act, to=_address(row), message=message, page=page)


@login_not_required
@writing
def answer(request: ActorRequest, appointment_code: str) -> HttpResponse:
    """满意, 基本满意, 不满意: one tap, with a word beside it if they like."""
    row, form = appointment_by_code(appointment_code), VisitorRemarkForm(request.POST)
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    word = request.POST.get("word", "")
    act = partial(commands.answer_by_code, code=row.code, word=word, remark=remark)
    message = gettext("Thank you. The community reads it.")
    return submit(request, act, to=_address(row), message=message)


@login_not_required
@asking
@never_cache
def forget(request: ActorRequest, appointment_code: str) -> HttpResponse:
    """Name, telephone and what was written are taken back, once that was asked about."""
    # no end: what somebody left is theirs to delete at any time
    row = appointment_by_code(appointment_code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Delete what you left?"),
        gettext("Delete the name and telephone I left"),
        gettext("They are deleted at once and cannot be brought back."),
    ).beside(cancel=_address(row))
    act = partial(commands.withdraw_visitor, code=row.code)
    message = gettext("Your name and telephone are deleted here.")
    return submit(request, act, to=_address(row), message=message, page=page)
