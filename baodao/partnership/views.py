"""The unit's own registration, for the unit that presents it and for the community it goes to."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import community_finder
from baodao.orgs.queries.tree import ancestor_of, ids_below, place_name, standing_of
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.tree import Kind
from baodao.partnership import documents, queries
from baodao.partnership.commands import registrations
from baodao.partnership.commands.registrations import UnitContact
from baodao.partnership.forms import UnitContactForm
from baodao.partnership.rules.states import UNIT_REGISTRATION, UnitState
from baodao.partnership.tables import units_here
from baodao.ui.forms import ReasonForm, ReturnForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

KEPT = ("secretary", "secretary_phone", "contact_name", "contact_phone", "resources", "needs")
UNIT_SIDE = (Kind.UNIT, Kind.BRANCH)


@reading
def standing(request: ActorRequest) -> HttpResponse:
    """Where the unit's registration stands, and the one next thing."""
    unit = ancestor_of(acting_for(request, UNIT_SIDE, Permission.REGISTRATION_REMIND), Kind.UNIT)
    if unit is None:
        raise Absent("unit")
    registration = queries.unit_registration_of(request.actor, unit).answer()
    context = {
        "unit": unit,
        "registration": registration,
        "community": standing_of(registration.community) if registration else None,
        "items": queries.unit_timeline(request.actor, registration) if registration else [],
        "may_present": request.actor.may(Permission.UNIT_REGISTRATION_PRESENT, unit.path),
    }
    return render(request, "partnership/standing.html", context)


@asking
def present(request: ActorRequest) -> HttpResponse:
    """The contact form, filled with what is known from the last time or from the unit."""
    unit = acting_for(request, UNIT_SIDE, Permission.UNIT_REGISTRATION_PRESENT)
    return submit(
        request,
        partial(_present, unit_id=unit.pk),
        to=reverse("partnership:standing"),
        message=gettext("Presented to the community."),
        page=_contact_page(request, unit),
    )


def _contact_page(request: ActorRequest, unit: Organisation) -> FormPage:
    page = question(
        bound(request, UnitContactForm, find=community_finder(unit)),
        gettext("Contact form of the unit"),
        gettext("Present to the community"),
        gettext("The community accepts it and becomes your partner community."),
    )
    last = queries.unit_registration_of(request.actor, unit).answer()
    return page.editing(unit, partial(_known, request.actor), last.pk if last else None)


def _known(actor: Actor, unit: Organisation) -> dict[str, str]:
    """What the form begins with: what was presented last, else the contact of the unit."""
    last = queries.unit_registration_of(actor, unit).answer()
    if last is None:
        return {"contact_name": unit.contact_name, "contact_phone": unit.contact_phone}
    return {"community": place_name(last.community)} | {name: getattr(last, name) for name in KEPT}


def _present(actor: Actor, *, unit_id: int, community: Organisation, **fields: str) -> None:
    contact = UnitContact(**fields)
    registrations.present(actor, unit_id=unit_id, community_id=community.pk, contact=contact)


@asking
def end(request: ActorRequest, unit_registration_id: UUID) -> HttpResponse:
    """The unit leaves its partner community, or takes its form back."""
    permission = Permission.UNIT_REGISTRATION_PRESENT
    row = queries.one_unit_registration(request.actor, unit_registration_id, permission)
    page = question(
        bound(request, ReasonForm),
        gettext("End the contact with the community?"),
        gettext("End it"),
        gettext("Members registered there stay registered; the unit can report elsewhere."),
    ).while_open(UNIT_REGISTRATION.move, row.state, UnitState.ENDED)
    act = partial(registrations.end, unit_registration_id=row.pk)
    to = reverse("partnership:standing")
    return submit(request, act, to=to, message=gettext("Ended."), page=page)


@reading
def paper(request: ActorRequest, unit_registration_id: UUID, ending: str) -> HttpResponse:
    """The unit's contact form, for the unit and for its community."""
    registration = queries.one_unit_registration(request.actor, unit_registration_id)
    return paper_download(request, documents.unit_contact(registration, ending))


@reading
def units(request: ActorRequest) -> HttpResponse:
    """The units that reported to the community or wait to be accepted."""
    community = acting_community(request, Permission.UNIT_REGISTRATION_ACCEPT)
    rows = queries.unit_registrations(request.actor).filter(community__in=ids_below(community.path))
    listing = Listing(rows, request, units_here())
    return listing.response("partnership/units.html", {"community": community})


@writing
def accept(request: ActorRequest, unit_registration_id: UUID) -> HttpResponse:
    """Accept the unit's contact form."""
    return submit(
        request,
        partial(registrations.accept, unit_registration_id=unit_registration_id),
        to=reverse("partnership:units"),
        message=gettext("Accepted. The unit has been told."),
    )


@asking
def give_back(request: ActorRequest, unit_registration_id: UUID) -> HttpResponse:
    """Return the unit's contact form with a reason."""
    permission = Permission.UNIT_REGISTRATION_ACCEPT
    registration = queries.one_unit_registration(request.actor, unit_registration_id, permission)
    page = question(
        bound(request, ReturnForm),
        gettext("Return the contact form of %(unit)s") % {"unit": registration.unit.name},
        gettext("Return"),
        gettext("The unit reads your reason and can present the form again."),
    ).while_open(UNIT_REGISTRATION.move, registration.state, UnitState.RETURNED)
    act = partial(registrations.return_to_unit, unit_registration_id=registration.pk)
    message = gettext("Returned. The unit has been told why.")
    return submit(request, act, to=reverse("partnership:units"), message=message, page=page)
