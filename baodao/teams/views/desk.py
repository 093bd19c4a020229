"""A community's teams: made, led by whom, who asks to join or leave, which could be made."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_community
from baodao.teams.commands import memberships, teams
from baodao.teams.commands.suggestions import accept_suggestion
from baodao.teams.forms import LeaderForm, TeamForm, TeamProfileForm
from baodao.teams.models import TeamLeader
from baodao.teams.queries.suggestions import rest, team_suggestions
from baodao.teams.queries.teams import (
    leadership,
    mates,
    requests_to,
    teams_in,
    waiting,
    words_of,
)
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

LIST = "teams:list"
PLACE = Permission.REGISTRATION_PLACE


@reading
def all_teams(request: ActorRequest) -> HttpResponse:
    """The teams of the community with who leads them, and who asks to join or
    leave one."""
    community = acting_community(request, PLACE)
    rows = list(teams_in(community))
    context = {
        "community": community,
        "teams": rows,
        "requests": waiting(requests_to(request.actor)).filter(team__in=[t.pk for t in rows]),
        "suggested": len(team_suggestions(request.actor, community)),
    }
    return render(request, "teams/list.html", context)


@asking
def add(request: ActorRequest) -> HttpResponse:
    """A new team."""
    community = acting_community(request, PLACE)
    page = question(bound(request, TeamForm), gettext("New service team"), gettext("Add"))
    act = partial(teams.create_team, community_id=community.pk)
    return submit(request, act, to=reverse(LIST), message=gettext("Added."), page=page)


def _team(request: ActorRequest, team_id: int) -> Any:
    """An open team of the community acted for."""
    team = teams_in(acting_community(request, PLACE)).filter(pk=team_id).first()
    if team is None:
        raise Absent("team")
    return team


@asking
def edit(request: ActorRequest, team_id: int) -> HttpResponse:
    """What a team is of, and says about itself."""
    # no end: only open teams, and who leads one, are found
    team = _team(request, team_id)
    headline = gettext("About “%(team)s”") % {"team": team.name}
    page = question(bound(request, TeamProfileForm), headline, gettext("Save")).editing(
        team, words_of
    )
    act = partial(teams.edit_team, team_id=team.pk)
    return submit(request, act, to=reverse(LIST), message=gettext("Saved."), page=page)


@asking
def name_leader(request: ActorRequest, team_id: int) -> HttpResponse:
    """Who of its members leads a team, beside who does already."""
    # no end: only open teams, and who leads one, are found
    team = _team(request, team_id)
    leads = leadership().filter(team=team).order_by().values("registration")
    members = mates(team).exclude(pk__in=leads)
    page = question(
        bound(request, LeaderForm, members=members),
        gettext("Leader of “%(team)s”") % {"team": team.name},
        gettext("Name as leader"),
        gettext("They answer who wants to join, and claim for the team; they are told."),
    )

    def act(actor: Actor, *, registration: str) -> TeamLeader:
        return teams.name_leader(actor, team_id=team.pk, registration_id=UUID(registration))

    return submit(request, act, to=reverse(LIST), message=gettext("Named, and told."), page=page)


@asking
def relieve(request: ActorRequest, leader_id: UUID) -> HttpResponse:
    """Let somebody lead no longer; they stay a member."""
    # no end: only open teams, and who leads one, are found
    community = acting_community(request, PLACE)
    rows = leadership().filter(team__in=teams_in(community).order_by().values("pk"))
    row = rows.filter(pk=leader_id).first()
    if row is None:
        raise Absent("leader")
    names = {"name": row.registration.person.name, "team": row.team.name}
    page = question(
        bound(request, ConfirmForm),
        gettext("%(name)s leads “%(team)s” no longer?") % names,
        gettext("Lead no longer"),
        gettext("They stay a member, and are told."),
    )
    act = partial(teams.relieve_leader, leader_id=row.pk)
    return submit(request, act, to=reverse(LIST), message=gettext("Saved."), page=page)


@writing
def decide(request: ActorRequest) -> HttpResponse:
    """Agree to what the ticked ask, or tell them with one reason why not."""
    acting_community(request, PLACE)
    yes = request.POST.get("decision") != "refuse"
    reason = "" if yes else request.POST.get("reason", "")
    act = partial(
        memberships.decide_requests, request_ids=ids_of(request), approve=yes, reason=reason
    )
    return submit(request, act, to=reverse(LIST), message=consent_words if yes else refusal_words)


def welcome_words(count: int) -> str:
    """What is said once members were taken in."""
    return ngettext(
        "%(count)s member taken in, and told.", "%(count)s members taken in, and told.", count
    ) % {"count": count}  # fmt: skip


def consent_words(count: int) -> str:
    """What is said once requests to join or to leave were agreed to."""
    return ngettext(
        "%(count)s request agreed to, and told.", "%(count)s requests agreed to, and told.", count
    ) % {"count": count}  # fmt: skip


def refusal_words(_count: int) -> str:
    """What is said once members were not taken in, or asked to stay."""
    return gettext("They have been told why.")


@reading
def suggestions(request: ActorRequest) -> HttpResponse:
    """Teams that could be made of who is in none, with the reasons."""
    community = acting_community(request, PLACE)
    rows = team_suggestions(request.actor, community)
    context = {"community": community, "rest": rest(request.actor, community), "suggestions": rows}
    return render(request, "teams/suggestions.html", context)


@writing
def accept(request: ActorRequest) -> HttpResponse:
    """Make one of them; everybody is told."""
    community = acting_community(request, PLACE)
    key = request.POST.get("key", "")
    act = partial(accept_suggestion, community_id=community.pk, key=key)
    return submit(request, act, to=reverse(LIST), message=welcome_words)
