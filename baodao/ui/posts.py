"""Sending a form: once per client's id, a refusal beside the form, then a page with its result."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.kernel.ids import new_id
from baodao.kernel.once import once
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

UNSIGNED = {"csrfmiddlewaretoken", "client_id"}


def client_id(request: ActorRequest) -> UUID:
    """The id the form was made with; a form without one gets its own (it then acts each time)."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return new_id()


def attempt(request: ActorRequest, act: Callable[[Actor], str | None], *, to: str) -> str:
    """Run `act` once and return where to go next.

    Raises `Refused`, so that a form with typed values can be shown again with the reason.
    """
    body = {key: values for key, values in request.POST.lists() if key not in UNSIGNED}
    body["path"] = [request.path]
    answer, _ = once(
        request.actor, client_id(request), body, lambda: {"to": act(request.actor) or to}
    )
    return answer["to"]


def kept(request: ActorRequest, form: Form, act: Callable[[Actor], str | None], *, to: str) -> bool:
    """Run `act` once for a valid form; a refusal becomes the form's error, and False."""
    try:
        attempt(request, act, to=to)
    except Refused as refused:
        form.add_error(None, worded(refused))
        return False
    return True


def send(
    request: ActorRequest, act: Callable[[Actor], str | None], *, to: str, said: str
) -> HttpResponse:
    """Run `act` once, say `said` and go `to` (or to the address that `act` returns).

    The same form again, from a double tap, another tab or a lost reply, goes to the same page
    without acting. An `act` that says for itself what it did leaves `said` empty. A refusal is
    shown as a message on the page the form came from (its field `back`, else `to`).
    """
    try:
        address = attempt(request, act, to=to)
    except Refused as refused:
        messages.error(request, worded(refused))
        return _back(request, to)
    if said:
        messages.success(request, said)
    return redirect(address)


def _back(request: ActorRequest, otherwise: str) -> HttpResponseRedirect:
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if safe and back else otherwise)
