"""Complaints to make, to look up and to answer."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.notices.commands.complaints import answer, complain
from baodao.notices.forms import AnswerForm, CodeForm, ComplaintForm
from baodao.notices.queries import complaint_by_code, complaints
from baodao.notices.tables import complaints_spec, nearest_place, place_of
from baodao.orgs.queries.policies import values_at
from baodao.ui.listing import Listing
from baodao.ui.posts import attempt, send
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

asking = require_http_methods(["GET", "POST"])


@login_not_required
@asking
def complaint(request: ActorRequest) -> HttpResponse:
    """Anybody's word, from any page, without an account."""
    form = ComplaintForm(request.POST or None, initial={"page": request.GET.get("page", "")[:200]})
    if form.is_valid():
        try:
            return redirect(attempt(request, _complaining(request, form), to=request.path))
        except Refused as refused:
            form.add_error(None, worded(refused))
    place = nearest_place(request)
    policy = values_at(place.path if place else "")
    context = {"form": form, "code_form": CodeForm(), "policy": policy}
    return render(request, "notices/complaint.html", context, status=422 if form.errors else 200)


def _complaining(request: ActorRequest, form: ComplaintForm) -> Callable[[Actor], str]:
    def act(actor: Actor) -> str:
        typed = form.cleaned_data
        made = complain(
            actor,
            organisation=typed["place"] or place_of(request),
            text=typed["text"],
            contact=typed["contact"],
            page=typed["page"],
        )
        return f"{reverse('notices:complaint_answer')}?code={made.code}"

    return act


@login_not_required
@require_GET
def complaint_answer(request: ActorRequest) -> HttpResponse:
    """The complaint with a code, and its answer or the day by which it comes."""
    try:
        found = complaint_by_code(request.GET.get("code", ""))
    except Absent:
        messages.error(request, _("There is nothing under this code. Check it letter by letter."))
        return redirect("notices:complaint")
    return render(request, "notices/complaint_answer.html", {"complaint": found})


@require_GET
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
    found = complaints(request.actor).filter(pk=complaint_id).first()
    if found is None:
        raise Absent("complaint")
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        back = reverse("notices:complaints")
        return send(request, _answering(complaint_id, text), to=back, said=_("Answered."))
    return render(request, "notices/answer.html", {"complaint": found, "form": form})


def _answering(complaint_id: UUID, text: str) -> Callable[[Actor], None]:
    def act(actor: Actor) -> None:
        answer(actor, complaint_id=complaint_id, text=text)

    return act
