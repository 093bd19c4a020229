"""A member's way into a team and out of it, and a leader's word."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State
from baodao.teams.commands import memberships
from baodao.teams.commands.teams import edit_team
from baodao.teams.forms import FarewellForm, MembershipForm, RefusalForm, TeamProfileForm
from baodao.teams.models import TeamRequest
from baodao.teams.queries.teams import (
    counted_teams,
    leaders_of,
    led_teams,
    own_departure,
    own_request,
    own_team,
    requests_to_led,
    team_of,
    teams_in,
    waiting,
    words_of,
)
from baodao.teams.rules.teams import Passage, check_alone, check_unanswered, leaves_on
from baodao.teams.views.desk import consent_words, refusal_words
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
        "departure": own_departure(request.actor),
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
def leave(request: ActorRequest, own_team_id: int) -> HttpResponse:
    """Ask to leave my team; who leads it answers, and nobody is kept."""
    team, departure = own_team(request.actor), own_departure(request.actor)
    if team is None or team.pk != own_team_id:
        raise Absent("team")
    headline, lead = (
        gettext("Leave “%(team)s”") % {"team": team.name},
        _leaving(request.actor, team),
    )
    page = phone_question(bound(request, FarewellForm), headline, gettext("Ask to leave"), lead)
    page = page.while_open(check_alone, departure)
    act = partial(memberships.request_departure, team_id=team.pk)
    to, message = reverse(OWN), gettext("Asked. You are told here.")
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


def _leaving(actor: Actor, team: Organisation) -> str:
    """What follows when a member asks to leave a team: who answers, and that nobody is kept."""
    leaders = [one.registration.person_id for one in leaders_of([team.pk]).get(team.pk, [])]
    if leaders == [actor.person_id]:
        who = gettext("You are its only leader: the community answers, and names another one.")
    elif leaders:
        who = gettext("The leader answers.")
    else:
        who = gettext("The team has no leader: the community answers.")
    day = month_day(leaves_on(clock.today()), clock.today())
    words = gettext(
        "Nobody can be kept: on %(day)s at the latest you have left. Until then you stand in the "
        "team; once you have left, places in what is ahead go to others."
    )
    return f"{who} {words % {'day': day}}"


@writing
@member_only
def withdraw(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Ask no longer."""
    act = partial(memberships.withdraw_request, request_id=request_id)
    return submit(request, act, to=reverse(OWN), message=gettext("Taken back."))


@writing
@member_only
def accept(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """The leader agrees to what a member asks, with one tap."""
    act = partial(memberships.decide_requests, request_ids=[request_id], approve=True)
    return submit(request, act, to=reverse(OWN), message=consent_words)


def _request_to(request: ActorRequest, request_id: UUID) -> TeamRequest:
    row = requests_to_led(request.actor).filter(pk=request_id).first()
    if row is None:
        raise Absent("request")
    return row


@asking
@member_only
def decline(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """The leader does not take somebody in, or asks a member to stay, with what they read."""
    row = _request_to(request, request_id)
    name = {"name": row.registration.person.name}
    headline, lead = gettext("Do not take in %(name)s") % name, gettext("They read the reason.")
    if row.passage == Passage.LEAVE:
        headline = gettext("Ask %(name)s to stay") % name
        day = month_day(row.leaves_on, clock.today())
        lead = gettext("They read it and decide; otherwise they leave on %(day)s.") % {"day": day}
    page = phone_question(bound(request, RefusalForm), headline, gettext("Tell them"), lead)
    page = page.while_open(check_unanswered, row.state, row.reason)
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
