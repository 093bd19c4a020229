"""资源清单: the list of a unit or of what reaches a community, one resource with its calendar."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents import files
from baodao.documents.form import Form
from baodao.documents.views import paper_page
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.days import read_month
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for, acting_unit
from baodao.orgs.rules.policies import UNITS
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.partnership.queries import partner_community
from baodao.resources.commands import resources as commands
from baodao.resources.documents import list_item
from baodao.resources.forms import ResourceForm
from baodao.resources.models import Resource
from baodao.resources.queries.barriers import with_own_claims
from baodao.resources.queries.calendars import resource_month
from baodao.resources.queries.fits import needs_for
from baodao.resources.queries.lists import (
    READ,
    RECEIVE,
    WRITE,
    bookings_of,
    kinds_at,
    needs_in,
    own_resource,
    resource_in,
    resources_in,
    resources_reaching,
)
from baodao.resources.rules.lives import RESOURCE, ListClaimState, ResourceState
from baodao.resources.rules.papers import RESOURCE_LIST
from baodao.resources.tables import resources_of
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

LIST = "resources:list"


def place_of(request: ActorRequest) -> Organisation:
    """For which place, unit or branch the request reads the lists. Raises `Absent`."""
    return acting_for(request, (*PLACES, *UNITS), READ)


def sides(request: ActorRequest, place: Organisation) -> dict[str, object]:
    """What pages of lists ask of who reads them: for which side they act, and whether that is a
    unit without a partner community."""
    actor = request.actor
    as_unit = place.kind == Kind.UNIT and actor.may(WRITE, place.path)
    return {
        "place": place,
        "as_unit": as_unit,
        "unpartnered": as_unit and partner_community(place) is None,
        "as_community": place.kind == Kind.COMMUNITY and actor.may(RECEIVE, place.path),
    }


def paper_of(request: ActorRequest, form: Form, rows: list[object], ending: str) -> HttpResponse:
    """One of the lists to look at or as a file. Raises `Absent` for an unknown medium."""
    place = place_of(request)
    check_printable(len(rows))
    item = list_item(form, place, rows)
    if ending == "html":
        return paper_page(request, form, [item])
    return paper_download(request, files.render(form.code, [item], form.file_in(ending)))


@reading
def resources(request: ActorRequest) -> HttpResponse:
    """The list of resources: a unit's own, else what reaches who reads it."""
    place = place_of(request)
    rows = resources_in(request.actor, place)
    listing = Listing(rows, request, resources_of(own=place.kind == Kind.UNIT))
    return listing.response("resources/resources.html", sides(request, place))


@reading
def paper(request: ActorRequest, ending: str) -> HttpResponse:
    """资源清单 of what stands on the list."""
    rows = resources_in(request.actor, place_of(request)).filter(state=ResourceState.PUBLISHED)
    return paper_of(request, RESOURCE_LIST, list(rows.order_by("kind", "title", "pk")), ending)


@reading
def resource(request: ActorRequest, resource_id: UUID) -> HttpResponse:
    """One resource: what it is, for when it is lent, and which needs it fits."""
    place = place_of(request)
    row = resource_in(request.actor, place, resource_id)
    bookings, now = bookings_of(row), clock.now()
    lent = bookings.filter(state=ListClaimState.AGREED)
    calls = with_own_claims(needs_in(request.actor, place), row.unit)
    context = sides(request, place) | {
        "resource": row,
        "ahead": bookings.filter(ends_at__gt=now),
        "past": lent.filter(ends_at__lte=now).order_by("-starts_at", "pk"),
        "fits": needs_for(row, calls),
        "reaching": _reaching(place, row),
    }
    return render(request, "resources/resource.html", context)


def _reaching(place: Organisation, row: Resource) -> bool:
    """Whether a resource is offered to a place now."""
    return place.kind == Kind.COMMUNITY and resources_reaching(place).filter(pk=row.pk).exists()


@reading
def calendar(request: ActorRequest, resource_id: UUID) -> HttpResponse:
    """A month of a resource: for which hours it is lent or wanted, and when it is free."""
    place = place_of(request)
    row = resource_in(request.actor, place, resource_id)
    words = request.GET.get("month", "")
    month = read_month(words) if words else clock.today().replace(day=1)
    claims = request.actor.may(RECEIVE, place.path) and _reaching(place, row)
    context = {"resource": row, "month": resource_month(row, month), "reaching": claims}
    return render(request, "resources/calendar.html", context)


def _address(row: Resource) -> str:
    return reverse("resources:resource", args=[row.pk])


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Write a resource down."""
    unit = acting_unit(request, WRITE)
    contact = {"contact_name": unit.contact_name, "contact_phone": unit.contact_phone}
    # no edit: a new one, beginning with the contact of the unit
    form = bound(request, ResourceForm, kinds=kinds_at(unit), initial=contact)
    page = _form_page(form, gettext("A new resource"), gettext("Save as a draft"))

    def act(actor: Actor, **_: object) -> Resource:
        return commands.draft_resource(actor, unit_id=unit.pk, facts=form.facts())

    return submit(request, act, to=_address, page=page.beside(cancel=reverse(LIST)))


def _form_page(form: ResourceForm, headline: str, label: str) -> FormPage:
    lead = gettext("Communities read it once you publish it.")
    return question(form, headline, label, lead)


@asking
def edit(request: ActorRequest, resource_id: UUID) -> HttpResponse:
    """Write anew what is said of a resource."""
    row = own_resource(request.actor, resource_id)
    form = bound(request, ResourceForm, kinds=kinds_at(row.unit))
    headline = gettext("Change “%(title)s”") % {"title": row.title}
    page = _form_page(form, headline, gettext("Save")).editing(row, _known)

    def act(actor: Actor, **_: object) -> Resource:
        return commands.edit_resource(actor, resource_id=row.pk, facts=form.facts())

    page = page.while_open(RESOURCE.check, row.state, *RESOURCE.live)
    return submit(request, act, to=_address, message=gettext("Saved."), page=page)


def _known(row: Resource) -> dict[str, object]:
    return {name: getattr(row, name) for name in ResourceForm.base_fields}


@writing
def publish(request: ActorRequest, resource_id: UUID) -> HttpResponse:
    """Put it on the list."""
    act = partial(commands.publish_resource, resource_id=resource_id)
    message = gettext("Published. Your partner community has been told.")
    return submit(request, act, to=_address, message=message)


def _why(
    request: ActorRequest, resource_id: UUID, to: ResourceState, label: str, lead: str
) -> FormPage:
    row = own_resource(request.actor, resource_id)
    headline = f"{label}：{row.title}"
    form = bound(request, ReasonForm)
    page = question(form, headline, label, lead).beside(cancel=_address(row))
    return page.while_open(RESOURCE.move, row.state, to)


@asking
def withdraw(request: ActorRequest, resource_id: UUID) -> HttpResponse:
    """Take it off the list for now."""
    lead = gettext("What was agreed stays; it can be published again.")
    page = _why(request, resource_id, ResourceState.WITHDRAWN, gettext("Take off the list"), lead)
    act = partial(commands.withdraw_resource, resource_id=resource_id)
    return submit(request, act, to=_address, message=gettext("Taken off the list."), page=page)


@asking
def end(request: ActorRequest, resource_id: UUID) -> HttpResponse:
    """The unit does not have it any more."""
    lead = gettext("What is claimed for later ends, and whoever claimed it is told why.")
    page = _why(request, resource_id, ResourceState.ENDED, gettext("End this resource"), lead)
    act = partial(commands.end_resource, resource_id=resource_id)
    return submit(request, act, to=_address, message=gettext("Ended."), page=page)
