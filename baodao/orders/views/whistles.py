"""吹哨报到, 支部派单: whistles of a place with the answers, those that a unit or a branch has to
answer, and what a unit gives to its branches."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.commands.messages import check_free
from baodao.agenda.queries.parties import offer_to_party
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orders.commands import whistles as commands
from baodao.orders.forms import DeclineForm
from baodao.orders.queries.receivers import parties_of, still_to_ask
from baodao.orders.queries.whistles import (
    check_unanswered,
    to_answer,
    whistle_rows,
    whistles_for,
    whistles_for_branches,
    whistles_in,
)
from baodao.orders.tables import whistles_of, whistles_of_branches
from baodao.orgs.requests import acting_for, acting_unit, acting_unit_or_branch
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.guards import asking, choosing, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

UNIT_WHISTLES = "orders:unit_whistles"


@reading
def whistles(request: ActorRequest) -> HttpResponse:
    """Every whistle of the place and how the unit answered."""
    place = acting_for(request, PLACES, Permission.OFFER_READ)
    listing = Listing(whistles_in(request.actor, place), request, whistles_of(place))
    return listing.response("orders/whistles.html", {"place": place})


@reading
def unit_whistles(request: ActorRequest) -> HttpResponse:
    """What the unit or the branch has to answer: take it on, or say why nobody can come; of a unit
    also what its branches have and since when."""
    unit = acting_unit_or_branch(request, Permission.CLAIM_MAKE)
    whole = unit.kind == Kind.UNIT
    rows = whistles_for_branches(request.actor, unit) if whole else whistle_rows().none()
    listing = Listing(rows, request, whistles_of_branches())
    context = {"unit": unit, "whole": whole, "whistles": to_answer(request.actor, unit)}
    return listing.response("orders/unit_whistles.html", context)


@choosing
def to_branches(request: ActorRequest, party_offer_id: UUID) -> HttpResponse:
    """派单: the unit ticks which of its branches shall take on what is offered to it."""
    unit = acting_unit(request, Permission.CLAIM_MAKE)
    offer = offer_to_party(request.actor, unit, party_offer_id)
    ticked = [int(one) for one in request.POST.getlist("units") if one.isdecimal()]
    branches = still_to_ask(offer, parties_of([unit])[1:])
    context = {"offer": offer, "branches": branches, "ticked_units": set(ticked)}
    page = FormPage(bound(request, Form), "orders/to_branches.html", context)
    act = partial(
        commands.whistle_for_branches, offer_id=offer.pk, unit_id=unit.pk, branch_ids=ticked
    )
    to = reverse(UNIT_WHISTLES)
    message = gettext("Dispatched. You read here what each branch answers.")
    page = page.while_open(check_free, offer)
    return submit(request, act, to=to, message=message, page=page)


@asking
def decline(request: ActorRequest, whistle_id: UUID) -> HttpResponse:
    """Say why nobody can come."""
    row = whistles_for(request.actor).filter(pk=whistle_id).first()
    if row is None:
        raise Absent("whistle")
    page = question(
        bound(request, DeclineForm),
        gettext("Nobody can come to “%(title)s”") % {"title": row.offer.title},
        gettext("Tell who asked"),
        gettext("%(name)s reads the reason.") % {"name": row.sender.name},
    )
    act = partial(commands.decline, whistle_id=row.pk)
    page = page.while_open(check_unanswered, row)
    to, message = reverse(UNIT_WHISTLES), gettext("Whoever asked has been told.")
    return submit(request, act, to=to, message=message, page=page)
