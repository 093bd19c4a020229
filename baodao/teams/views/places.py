"""Grids of a community; and the name and the end of a grid or a team."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.commands import organisations
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.requests import acting_community
from baodao.orgs.rules.tree import Kind
from baodao.registration.queries.desks import places_of
from baodao.teams.forms import PlaceForm
from baodao.teams.queries.teams import grid_counts
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _place(request: ActorRequest, place_id: int) -> Organisation:
    rows = below(
        acting_community(request, Permission.REGISTRATION_ACCEPT), Kind.GRID, Kind.TEAM
    ).filter(closed_at=None)
    place = rows.filter(pk=place_id).first()
    if place is None:
        raise Absent("place")
    return place


def _list_of(place: Organisation) -> str:
    """Where it stands among others of its kind."""
    return reverse("teams:list" if place.kind == Kind.TEAM else "teams:places")


@reading
def all_places(request: ActorRequest) -> HttpResponse:
    """The community's grids, each with the number of members in it."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    counts = grid_counts(community)
    grids = [(place, counts.get(place.pk, 0)) for place in places_of(community, Kind.GRID)]
    return render(request, "teams/places.html", {"community": community, "grids": grids})


@asking
def add(request: ActorRequest) -> HttpResponse:
    """A new grid."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    page = question(bound(request, PlaceForm), gettext("New grid"), gettext("Add"))
    act = partial(organisations.create, kind=Kind.GRID, parent_id=community.pk)
    to = reverse("teams:places")
    return submit(request, act, to=to, message=gettext("Added."), page=page)


@asking
def rename(request: ActorRequest, place_id: int) -> HttpResponse:
    """Another name for a grid or team."""
    # no end: only open grids and teams are found
    place = _place(request, place_id)
    page = question(
        bound(request, PlaceForm),
        gettext("Rename %(name)s") % {"name": place.name},
        gettext("Save"),
    ).editing(place, lambda row: {"name": row.name})
    act, to = partial(organisations.rename, organisation_id=place.pk), _list_of(place)
    return submit(request, act, to=to, message=gettext("Saved."), page=page)


@asking
def shut(request: ActorRequest, place_id: int) -> HttpResponse:
    """Close a grid or team; who was in it keeps it in their history."""
    # no end: only open grids and teams are found
    place = _place(request, place_id)
    page = question(
        bound(request, ConfirmForm),
        gettext("Close %(name)s?") % {"name": place.name},
        gettext("Close"),
        gettext("Nobody can be placed in it afterwards; the history stays."),
    )
    act, to = partial(organisations.close, organisation_id=place.pk), _list_of(place)
    return submit(request, act, to=to, message=gettext("Closed."), page=page)
