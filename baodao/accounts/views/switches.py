"""The register of switches, which everybody signed in may read, and what two administrators do."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baodao.accounts.commands import confirm_switch, end_switch, propose_switch
from baodao.accounts.forms import ReasonForm, SwitchForm
from baodao.accounts.models import Switch
from baodao.accounts.queries import switches
from baodao.accounts.rules import SWITCHES
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.queries import organisations
from baodao.ui.posts import kept, send
from baodao.ui.requests import ActorRequest

TWO = (Permission.SWITCH_PROPOSE, Permission.SWITCH_CONFIRM)
asking = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Entry:
    """A line of the register: the switch, its name, how it stands, and what may be done."""

    switch: Switch
    name: str
    state: str
    may_confirm: bool
    may_end: bool


@require_GET
def register(request: ActorRequest) -> HttpResponse:
    """Everything that was ever turned on here, by whom, on which basis, until when."""
    context = {
        "entries": [_entry(request.actor, switch) for switch in switches()],
        "features": [(_(one.name), _(one.meaning)) for one in SWITCHES.values()],
        "may_propose": request.actor.may_somewhere(Permission.SWITCH_PROPOSE),
    }
    return render(request, "accounts/switches.html", context)


def _entry(actor: Actor, switch: Switch) -> Entry:
    path = switch.organisation.path
    waiting = switch.confirmed_at is None
    ended = switch.ended_at is not None or switch.ends_on < clock.today()
    state = _("waits for the second administrator") if waiting else _("on")
    return Entry(
        switch,
        _(SWITCHES[switch.key].name) if switch.key in SWITCHES else switch.key,
        _("ended") if ended else state,
        not ended and waiting and actor.may(Permission.SWITCH_CONFIRM, path),
        not ended and any(actor.may(permission, path) for permission in TWO),
    )


@asking
def propose(request: ActorRequest) -> HttpResponse:
    """The system administrator proposes."""
    if not request.actor.may_somewhere(Permission.SWITCH_PROPOSE):
        raise Absent("switch")
    places = organisations(request.actor, Permission.SWITCH_PROPOSE)
    form = SwitchForm(request.POST or None, places=places)
    if form.is_valid() and _proposed(request, form):
        messages.success(request, _("Proposed. The security administrator now confirms it."))
        return redirect("accounts:switches")
    context = {
        "form": form,
        "headline": _("Propose a switch"),
        "label": _("Propose"),
        "cancel": reverse("accounts:switches"),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _proposed(request: ActorRequest, form: SwitchForm) -> bool:
    typed = dict(form.cleaned_data)
    place = typed.pop("organisation")

    def act(actor: Actor) -> None:
        propose_switch(actor, organisation_id=place.pk, **typed)

    return kept(request, form, act, to=reverse("accounts:switches"))


@require_POST
def confirm(request: ActorRequest, switch_id: UUID) -> HttpResponse:
    """The security administrator confirms: it is on from now."""

    def act(actor: Actor) -> None:
        confirm_switch(actor, switch_id=switch_id)

    return send(request, act, to=reverse("accounts:switches"), said=_("The switch is on."))


@asking
def end(request: ActorRequest, switch_id: UUID) -> HttpResponse:
    """Either administrator turns it off, with the reason."""
    if not any(request.actor.may_somewhere(permission) for permission in TWO):
        raise Absent("switch")
    form = ReasonForm(request.POST or None)
    back = reverse("accounts:switches")
    if form.is_valid():
        return send(request, _ending(switch_id, form), to=back, said=_("The switch is off."))
    context = {"form": form, "headline": _("Turn the switch off"), "label": _("Turn off")}
    return render(request, "ui/confirm.html", {**context, "cancel": back})


def _ending(switch_id: UUID, form: ReasonForm) -> Callable[[Actor], None]:
    def act(actor: Actor) -> None:
        end_switch(actor, switch_id=switch_id, reason=form.cleaned_data["reason"])

    return act
