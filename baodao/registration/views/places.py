"""Grids and service teams of a community."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.errors import Absent
from baodao.orgs import commands as orgs
from baodao.orgs.models import Organisation
from baodao.orgs.queries import below
from baodao.orgs.rules import Kind
from baodao.registration.forms import PlaceForm
from baodao.registration.queries.desks import placed_counts, places_of
from baodao.registration.views.scope import community_of
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading
from baodao.ui.questions import Question, asked, fresh
from baodao.ui.requests import ActorRequest


def _place(request: ActorRequest, place_id: int) -> Organisation:
    rows = below(community_of(request), Kind.GRID, Kind.TEAM).filter(closed_at=None)
    found = rows.filter(pk=place_id).first()
    if found is None:
        raise Absent("place")
    return found


@reading
def all_places(request: ActorRequest) -> HttpResponse:
    """The community's grids and teams, each with the number of members in it."""
    community = community_of(request)
    counts = placed_counts(community)
    groups = [
        (title, kind, [(place, counts.get(place.pk, 0)) for place in places_of(community, kind)])
        for title, kind in ((gettext("Grids"), Kind.GRID), (gettext("Service teams"), Kind.TEAM))
    ]
    return render(request, "registration/places.html", {"community": community, "groups": groups})


@asking
def add(request: ActorRequest, kind: str) -> HttpResponse:
    """A new grid or service team."""
    community = community_of(request)
    if kind not in (Kind.GRID, Kind.TEAM):
        raise Absent("kind")
    question = Question(
        gettext("New grid") if kind == Kind.GRID else gettext("New service team"),
        gettext("Add"),
        reverse("registration:places"),
    )
    write = partial(orgs.create, kind=Kind(kind), parent_id=community.pk)
    return asked(request, fresh(request, PlaceForm), question, write, gettext("Added."))


@asking
def rename(request: ActorRequest, place_id: int) -> HttpResponse:
    """Another name for a grid or team."""
    place = _place(request, place_id)
    question = Question(
        gettext("Rename %(name)s") % {"name": place.name},
        gettext("Save"),
        reverse("registration:places"),
    )
    form = fresh(request, PlaceForm, initial={"name": place.name})
    write = partial(orgs.rename, organisation_id=place.pk)
    return asked(request, form, question, write, gettext("Saved."))


@asking
def shut(request: ActorRequest, place_id: int) -> HttpResponse:
    """Close a grid or team; who was in it keeps it in their history."""
    place = _place(request, place_id)
    question = Question(
        gettext("Close %(name)s?") % {"name": place.name},
        gettext("Close"),
        reverse("registration:places"),
        gettext("Nobody can be placed in it afterwards; the history stays."),
    )
    write = partial(orgs.close, organisation_id=place.pk)
    return asked(request, fresh(request, ConfirmForm), question, write, gettext("Closed."))
