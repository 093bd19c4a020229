"""A community's day: what waits, the members here, and the units that reported."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.registration.commands.units import accept_unit, return_unit
from baodao.registration.forms import ReturnForm
from baodao.registration.models import UnitRegistration
from baodao.registration.queries.units import unit_registrations
from baodao.registration.tables.lists import units_here
from baodao.registration.views.listings import members_listing
from baodao.registration.views.scope import community_of
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.questions import Question, asked, fresh, sent
from baodao.ui.requests import ActorRequest


@reading
def members(request: ActorRequest) -> HttpResponse:
    """The ledger of members who reported here; those whose registration ended on request."""
    community = community_of(request)
    context = {"community": community, "ended": request.GET.get("presence") == "ended"}
    return members_listing(request, community).response("registration/members.html", context)


@reading
def units(request: ActorRequest) -> HttpResponse:
    """The units that reported here or wait to be accepted."""
    community = community_of(request)
    rows = unit_registrations(request.actor).filter(community=community)
    listing = Listing(rows, request, units_here())
    return listing.response("registration/units.html", {"community": community})


def _unit_registration(request: ActorRequest, unit_registration_id: UUID) -> UnitRegistration:
    rows = unit_registrations(request.actor, Permission.UNIT_REGISTRATION_ACCEPT)
    found = rows.select_related("unit", "community").filter(pk=unit_registration_id).first()
    if found is None:
        raise Absent("unit registration")
    return found


@writing
def receive_unit(request: ActorRequest, unit_registration_id: UUID) -> HttpResponse:
    """Accept the unit's contact form."""
    return sent(
        request,
        partial(accept_unit, unit_registration_id=unit_registration_id),
        to=reverse("registration:units"),
        said=gettext("Accepted. The unit has been told."),
    )


@asking
def give_unit_back(request: ActorRequest, unit_registration_id: UUID) -> HttpResponse:
    """Return the unit's contact form with a reason."""
    held = _unit_registration(request, unit_registration_id)
    question = Question(
        gettext("Return the contact form of %(unit)s") % {"unit": held.unit.name},
        gettext("Return"),
        reverse("registration:units"),
        gettext("The unit reads your reason and can present the form again."),
    )
    write = partial(return_unit, unit_registration_id=held.id)
    said = gettext("Returned. The unit has been told why.")
    return asked(request, fresh(request, ReturnForm), question, write, said)
