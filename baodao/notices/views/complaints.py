"""Complaints to make, to look up and to answer."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.masks import masked_contact
from baodao.notices.commands.complaints import ComplaintDraft, answer, complain, unmask_contact
from baodao.notices.forms import ComplaintAnswerForm, ComplaintCodeForm, ComplaintForm
from baodao.notices.models import Complaint
from baodao.notices.queries.complaints import (
    complaint_by_code,
    complaints,
    complaints_to_answer,
)
from baodao.notices.tables import complaints_spec, nearest_place, place_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.ui.forms import PurposeForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@login_not_required
@asking
def complaint(request: ActorRequest) -> HttpResponse:
    """Anybody's word, from any page, without an account."""
    near = nearest_place(request)
    context = {"code_form": ComplaintCodeForm(), "policy": values_at(near.path if near else "")}
    named = request.actor.account_id is not None
    form = bound(request, ComplaintForm, near=near, named=named)
    signed = "signed" in request.POST and named
    return submit(
        request,
        partial(_complain, request),
        to=lambda row: f"{reverse('notices:complaint_answer')}?code={row.code}",
        page=FormPage(form, "notices/complaint.html", context, anonymous=not signed),
    )


def _complain(
    request: ActorRequest, actor: Actor, *, place: Organisation | None, **typed: Any
) -> Complaint:
    organisation = place or place_of(request)
    visitor = request.META.get("REMOTE_ADDR", "")
    return complain(
        actor, organisation=organisation, draft=ComplaintDraft(**typed), visitor=visitor
    )


@login_not_required
@reading
def complaint_answer(request: ActorRequest) -> HttpResponse:
    """The complaint with a code, and its answer or the day by which it comes."""
    try:
        row = complaint_by_code(request.GET.get("code", ""))
    except Absent:
        messages.error(request, _("There is nothing under this code. Check it letter by letter."))
        return redirect("notices:complaint")
    return render(request, "notices/complaint_answer.html", {"complaint": row})


@reading
def complaints_list(request: ActorRequest) -> HttpResponse:
    """What waits for an answer, and what was answered."""
    if not request.actor.may_somewhere(Permission.COMPLAINT_ANSWER):
        raise Absent("complaints")
    return Listing(complaints(request.actor), request, complaints_spec()).response(
        "notices/complaints.html"
    )


@asking
def answer_complaint(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    """One complaint, to be read and answered."""
    # no end: the page shows the answer in the place of the form
    row = complaints(request.actor).filter(pk=complaint_id).first()
    if row is None:
        raise Absent("complaint")
    may_answer = complaints_to_answer(request.actor).filter(pk=complaint_id).exists()
    contact = masked_contact(row.contact) if may_answer else ""
    context = {"complaint": row, "may_answer": may_answer, "contact": contact}
    return submit(
        request,
        partial(answer, complaint_id=complaint_id),
        to=reverse("notices:complaints"),
        message=_("Answered."),
        page=FormPage(bound(request, ComplaintAnswerForm), "notices/answer.html", context),
    )


@asking
@never_cache
def contact(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows how to reach whoever complained, once."""
    # no end: who reads a number says each time what for
    row = complaints_to_answer(request.actor).filter(pk=complaint_id).first()
    if row is None or not row.contact:
        raise Absent("complaint")
    back = reverse("notices:answer", args=[row.pk])
    return submit(
        request,
        partial(unmask_contact, complaint_id=complaint_id),
        to=back,
        message=_("It was shown once; ask for it once more."),
        page=_purpose(request),
        answer=lambda clear: render(
            request, "notices/contact.html", {"contact": clear, "cancel": back}
        ),
    )


def _purpose(request: ActorRequest) -> FormPage:
    return question(
        bound(request, PurposeForm),
        _("How to reach whoever wrote this"),
        _("Show"),
        _("Numbers are hidden, so that nobody reads them by the way. Say what you need it for."),
    )
