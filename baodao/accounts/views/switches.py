"""The register of switches, which everybody signed in may read, and what two administrators do."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.accounts.commands.switches import (
    confirm_switch,
    end_switch,
    file_assessment,
    propose_switch,
)
from baodao.accounts.forms import AssessmentForm, SwitchForm
from baodao.accounts.models import Switch
from baodao.accounts.queries import (
    assessments,
    grants_to_confirm,
    switches,
    switches_in_force,
    switches_to_confirm,
    switches_to_end,
)
from baodao.accounts.rules import SWITCHES
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.tree import organisations
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

TWO = (Permission.SWITCH_PROPOSE, Permission.SWITCH_CONFIRM)


@dataclass(frozen=True)
class RegisteredSwitch:
    """A line of the register: the switch, its name, how it stands, and what may be done."""

    switch: Switch
    name: str
    state: str
    may_confirm: bool
    may_end: bool


@reading
def register(request: ActorRequest) -> HttpResponse:
    """Everything that was ever turned on here, by whom, on which basis, until when."""
    context = {
        "entries": [_entry(request.actor, switch) for switch in switches()],
        "on": switches_in_force().count(),
        "proposed": switches_to_confirm(request.actor).count(),
        "features": [(_(one.name), _(one.meaning)) for one in SWITCHES.values()],
        "assessments": [(_(SWITCHES[one.key].name), one) for one in assessments()],
        "waiting": grants_to_confirm(request.actor),
        "may_propose": request.actor.may_somewhere(Permission.SWITCH_PROPOSE),
    }
    return render(request, "accounts/switches.html", context)


def _entry(actor: Actor, switch: Switch) -> RegisteredSwitch:
    path = switch.organisation.path
    waiting = switch.confirmed_at is None
    ended = switch.ended_at is not None or switch.ends_on < clock.today()
    state = _("waits for the second administrator") if waiting else _("on")
    return RegisteredSwitch(
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
    return submit(
        request,
        _propose,
        to=reverse("accounts:switches"),
        message=_("Proposed. The security administrator now confirms it."),
        page=question(
            bound(request, SwitchForm, find=Choices(places)), _("Propose a switch"), _("Propose")
        ),
    )


@asking
def assess(request: ActorRequest) -> HttpResponse:
    """The system administrator puts an impact assessment on file."""
    if not request.actor.may_somewhere(Permission.SWITCH_PROPOSE):
        raise Absent("switch")
    places = organisations(request.actor, Permission.SWITCH_PROPOSE)
    form = bound(request, AssessmentForm, find=Choices(places))

    def act(actor: Actor, *, organisation: Organisation, **_typed: Any) -> None:
        file_assessment(actor, organisation_id=organisation.pk, facts=form.facts())

    page = question(form, _("Impact assessment"), _("Put on file"))
    return submit(request, act, to=reverse("accounts:switches"), message=_("On file."), page=page)


def _propose(actor: Actor, *, organisation: Organisation, **typed: Any) -> None:
    propose_switch(actor, organisation_id=organisation.pk, **typed)


@writing
def confirm(request: ActorRequest, switch_id: UUID) -> HttpResponse:
    """The security administrator confirms: it is on from now."""
    act = partial(confirm_switch, switch_id=switch_id)
    return submit(request, act, to=reverse("accounts:switches"), message=_("The switch is on."))


@asking
def end(request: ActorRequest, switch_id: UUID) -> HttpResponse:
    """Either administrator turns it off, with the reason."""
    # no end: what is off is not found any more
    if not switches_to_end(request.actor).filter(pk=switch_id).exists():
        raise Absent("switch")
    return submit(
        request,
        partial(end_switch, switch_id=switch_id),
        to=reverse("accounts:switches"),
        message=_("The switch is off."),
        page=question(bound(request, ReasonForm), _("Turn the switch off"), _("Turn off")),
    )
