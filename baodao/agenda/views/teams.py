"""The page of a service team: who leads it, who is in it, what is ahead and what was done."""

from django.http import HttpResponse
from django.shortcuts import render

from baodao.agenda.queries.teams import work_of
from baodao.kernel.authz import Permission
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
        "work": work_of(team),
    }
    return render(request, "agenda/team.html", context)
