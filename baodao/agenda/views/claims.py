"""Find what fits, claim with two taps, keep or give up: a member, or a party what it took on."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.forms import LeaveForm
from baodao.agenda.queries.claims import (
    check_changeable,
    check_leavable,
    most_urgent,
    own_claim,
    own_claims,
    own_count,
    party_claim,
    past_claims,
)
from baodao.agenda.queries.feeds import own_feed
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import every_fit
from baodao.agenda.tables.suggestions import finds_of, search_of
from baodao.agenda.views.calendars import feed_address
from baodao.claims.commands import claims as commands
from baodao.claims.commands.parties import leave_seat
from baodao.claims.models import Claim
from baodao.claims.queries.claims import numbers_in_line
from baodao.claims.queries.places import seated_of
from baodao.claims.rules.lives import ClaimState
from baodao.offers.rules.kinds import Exit
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, question, submit

Question = Callable[[Form, str, str, str], FormPage]
"""How a page asks before an act: its form, headline, button and the line below the headline."""


@reading
@member_only
def find(request: ActorRequest) -> HttpResponse:
    """What can be claimed: one's own community first, then what fits best."""
    home = own_community(request.actor)
    search = search_of(request.GET.dict())
    finds = finds_of(every_fit(request.actor, home, search), search, home.community)
    context = {
        "community": home.community,
        "registered": home.registration is not None,
        "finds": finds,
        "asks": home.is_silent,
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
        free = claim.offer.places - seated_of(claim.offer)
        if 0 < free < claim.places:
            message = gettext(
                "%(places)s places are needed and %(free)s are free; you are number %(number)s in "
                "line. With fewer people the claim has its places as soon as nobody is before it."
            )
        number = numbers_in_line([claim])[claim.pk]
        return message % {"number": number, "free": free, "places": claim.places}
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
    """What I claimed, what lapses and the next dates first, and my calendar."""
    past, live = past_claims(request.actor), list(own_claims(request.actor))
    context = {
        "claims": live,
        "urgent": most_urgent(live),
        "listing": Paging(past, request),
        "feed": feed_address(own_feed(request.actor)),
    }
    return render(request, "agenda/own.html", context)


@asking
@member_only
def leave(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Give up a claim or a seat in one of the unit; where leaving needs the community's word, ask
    for it with a reason."""
    claim = own_claim(request.actor, claim_id)
    if claim.person_id is None:
        return _leave_seat(request, claim)
    return _leaving(request, claim, phone_question, reverse("agenda:own"))


def _leave_seat(request: ActorRequest, claim: Claim) -> HttpResponse:
    page = phone_question(
        bound(request, Form),
        gettext("Give up “%(title)s”") % {"title": claim.offer.title},
        gettext("Give up"),
        gettext("%(name)s is told and sends somebody else, or fewer.") % {"name": claim.branch},
    )
    act = partial(leave_seat, claim_id=claim.pk)
    page = page.while_open(check_changeable, claim)
    return submit(request, act, to=reverse("agenda:own"), message=given_up, page=page)


def _leaving(request: ActorRequest, claim: Claim, ask: Question, to: str) -> HttpResponse:
    """Leave a claim for which the request speaks, on a page made by `ask`; afterwards go `to`."""
    if claim.offer.kind.exit is Exit.ASKED and claim.state == ClaimState.ACTIVE:
        return _ask_to_leave(request, claim, ask, to)
    return _give_up(request, claim, ask, to)


def _ask_to_leave(request: ActorRequest, claim: Claim, ask: Question, to: str) -> HttpResponse:
    page = ask(
        bound(request, LeaveForm),
        gettext("Leave “%(title)s”") % {"title": claim.offer.title},
        gettext("Ask to leave"),
        gettext("The community answers; until then the place stays yours."),
    )
    act = partial(commands.request_exit, claim_id=claim.pk)
    message = gettext("Asked. The community answers you here.")
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


def _give_up(request: ActorRequest, claim: Claim, ask: Question, to: str) -> HttpResponse:
    """Ask once, then give the claim up; nobody need be told why."""
    words = gettext("The place goes to the next who waits. Nobody need be asked.")
    if claim.offer.kind.personal:
        words = gettext("The community is told, and looks for somebody else.")
    headline = gettext("Give up “%(title)s”") % {"title": claim.offer.title}
    page = ask(bound(request, Form), headline, gettext("Give up"), words)
    page = page.while_open(check_leavable, claim)
    act = partial(commands.withdraw_claim, claim_id=claim.pk)
    return submit(request, act, to=to, message=given_up, page=page.beside(cancel=to))


def given_up(_claim: Claim) -> str:
    """What is said after a place was given up."""
    return gettext("Given up. Thank you for saying so.")


def _confirm(request: ActorRequest, claim_id: UUID, to: str) -> HttpResponse:
    act = partial(commands.confirm_invitation, claim_id=claim_id)
    return submit(request, act, to=to, message=gettext("Confirmed. The place is yours."))


def _stay(request: ActorRequest, claim_id: UUID, to: str) -> HttpResponse:
    act = partial(commands.stay, claim_id=claim_id)
    return submit(request, act, to=to, message=gettext("Taken back. You stay in the post."))


@writing
def confirm(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Take the place that became free."""
    return _confirm(request, claim_id, reverse("agenda:own"))


@writing
def stay(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Take back the wish to leave."""
    return _stay(request, claim_id, reverse("agenda:own"))


def party_address(claim: Claim) -> str:
    """Where who speaks for the unit or the team of a claim finds what it took on."""
    return reverse("agenda:team_party" if claim.team_id else "agenda:party")


@asking
def leave_party(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Give up, or ask to leave, what the unit or the team took on."""
    claim = party_claim(request.actor, claim_id)
    ask = phone_question if claim.team_id else question
    return _leaving(request, claim, ask, party_address(claim))


@writing
def confirm_party(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """The unit or the team takes the places that became free."""
    return _confirm(request, claim_id, party_address(party_claim(request.actor, claim_id)))


@writing
def stay_party(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """The unit or the team takes its wish to leave back."""
    return _stay(request, claim_id, party_address(party_claim(request.actor, claim_id)))
