"""Grids and service teams of a community."""

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
from baodao.registration.forms import PlaceForm
from baodao.registration.queries.desks import placed_counts, places_of
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


@reading
def all_places(request: ActorRequest) -> HttpResponse:
    """The community's grids and teams, each with the number of members in it."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    counts = placed_counts(community)
    groups = [
        (title, kind, [(place, counts.get(place.pk, 0)) for place in places_of(community, kind)])
        for title, kind in ((gettext("Grids"), Kind.GRID), (gettext("Service teams"), Kind.TEAM))
    ]
    return render(request, "registration/places.html", {"community": community, "groups": groups})


@asking
def add(request: ActorRequest, kind: str) -> HttpResponse:
    """A new grid or service team."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    if kind not in (Kind.GRID, Kind.TEAM):
        raise Absent("kind")
    headline = gettext("New grid") if kind == Kind.GRID else gettext("New service team")
    page = question(bound(request, PlaceForm), headline, gettext("Add"))
    act = partial(organisations.create, kind=Kind(kind), parent_id=community.pk)
    to = reverse("registration:places")
    return submit(request, act, to=to, message=gettext("Added."), page=page)


@asking
def rename(request: ActorRequest, place_id: int) -> HttpResponse:
    """Another name for a grid or team."""
    place = _place(request, place_id)
    page = question(
        bound(request, PlaceForm),
        gettext("Rename %(name)s") % {"name": place.name},
        gettext("Save"),
    ).editing(place, lambda row: {"name": row.name})
    act = partial(organisations.rename, organisation_id=place.pk)
    to = reverse("registration:places")
    return submit(request, act, to=to, message=gettext("Saved."), page=page)


@asking
def shut(request: ActorRequest, place_id: int) -> HttpResponse:
    """Close a grid or team; who was in it keeps it in their history."""
    place = _place(request, place_id)
    page = question(
        bound(request, ConfirmForm),
        gettext("Close %(name)s?") % {"name": place.name},
        gettext("Close"),
        gettext("Nobody can be placed in it afterwards; the history stays."),
    )
    act = partial(organisations.close, organisation_id=place.pk)
    to = reverse("registration:places")
    return submit(request, act, to=to, message=gettext("Closed."), page=page)
