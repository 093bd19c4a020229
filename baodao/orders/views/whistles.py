"""吹哨报到: the whistles of a place with the answers, and those that a unit has to answer."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orders.commands import whistles as commands
from baodao.orders.forms import DeclineForm
from baodao.orders.queries.whistles import to_answer, whistles_for, whistles_in
from baodao.orders.tables import whistles_of
from baodao.orgs.requests import acting_for, acting_unit
from baodao.orgs.rules.tree import PLACES
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@reading
def whistles(request: ActorRequest) -> HttpResponse:
    """Every whistle of the place and how the unit answered."""
    place = acting_for(request, PLACES, Permission.OFFER_READ)
    listing = Listing(whistles_in(request.actor, place), request, whistles_of(place))
    return listing.response("orders/whistles.html", {"place": place})


@reading
def unit_whistles(request: ActorRequest) -> HttpResponse:
    """What the unit has to answer: take it on, or say why nobody can come."""
    unit = acting_unit(request, Permission.CLAIM_MAKE)
    context = {"unit": unit, "whistles": to_answer(request.actor, unit)}
    return render(request, "orders/unit_whistles.html", context)


@asking
def decline(request: ActorRequest, whistle_id: UUID) -> HttpResponse:
    """Say why nobody can come."""
    row = whistles_for(request.actor).filter(pk=whistle_id).first()
    if row is None:
        raise Absent("whistle")
    page = question(
        bound(request, DeclineForm),
        gettext("Nobody can come to “%(title)s”") % {"title": row.offer.title},
        gettext("Tell the community"),
        gettext("The community reads the reason."),
    )
    act = partial(commands.decline, whistle_id=row.pk)
    to, message = reverse("orders:unit_whistles"), gettext("The community has been told.")
    return submit(request, act, to=to, message=message, page=page)
