"""The first pages: a member's, a community's day, a unit's branches."""

from collections import Counter
from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from baodao.agenda.queries.claims import most_urgent
from baodao.agenda.queries.openings import home_of
from baodao.checklist.queries.missing_members import missing_groups
from baodao.checklist.queries.standings import unit_standing
from baodao.checklist.rules.reasons import ACCOUNTED_FOR, Why
from baodao.checklist.tables import MOST_NAMES
from baodao.exemptions.queries import own_exemptions, own_in_force
from baodao.home.navigation import first_page_of
from baodao.home.queries import days
from baodao.home.queries.portraits import own_portrait
from baodao.home.tables.days import branch_rows, next_act, tasks_of
from baodao.home.tables.profile import Pair, facts_of
from baodao.home.tables.years import year_chart
from baodao.identities.queries.checks import numbers_to_compare
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestor_of, lacks_contact
from baodao.orgs.requests import acting_community, acting_unit_or_branch
from baodao.orgs.rules.tree import Kind
from baodao.pairings.queries.pairings import pairings_of_unit
from baodao.partnership.queries import unit_registration_of
from baodao.people.facts import Viewer
from baodao.people.models import Membership
from baodao.people.queries.members import own_membership
from baodao.people.queries.transfers import waiting_transfers
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
    current, claims = next(iter(registrations), None), days.claims_of(request.actor)
    context = {
        "registration": current,
        "membership": membership,
        "exemption": own_in_force(request.actor),
        "items": story_of(current) if current else [],
        "claims": claims,
        "urgent": most_urgent(claims),
        "served": days.served_this_year(request.actor),
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
        "records_url": records,
        "chart": year_chart(portrait.services, records),
        "this_year": portrait.services.of_year(clock.today().year),
        "registrations": days.registrations_of(request.actor),
        "exemptions": own_exemptions(request.actor),
        "membership": membership,
        "facts": _own_facts(membership) if membership else (),
    }
    return render(request, "home/mine.html", context)


def _own_facts(membership: Membership) -> Iterator[Pair]:
    return facts_of(membership.person, Viewer.SELF, membership, membership.branch)


@reading
def today(request: ActorRequest) -> HttpResponse:
    """What waits in the community, each with its number and one button, and its figures."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    day = days.day_of(request.actor, community)
    context = {
        "community": community,
        "day": day,
        "tasks": tasks_of(day),
        "today": clock.today(),
    }
    return render(request, "home/today.html", context)


@reading
def unit(request: ActorRequest) -> HttpResponse:
    """The unit, or one branch, with both denominators and everybody who is missing."""
    place = acting_unit_or_branch(request, Permission.REGISTRATION_REMIND)
    standing = unit_standing(request.actor, place)
    missing = missing_groups(request.actor, place, MOST_NAMES)
    served = days.served_by_branch(request.actor, place)
    gone = days.branches_without_members(place, standing, served)
    may_issue = request.actor.may(Permission.LETTER_ISSUE, place.path)
    context = {
        "place": place,
        "rows": branch_rows(standing, served, missing, gone),
        "totals": standing.totals,
        "reasons": _reasons_of(standing.totals.reasons),
        "may_issue": may_issue,
        "next": next_act(request.actor, place, standing) if may_issue else None,
    }
    return render(request, "home/unit.html", context | _beside(request, place))


def _reasons_of(counts: Counter[Why]) -> list[tuple[str, list[tuple[Why, int]]]]:
    """Why people are not registered, and how many each: first of who is missing."""
    return [
        (words, [(why, counts[why]) for why in whys if counts[why]])
        for words, whys in _REASONS
        if any(counts[why] for why in whys)
    ]


def _beside(request: ActorRequest, place: Organisation) -> dict[str, object]:
    """What the cards below the table tell."""
    whole = ancestor_of(place, Kind.UNIT) or place
    current = unit_registration_of(request.actor, whole)
    return {
        "unit_registration": current,
        "undecided": days.undecided_exemptions(request.actor, place),
        "lacks_contact": lacks_contact(place),
        "transfers": waiting_transfers(request.actor, whole),
        "to_compare": numbers_to_compare(request.actor) if place == whole else 0,
        "whistles": days.whistles_to_answer(request.actor, place),
        "pairings": len(pairings_of_unit(request.actor, whole)) if place == whole else 0,
        "unread_cards": days.unread_cards(request.actor, place),
    }
