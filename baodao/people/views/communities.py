"""Names of communities, offered while one types the name of one."""

from django.http import HttpResponse
from django.shortcuts import render

from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import city_path, communities, place_name
from baodao.people.queries.members import own_membership
from baodao.ui.guards import reading
from baodao.ui.requests import ActorRequest

OPTIONS = 20


@reading
def options(request: ActorRequest) -> HttpResponse:
    """The communities of one's city whose name has the typed words, for the field's list."""
    words = next((str(value) for value in request.GET.values() if value), "")
    rows = communities(_city(request), words)[:OPTIONS] if words.strip() else []
    names = [place_name(row) for row in rows]
    return render(request, "people/community_options.html", {"names": names})


def _city(request: ActorRequest) -> str:
    """The path of the city of the organisation acted for, else of one's own branch."""
    place: Organisation | None = request.acting
    if place is None:
        membership = own_membership(request.actor)
        place = membership.branch if membership else None
    return city_path(place) if place else ""
