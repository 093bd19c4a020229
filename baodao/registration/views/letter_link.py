"""What the code on a letter opens: acceptance, the member's own letter, or a plain check."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from baodao.kernel.errors import Refused
from baodao.registration.commands import access
from baodao.registration.forms import IdentifyForm
from baodao.registration.queries.letters import Audience, registration_by_token
from baodao.ui.guards import reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.sessions import SignInWay, sign_in
from baodao.ui.wording import worded

PAGES = {
    Audience.WORKER: "registration/letter_worker.html",
    Audience.MEMBER: "registration/own_letter.html",
    Audience.ANYONE: "registration/letter_anyone.html",
}


def _page(request: ActorRequest, token: str, form: IdentifyForm, status: int = 200) -> HttpResponse:
    view = registration_by_token(request.actor, token)
    context = {"view": view, "registration": view.registration, "form": form, "token": token}
    return render(request, PAGES[view.audience], context, status=status)


def signed_in(request: ActorRequest, token: str, tail: str) -> Refused | None:
    """Sign in the letter's member whose ID number ends with `tail`, or say why not."""
    try:
        account = access.open_by_letter(request.actor, token=token, tail=tail)
    except Refused as refused:
        return refused
    sign_in(request, account, SignInWay.LETTER)
    return None


@login_not_required
@reading
def opened(request: ActorRequest, token: str) -> HttpResponse:
    """The letter for whoever scanned it. A wrong code is a 404."""
    return _page(request, token, IdentifyForm())


@login_not_required
@writing
def identify(request: ActorRequest, token: str) -> HttpResponse:
    """This is my letter: the end of the ID number opens it and signs the member in."""
    form = IdentifyForm(request.POST)
    if form.is_valid():
        refused = signed_in(request, token, form.cleaned_data["tail"])
        if refused is None:
            return redirect("registration:letter_link", token)
        form.add_error("tail", worded(refused))
    return _page(request, token, form, 422)
