"""How a registration ends: by its end, by withdrawing the letter, by a transfer."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import community_finder
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands import departures
from baodao.registration.forms import EndForm, TransferForm
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registration_for
from baodao.registration.rules.states import REGISTRATION, EndReason, State
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _back(registration: Registration) -> str:
    return reverse("home:person", args=[registration.person_id])


@asking
def finish(request: ActorRequest, registration_id: UUID) -> HttpResponse:
    """End an accepted registration, with its reason and its date."""
    registration = registration_for(request.actor, registration_id, Permission.REGISTRATION_END)
    page = question(
        bound(request, EndForm, initial={"ended_on": clock.today()}),
        gettext("End the registration of %(name)s") % {"name": registration.person.name},
        gettext("End it"),
        gettext("For a move to another community use “Transfer”, which does both in one."),
    ).while_open(REGISTRATION.move, registration.state, State.ENDED)
    act = partial(departures.end, registration_id=registration.id)
    to, page = partial(_after, request), page.beside(cancel=_back(registration))
    return submit(request, act, to=to, message=gettext("Ended."), page=page)


def _after(request: ActorRequest, registration: Registration) -> str:
    """Who has died has no page in their unit any more."""
    in_unit = request.acting is not None and request.acting.kind == Kind.UNIT
    if in_unit and registration.ended_reason == EndReason.DIED:
        return reverse("people:list")
    return _back(registration)


@asking
def take_back(request: ActorRequest, registration_id: UUID) -> HttpResponse:
    """Withdraw a letter that no community has accepted."""
    registration = registration_for(
        request.actor, registration_id, Permission.REGISTRATION_WITHDRAW
    )
    page = question(
        bound(request, ReasonForm),
        gettext("Withdraw the letter of %(name)s") % {"name": registration.person.name},
        gettext("Withdraw"),
        gettext("Its number stays used. A new letter can be issued afterwards."),
    ).while_open(REGISTRATION.move, registration.state, State.WITHDRAWN)
    act = partial(departures.withdraw, registration_id=registration.id)
    return submit(request, act, to=_back(registration), message=gettext("Withdrawn."), page=page)


@asking
def transfer_to(request: ActorRequest, registration_id: UUID) -> HttpResponse:
    """To another community: one act ends the one and opens the other."""
    row = registration_for(request.actor, registration_id, Permission.REGISTRATION_TRANSFER)
    page = question(
        bound(request, TransferForm, find=community_finder(row.community)),
        gettext("Transfer %(name)s to another community") % {"name": row.person.name},
        gettext("Transfer"),
        gettext("The registration here ends, and the other community gets a new letter at once."),
    ).while_open(REGISTRATION.check, row.state, *REGISTRATION.live)
    return submit(
        request,
        partial(transfer, registration_id=row.id),
        to=_back(row),
        message=gettext("Transferred."),
        page=page,
    )


def transfer(actor: Actor, *, registration_id: UUID, community: Organisation, reason: str) -> None:
    """Run the command with the community the form found."""
    departures.transfer(
        actor, registration_id=registration_id, community_id=community.pk, reason=reason
    )
