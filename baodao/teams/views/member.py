"""A member's way into a team and out of it, and a leader's word."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State
from baodao.teams.commands import memberships
from baodao.teams.commands.teams import edit_team
from baodao.teams.forms import MembershipForm, RefusalForm, TeamProfileForm
from baodao.teams.models import TeamRequest
from baodao.teams.queries.teams import (
    counted_teams,
    leaders_of,
    led_teams,
    own_request,
    own_team,
    requests_to_led,
    team_of,
    teams_in,
    waiting,
    words_of,
)
from baodao.teams.rules.teams import RequestState
from baodao.teams.views.desk import refusal_words, welcome_words
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit

OWN = "teams:own"


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """My team, the teams of my community that I may join, and who asks me as a leader."""
    mine = own_registration(request.actor)
    here = mine is not None and mine.state == State.ACCEPTED
    context = {
        "registered": here,
        "own": own_team(request.actor),
        "teams": teams_in(mine.community) if here and mine else [],
        "pending": own_request(request.actor),
        "led": led_teams(request.actor).first(),
        "requests": waiting(requests_to_led(request.actor)),
    }
    return render(request, "teams/own.html", context)


@asking
@member_only
def join(request: ActorRequest, team_id: int) -> HttpResponse:
    """Ask to join a team; whoever stands in another leaves it when the leader says yes."""
    # no end: only open teams are found
    team, present = team_of(request.actor, team_id), own_team(request.actor)
    lead = gettext("Its leader answers you here.")
    if present:
        moved = gettext("You leave “%(team)s” once you are taken in.") % {"team": present.name}
        lead = f"{lead} {moved}"
    headline = gettext("Join “%(team)s”") % {"team": team.name}
    page = phone_question(bound(request, MembershipForm), headline, gettext("Ask to join"), lead)
    act = partial(memberships.request_membership, team_id=team.pk)
    message = gettext("Asked. The leader of the team answers you here.")
    to = reverse(OWN)
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


@asking
@member_only
def leave(request: ActorRequest, team_id: int) -> HttpResponse:
    """Leave my team, with one question."""
    # no end: only the own team is found
    team = own_team(request.actor)
    if team is None or team.pk != team_id:
        raise Absent("team")
    page = phone_question(
        bound(request, Form),
        gettext("Leave “%(team)s”") % {"team": team.name},
        gettext("Leave"),
        _leaving(request.actor, team),
    )
    act = partial(memberships.leave_team, team_id=team.pk)
    to, message = reverse(OWN), gettext("You have left the team.")
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


def _leaving(actor: Actor, team: Organisation) -> str:
    """What follows when a member leaves a team; its only leader reads that it has none then."""
    leaders = [one.registration.person_id for one in leaders_of([team.pk]).get(team.pk, [])]
    if leaders == [actor.person_id]:
        return gettext(
            "You are its only leader: the team has none until the community names another one. "
            "Places in what is ahead go to others."
        )
    return gettext(
        "The leader is told; nobody need be asked. Places in what is ahead go to others."
    )


@writing
@member_only
def withdraw(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Ask no longer."""
    act = partial(memberships.withdraw_request, request_id=request_id)
    return submit(request, act, to=reverse(OWN), message=gettext("Taken back."))


@writing
@member_only
def accept(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """The leader says yes, with one tap."""
    act = partial(memberships.decide_requests, request_ids=[request_id], approve=True)
    return submit(request, act, to=reverse(OWN), message=welcome_words)


def _request_to(request: ActorRequest, request_id: UUID) -> TeamRequest:
    row = requests_to_led(request.actor).filter(pk=request_id).first()
    if row is None:
        raise Absent("request")
    return row


@asking
@member_only
def decline(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """The leader says no, with the reason that the member reads."""
    row = _request_to(request, request_id)
    page = phone_question(
        bound(request, RefusalForm),
        gettext("Do not take in %(name)s") % {"name": row.registration.person.name},
        gettext("Tell them"),
        gettext("They read the reason."),
    )
    page = page.while_open(TeamRequest.life.check, row.state, RequestState.WAITING)
    act = partial(memberships.decide_requests, request_ids=[row.pk], approve=False)
    to, message = reverse(OWN), refusal_words
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


@asking
@member_only
def describe(request: ActorRequest, team_id: int) -> HttpResponse:
    """The leader writes what the team is about."""
    # no end: only a team that one leads is found
    team = counted_teams(led_teams(request.actor)).filter(pk=team_id).first()
    if team is None:
        raise Absent("team")
    headline = gettext("About “%(team)s”") % {"team": team.name}
    page = phone_question(bound(request, TeamProfileForm), headline, gettext("Save")).editing(
        team, words_of
    )
    act, to = partial(edit_team, team_id=team.pk), reverse(OWN)
    message = gettext("Saved.")
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))
