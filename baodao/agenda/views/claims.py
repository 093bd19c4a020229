"""A member's way: find what fits, claim with two taps, keep or give up."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.forms import LeaveForm
from baodao.agenda.queries.calendars import own_feed
from baodao.agenda.queries.claims import own_claim, own_claims, own_count, past_claims
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import every_fit
from baodao.agenda.tables.suggestions import narrowed, times_of
from baodao.agenda.views.calendars import feed_address
from baodao.claims.commands import claims as commands
from baodao.claims.models import Claim
from baodao.claims.queries.claims import numbers_in_line
from baodao.claims.queries.places import seated_of
from baodao.claims.rules.lives import ClaimState
from baodao.offers.rules.kinds import Exit
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit

PAST = 20


@reading
@member_only
def find(request: ActorRequest) -> HttpResponse:
    """What can be claimed: one's own community first, then what fits best."""
    home = own_community(request.actor)
    finds = narrowed(every_fit(request.actor, home), request.GET.dict(), home.community)
    context = {
        "community": home.community,
        "registered": home.registration is not None,
        "finds": finds,
        "times": times_of(),
        "mine": own_count(request.actor),
    }
    return render(request, "agenda/find.html", context)


@writing
def claim(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The second of two taps: a place, the waiting list, or the community's approval."""
    act = partial(commands.claim, offer_id=offer_id)
    return submit(request, act, to=reverse("agenda:own"), message=claim_message)


def claim_message(claim: Claim) -> str:
    """What is said about a new claim, with the place in line of who waits."""
    if claim.state == ClaimState.WAITING:
        message = gettext("All places are taken; you are number %(number)s in line.")
        return message % {"number": numbers_in_line([claim])[claim.pk]}
    if claim.state == ClaimState.ACTIVE:
        return gettext("Claimed. The place is yours.")
    if seated_of(claim.offer) < claim.offer.places:
        return gettext("Claimed. The community looks at it; you need do nothing.")
    return gettext(
        "Claimed. All places are taken now; once the community agrees you wait in line, and are "
        "asked when a place becomes free."
    )


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """What I claimed, with the next dates first, and my calendar."""
    past = past_claims(request.actor)
    context = {
        "claims": own_claims(request.actor),
        "past": past[:PAST],
        "past_count": past.count(),
        "feed": feed_address(own_feed(request.actor)),
    }
    return render(request, "agenda/own.html", context)


@asking
@member_only
def leave(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Give up a claim; where leaving needs the community's word, ask for it with a reason."""
    claim = own_claim(request.actor, claim_id)
    if claim.offer.kind.exit is Exit.ASKED and claim.state == ClaimState.ACTIVE:
        return _ask_to_leave(request, claim)
    return _give_up(request, claim)


def _ask_to_leave(request: ActorRequest, claim: Claim) -> HttpResponse:
    page = phone_question(
        bound(request, LeaveForm),
        gettext("Leave “%(title)s”") % {"title": claim.offer.title},
        gettext("Ask to leave"),
        gettext("The community answers; until then the place stays yours."),
    )
    act = partial(commands.request_exit, claim_id=claim.pk)
    message = gettext("Asked. The community answers you here.")
    return submit(request, act, to=reverse("agenda:own"), message=message, page=page)


def _give_up(request: ActorRequest, claim: Claim) -> HttpResponse:
    """Ask once, then give the claim up; nobody need be told why."""
    page = phone_question(
        bound(request, Form),
        gettext("Give up “%(title)s”") % {"title": claim.offer.title},
        gettext("Give up"),
        gettext("The place goes to the next who waits. Nobody need be asked."),
    )
    act = partial(commands.withdraw_claim, claim_id=claim.pk)
    message = gettext("Given up. Thank you for saying so.")
    return submit(request, act, to=reverse("agenda:own"), message=message, page=page)


@writing
def confirm(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Take the place that became free."""
    act = partial(commands.confirm_invitation, claim_id=claim_id)
    message = gettext("Confirmed. The place is yours.")
    return submit(request, act, to=reverse("agenda:own"), message=message)


@writing
def stay(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Take back the wish to leave."""
    act = partial(commands.stay, claim_id=claim_id)
    message = gettext("Taken back. You stay in the post.")
    return submit(request, act, to=reverse("agenda:own"), message=message)
