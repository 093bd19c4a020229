"""The page of a service team: who leads it, who is in it, what is ahead and what was done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.agenda.queries.teams import work_of
from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.teams.queries.teams import mates, reads_names, team_of
from baodao.ui.guards import reading
from baodao.ui.requests import ActorRequest


@reading
def show(request: ActorRequest, team_id: int) -> HttpResponse:
    """For members of its community and who reads there; the names for who is in it, or works
    there."""
    team = team_of(request.actor, team_id)
    named = reads_names(request.actor, team)
    works = request.actor.may(Permission.REGISTRATION_READ, team.path)
    context = {
        "team": team,
        "members": mates(team) if named else (),
        "named": named,
        "works": works,
        "at_window": request.actor.may(Permission.CLAIM_DECIDE, team.path),
        "list_url": _list_url(request, team, works=works),
        "work": work_of(team),
    }
    return render(request, "agenda/team.html", context)


def _list_url(request: ActorRequest, team: Organisation, *, works: bool) -> str:
    """The list of teams that the reader may see: of who places members there, or of who joins one;
    none for who reads only."""
    if request.actor.may(Permission.REGISTRATION_PLACE, team.path):
        return reverse("teams:list")
    return "" if works else reverse("teams:own")
