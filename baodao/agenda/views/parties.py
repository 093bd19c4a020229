"""The way of a unit, a branch or a team: what it may take on, who serves, what it took on."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.claims import check_changeable, claims_of_party, party_claim
from baodao.agenda.queries.feeds import unit_feed
from baodao.agenda.queries.parties import offer_to_party, party_of, sought_by_party
from baodao.agenda.tables.suggestions import search_of
from baodao.agenda.views.calendars import feed_address
from baodao.agenda.views.claims import claim_message, party_address
from baodao.claims.commands import claims as commands
from baodao.claims.commands import parties
from baodao.claims.models import Claim
from baodao.claims.queries.seats import seats_of
from baodao.claims.rules.lives import ClaimState
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.offers.models import Offer
from baodao.offers.queries.offers import organised_by
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_unit_or_branch
from baodao.orgs.rules.tree import Kind
from baodao.teams.queries.teams import led_teams
from baodao.ui.guards import choosing, ids_of, person_words, reading
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit

ClaimFor = Callable[..., Claim]
"""How a claim for ticked people of a unit or a team is written down."""

NAMED = 3
"""So many are named once places were claimed for them; more are counted."""


def _led(request: ActorRequest) -> Organisation:
    """The team that the reader leads. Raises `Absent`."""
    team = led_teams(request.actor).select_related("parent").first()
    if team is None:
        raise Absent("team")
    return team


@reading
def find(request: ActorRequest) -> HttpResponse:
    """What the unit or the branch has taken on, and what the partner community offers to such."""
    unit = acting_unit_or_branch(request, Permission.CLAIM_MAKE)
    whole = unit.kind == Kind.UNIT
    context = {"unit": unit, "whole": whole, "organised": organised_by(request.actor, unit)}
    context |= {"feed": feed_address(unit_feed(unit)) if whole else ""}
    return _find(request, unit, "agenda/party.html", context)


@reading
def find_for_team(request: ActorRequest) -> HttpResponse:
    """What the team has taken on, and what its community offers to teams."""
    team = _led(request)
    return _find(request, team, "agenda/team_party.html", {"team": team})


def _find(
    request: ActorRequest, place: Organisation, template: str, more: Mapping[str, object]
) -> HttpResponse:
    claims = list(claims_of_party(request.actor, place))
    taken_on = {claim.offer_id for claim in claims if claim.branch_id == place.pk}
    search = search_of(request.GET.dict())
    offers = sought_by_party(request.actor, place, search, taken_on)
    context = {"claims": claims, "offers": offers, "search": search, "taken_on": taken_on}
    context |= {"listing": Paging(offers.every, request), "partner": offers.community}
    return render(request, template, {**more, **context})


def _search_page(request: ActorRequest, page: FormPage) -> HttpResponse:
    """The page once more while somebody is looked for, with the ticks as they are."""
    return render(request, page.template, {**page.context, "form": page.form})


@choosing
def choose(request: ActorRequest, party_offer_id: UUID) -> HttpResponse:
    """The facts of an offer, and the members of the unit or the branch who could serve in it; claim
    for the ticked, all of them or nobody."""
    # no end: only what is open to them is found
    unit = acting_unit_or_branch(request, Permission.CLAIM_MAKE)
    return fill_places(request, unit, party_offer_id, reverse("agenda:party"), commands.claim_for)


@choosing
def choose_for_team(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The leader ticks who of the team serves, and claims for all of them or nobody."""
    # no end: only what is open to them is found
    to = reverse("agenda:team_party")
    return fill_places(request, _led(request), offer_id, to, commands.claim_for)


def fill_places(
    request: ActorRequest, place: Organisation, offer_id: UUID, to: str, claim_for: ClaimFor
) -> HttpResponse:
    """The page on which who serves for a unit or a team is ticked, and the claim for them."""
    offer, ticked = offer_to_party(request.actor, place, offer_id), ids_of(request)

    def act(actor: Actor, **_: object) -> Claim:
        return claim_for(actor, offer_id=offer.pk, organisation_id=place.pk, person_ids=ticked)

    page = _page(request, place, offer, ticked=set(ticked))
    if "find" in request.POST:
        return _search_page(request, page)
    return submit(request, act, to=to, message=party_message, page=page)


@choosing
def servers(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Who serves by a claim of the unit or the team, ticked among those who could; the ticked serve
    from now on."""
    claim, ticked = party_claim(request.actor, claim_id), ids_of(request)

    def act(actor: Actor, **_: object) -> Claim:
        return parties.reseat(actor, claim_id=claim.pk, person_ids=ticked)

    page = _servers_page(request, claim)
    if "find" in request.POST:
        return _search_page(request, page)
    page = page.while_open(check_changeable, claim)
    message = gettext("Saved. Who serves now, and who need not come any more, has been told.")
    return submit(request, act, to=party_address(claim), message=message, page=page)


def party_message(claim: Claim) -> str:
    """What is said about a new claim of a unit or a team: for whom the places are."""
    if claim.state != ClaimState.ACTIVE:
        return claim_message(claim)
    names = [seat.person.name for seat in seats_of([claim])[claim.pk]]
    facts = {"names": "、".join(names[:NAMED]), "count": len(names)}
    if len(names) > NAMED:
        words = gettext("Claimed for %(names)s and others, %(count)s in all; they have been told.")
        return words % facts
    return gettext("Claimed for %(names)s; they have been told.") % facts


def _servers_page(request: ActorRequest, claim: Claim) -> FormPage:
    serving = seats_of([claim]).get(claim.pk, [])
    present = [seat.person_id for seat in serving]
    ticked = set(ids_of(request) if request.POST else present)
    page = _page(request, claim.branch, claim.offer, serving=present, ticked=ticked)
    return page.beside(claim=claim, serving=serving)


def _page(
    request: ActorRequest,
    place: Organisation,
    offer: Offer,
    *,
    ticked: Collection[UUID],
    serving: Collection[UUID] = (),
) -> FormPage:
    """The page on which members are ticked, as they were when it was refused."""
    words = person_words(request)
    choice = party_of(place, offer, words, serving=serving, ticked=ticked)
    context = {"offer": offer, "choice": choice, "words": words, "ticked": ticked}
    template = "agenda/team_choice.html" if place.kind == Kind.TEAM else "agenda/party_choice.html"
    at_desk = request.actor.may(Permission.CLAIM_DECIDE, place.path)
    context |= {"place": place, "at_desk": at_desk}
    return FormPage(bound(request, Form), template, context)
