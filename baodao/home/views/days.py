"""The first pages: a member's, a community's day, a unit's branches."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from baodao.adoptions.tables.lists import own_sentences
from baodao.agenda.queries.openings import home_of
from baodao.checklist.rules.reasons import ACCOUNTED_FOR, Why
from baodao.exemptions.queries import own_exemptions, own_in_force
from baodao.home.navigation import first_page_of
from baodao.home.queries import days
from baodao.home.queries.portraits import own_portrait
from baodao.home.queries.units import branches_without_members, unit_day_of
from baodao.home.tables.days import tasks_of, waiting_together
from baodao.home.tables.profile import own_profile
from baodao.home.tables.steps import steps_to
from baodao.home.tables.tasks import WaitingTasks
from baodao.home.tables.units import branch_rows, next_act
from baodao.home.tables.years import year_chart
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.requests import acting_community, acting_unit_or_branch
from baodao.people.queries.members import own_membership
from baodao.registration.queries.registrations import story_of
from baodao.registration.rules.states import State
from baodao.ui.guards import member_only, reading
from baodao.ui.requests import ActorRequest

_REASONS = (
    (gettext_noop("Missing:"), [why for why in Why if why not in ACCOUNTED_FOR]),
    (gettext_noop("Besides:"), ACCOUNTED_FOR),
)
"""What the first page of a unit says of who is not registered, in this order."""


def first(request: ActorRequest) -> HttpResponse:
    """To the first page of whoever this is."""
    return redirect(first_page_of(request))


@reading
@member_only
def member(request: ActorRequest) -> HttpResponse:
    """Where the member stands, in words, and the one next thing."""
    registrations, membership = days.registrations_of(request.actor), own_membership(request.actor)
    current, day = next(iter(registrations), None), days.own_day(request.actor)
    context = {
        "registration": current,
        "steps": steps_to(current.state if current else ""),
        "membership": membership,
        "exemption": own_in_force(request.actor),
        "items": story_of(current) if current else [],
        **day,
        "policies": own_sentences(day["policies"]),
        "ahead": days.ahead_of(request.actor, home_of(current, membership)),
        "registered": current is not None and current.state == State.ACCEPTED,
    }
    return render(request, "home/member.html", context)


@reading
@member_only
def mine(request: ActorRequest) -> HttpResponse:
    """What others see of the member, in the same words, with their papers, facts and privacy."""
    portrait, records = own_portrait(request.actor), reverse("statements:own")
    membership = next((row for row in portrait.memberships if row.closed_at is None), None)
    context = {
        "portrait": portrait,
        "policies": own_sentences(portrait.policies),
        "records_url": records,
        "chart": year_chart(portrait.services, records),
        "this_year": portrait.services.of_year(clock.today().year),
        "profile": own_profile(
            days.registrations_of(request.actor), list(own_exemptions(request.actor)), membership
        ),
        "membership": membership,
    }
    return render(request, "home/mine.html", context)


@reading
def today(request: ActorRequest) -> HttpResponse:
    """What waits in the community, each with its number and one button, and its figures."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    day = days.day_of(request.actor, community)
    context = {
        "community": community,
        "day": day,
        "tasks": WaitingTasks.of(tasks_of(day)),
        "today": clock.today(),
    }
    return render(request, "home/today.html", context)


@reading
def unit(request: ActorRequest) -> HttpResponse:
    """The unit, or one branch, with both denominators and everybody who is missing."""
    place = acting_unit_or_branch(request, Permission.REGISTRATION_REMIND)
    facts = unit_day_of(request.actor, place)
    gone = branches_without_members(place, facts.standing, facts.served)
    may_issue = request.actor.may(Permission.LETTER_ISSUE, place.path)
    context = {
        "place": place,
        "rows": branch_rows(facts.standing, facts.served, facts.missing, gone),
        "totals": facts.standing.totals,
        "reasons": _reasons_of(facts.standing.totals.reasons),
        "this_year": str(clock.today().year),
        "together": waiting_together(facts),
        "may_issue": may_issue,
        "next": next_act(request.actor, place, facts.standing) if may_issue else None,
    }
    return render(request, "home/unit.html", context | vars(facts))


def _reasons_of(counts: Counter[Why]) -> list[tuple[str, list[tuple[Why, int]]]]:
    """Why people are not registered, and how many each: first of who is missing."""
    return [
        (words, [(why, counts[why]) for why in whys if counts[why]])
        for words, whys in _REASONS
        if any(counts[why] for why in whys)
    ]
