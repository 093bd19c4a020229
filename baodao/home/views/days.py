"""The first pages: a member's, a community's day, a unit's branches."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect, render

from baodao.agenda.queries.openings import home_of
from baodao.checklist.queries.missing import missing_groups
from baodao.checklist.queries.standings import unit_standing
from baodao.checklist.rules.reasons import Why
from baodao.checklist.tables import MOST_NAMES
from baodao.exemptions.queries import exemptions_of, in_force, own_exemptions
from baodao.exemptions.rules.states import ExemptionState
from baodao.home.navigation import first_page_of
from baodao.home.queries import days
from baodao.home.queries.portraits import own_portrait
from baodao.home.tables.days import branch_rows, next_act, tasks_of
from baodao.home.tables.profile import Pair, facts_of
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.scope import own
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestor_of, lacks_contact
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import unit_registration_of
from baodao.people.facts import Viewer
from baodao.people.models import Membership
from baodao.people.queries.members import own_membership
from baodao.people.queries.transfers import waiting_transfers
from baodao.registration.queries.registrations import story_of
from baodao.registration.rules.states import State
from baodao.ui.guards import acting_for, member_only, reading
from baodao.ui.requests import ActorRequest


def first(request: ActorRequest) -> HttpResponse:
    """To the first page of whoever this is."""
    return redirect(first_page_of(request))


@reading
@member_only
def member(request: ActorRequest) -> HttpResponse:
    """Where the member stands, in words, and the one next thing."""
    current, membership = (
        days.registrations_of(request.actor).first(),
        own_membership(request.actor),
    )
    context = {
        "registration": current,
        "membership": membership,
        "exemption": own(in_force(), request.actor).first(),
        "items": story_of(current) if current else [],
        "claims": days.claims_of(request.actor),
        "served": days.served_this_year(request.actor),
        "ahead": days.ahead_of(request.actor, home_of(current, membership)),
        "registered": current is not None and current.state == State.ACCEPTED,
    }
    return render(request, "home/member.html", context)


@reading
@member_only
def mine(request: ActorRequest) -> HttpResponse:
    """What others see of the member, in the same words, with their papers, facts and privacy."""
    portrait = own_portrait(request.actor)
    membership = next((row for row in portrait.memberships if row.closed_at is None), None)
    context = {
        "portrait": portrait,
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
    community = acting_for(request, [Kind.COMMUNITY], Permission.REGISTRATION_ACCEPT)
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
    place = acting_for(request, [Kind.UNIT, Kind.BRANCH], Permission.REGISTRATION_REMIND)
    standing = unit_standing(request.actor, place)
    reasons = standing.totals.reasons
    missing = missing_groups(request.actor, place, MOST_NAMES)
    may_issue = request.actor.may(Permission.LETTER_ISSUE, place.path)
    context = {
        "place": place,
        "rows": branch_rows(standing, days.served_by_branch(request.actor, place), missing),
        "totals": standing.totals,
        "reasons": [(why, reasons[why]) for why in Why if reasons[why]],
        "may_issue": may_issue,
        "next": next_act(standing) if may_issue else None,
    }
    return render(request, "home/unit.html", context | _beside(request, place))


def _beside(request: ActorRequest, place: Organisation) -> dict[str, object]:
    """What the cards below the table tell."""
    requested = exemptions_of(place).filter(state=ExemptionState.REQUESTED)
    whole = ancestor_of(place, Kind.UNIT) or place
    current = unit_registration_of(request.actor, whole)
    return {
        "unit_registration": current,
        "undecided": requested.count(),
        "lacks_contact": lacks_contact(place),
        "transfers": waiting_transfers(request.actor, whole),
        "unread_cards": days.unread_cards(request.actor, place),
    }
