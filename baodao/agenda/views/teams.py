"""The page of a service team: who leads it, who is in it, what is ahead and what was done; and its
calendar."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.agenda.commands.calendars import renew_feed
from baodao.agenda.queries.calendars import month_of_team
from baodao.agenda.queries.feeds import own_feed
from baodao.agenda.queries.teams import work_of
from baodao.agenda.views.calendars import feed_address, month_asked, renewal_words
from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.people.queries.members import with_belonging
from baodao.teams.queries.teams import mates, own_team, reads_names, team_of
from baodao.ui.guards import member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def show(request: ActorRequest, team_id: int) -> HttpResponse:
    """For members of its community and who reads there; the names for who is in it, or works
    there."""
    team = team_of(request.actor, team_id)
    named = reads_names(request.actor, team)
    works = request.actor.may(Permission.REGISTRATION_READ, team.path)
    context = {
        "team": team,
        "members": with_belonging(mates(team)) if named else (),
        "named": named,
        "works": works,
        "at_window": request.actor.may(Permission.CLAIM_DECIDE, team.path),
        "list_url": _list_url(request, team, works=works),
        "work": work_of(team),
    }
    return render(request, "agenda/team.html", context)


@reading
def calendar(request: ActorRequest, team_id: int) -> HttpResponse:
    """The month of a team, for whoever sees its page; who is in it may have it on their phone."""
    team = team_of(request.actor, team_id)
    month = month_of_team(team, month_asked(request.GET.get("month", "")))
    mine = own_team(request.actor) == team
    context = {
        "team": team,
        "month": month,
        "weekdays": [day.on for day in month.weeks[0]],
        "named": reads_names(request.actor, team),
        "works": request.actor.may(Permission.REGISTRATION_READ, team.path),
        "mine": mine,
        "feed": feed_address(own_feed(request.actor, team)) if mine else "",
    }
    return render(request, "agenda/team_calendar.html", context)


@writing
@member_only
def renew(request: ActorRequest, own_team_id: int) -> HttpResponse:
    """Make the address of the team's calendar, or a new one that ends the old."""
    act = partial(renew_feed, team_id=own_team_id)
    to = reverse("agenda:team_calendar", args=[own_team_id])
    return submit(request, act, to=to, message=renewal_words)


def _list_url(request: ActorRequest, team: Organisation, *, works: bool) -> str:
    """The list of teams that the reader may see: of who places members there, or of who joins one;
    none for who reads only."""
    if request.actor.may(Permission.REGISTRATION_PLACE, team.path):
        return reverse("teams:list")
    return "" if works else reverse("teams:own")
