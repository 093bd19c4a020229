"""Exemptions and delays: asked for by the clerk, decided by the secretary, revoked in time."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.exemptions.commands import (
    ExemptionRequest,
    decide_exemption,
    request_exemption,
    revoke_exemption,
)
from baodao.exemptions.forms import DecisionForm, ExemptionForm
from baodao.exemptions.models import Exemption
from baodao.exemptions.queries import exemptions, exemptions_of
from baodao.exemptions.rules.states import EXEMPTION, ExemptionState
from baodao.exemptions.tables import exemption_list
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_unit_or_branch
from baodao.people.queries.members import member_of
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@reading
def all_exemptions(request: ActorRequest) -> HttpResponse:
    """Requested, approved and past ones; what waits for a decision stands first."""
    place = acting_unit_or_branch(request, Permission.REGISTRATION_REMIND)
    context = {
        "place": place,
        "may_decide": request.actor.may(Permission.EXEMPTION_APPROVE, place.path),
        "may_request": request.actor.may(Permission.EXEMPTION_REQUEST, place.path),
    }
    listing = Listing(exemptions_of(place), request, exemption_list())
    return listing.response("exemptions/exemptions.html", context)


@asking
def ask(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A request for one member, with its evidence."""
    # no end: a member may be asked for once more, after what was asked before
    membership = member_of(request.actor, Permission.EXEMPTION_REQUEST, person_id)
    page = question(
        bound(request, ExemptionForm, initial={"from_on": clock.today()}),
        gettext("Exemption or delay for %(name)s") % {"name": membership.person.name},
        gettext("Send for decision"),
        gettext("The secretary decides. Nobody decides on their own request."),
    )
    act = partial(_request, person_id=person_id)
    message = gettext("Sent. The secretary will decide.")
    return submit(request, act, to=reverse("exemptions:all"), message=message, page=page)


def _request(actor: Actor, **fields: Any) -> None:
    request_exemption(actor, request=ExemptionRequest(**fields))


def _exemption(request: ActorRequest, permission: Permission, exemption_id: UUID) -> Exemption:
    rows = exemptions(request.actor, permission).select_related("person", "branch")
    exemption = rows.filter(pk=exemption_id).first()
    if exemption is None:
        raise Absent("exemption")
    return exemption


@asking
def decide(request: ActorRequest, exemption_id: UUID) -> HttpResponse:
    """The secretary's word on a request, with everything it rests on."""
    exemption = _exemption(request, Permission.EXEMPTION_APPROVE, exemption_id)
    page = question(
        bound(request, DecisionForm),
        gettext("Decide on %(name)s") % {"name": exemption.person.name},
        gettext("Save the decision"),
        facts=_facts(exemption),
    ).while_open(EXEMPTION.move, exemption.state, ExemptionState.APPROVED)
    act = partial(decide_exemption, exemption_id=exemption.id)
    to = reverse("exemptions:all")
    return submit(request, act, to=to, message=gettext("Decided."), page=page)


def _facts(exemption: Exemption) -> list[tuple[str, object]]:
    return [
        (gettext("Branch"), exemption.branch.name),
        (gettext("Reason"), exemption.get_reason_display()),
        (gettext("What follows"), exemption.get_effect_display()),
        (gettext("Evidence"), exemption.evidence),
        (gettext("First day"), exemption.from_on),
        (gettext("Last day"), exemption.to_on or "—"),
        (gettext("Requested by"), exemption.requested_by),
    ]


@asking
def revoke(request: ActorRequest, exemption_id: UUID) -> HttpResponse:
    """The reason is gone: the member is to report again."""
    exemption = _exemption(request, Permission.EXEMPTION_REQUEST, exemption_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Revoke the exemption of %(name)s") % {"name": exemption.person.name},
        gettext("Revoke"),
        gettext("From then on the member is to report like everybody else."),
    ).while_open(EXEMPTION.move, exemption.state, ExemptionState.REVOKED)
    act = partial(revoke_exemption, exemption_id=exemption.id)
    to = reverse("exemptions:all")
    return submit(request, act, to=to, message=gettext("Revoked."), page=page)
