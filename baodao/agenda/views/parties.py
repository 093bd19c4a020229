"""A unit's way: what it may take on together, who serves, and what it took on."""

from collections.abc import Collection
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.claims import claim_in_charge, claims_of_party
from baodao.agenda.queries.parties import offer_to_unit, offers_to_unit, party_of
from baodao.agenda.views.claims import claim_message
from baodao.claims.commands import claims as commands
from baodao.claims.commands import parties
from baodao.claims.models import Claim
from baodao.claims.queries.seats import seats_of
from baodao.kernel.authz import Actor, Permission
from baodao.offers.models import Offer
from baodao.offers.queries.offers import organised_by
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_unit
from baodao.partnership.queries import partner_community
from baodao.ui.guards import choosing, ids_of, may_search, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@reading
def find(request: ActorRequest) -> HttpResponse:
    """What the unit has taken on, and what its partner community offers to units."""
    unit = acting_unit(request, Permission.CLAIM_MAKE)
    claims = list(claims_of_party(request.actor, unit))
    taken_on = {claim.offer_id for claim in claims}
    offers = [row for row in offers_to_unit(request.actor, unit) if row.pk not in taken_on]
    free = sum(row.taken < row.places for row in offers)
    context = {"unit": unit, "claims": claims, "offers": offers, "free": free}
    context |= {"partner": partner_community(unit), "taken_on": taken_on}
    context |= {"organised": organised_by(request.actor, unit)}
    return render(request, "agenda/party.html", context)


def _searched(request: ActorRequest) -> str:
    words = request.POST.get("q", "").strip()[:60]
    return words if may_search(request, words) else ""


def _search_page(request: ActorRequest, page: FormPage) -> HttpResponse:
    """The page once more while somebody is looked for, with the ticks as they are."""
    return render(request, page.template, {**page.context, "form": page.form})


@choosing
def choose(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The facts of an offer, and the members who could serve in it; claim for the ticked, all of
    them or nobody."""
    unit = acting_unit(request, Permission.CLAIM_MAKE)
    offer = offer_to_unit(request.actor, unit, offer_id)
    ticked = ids_of(request)

    def act(actor: Actor, **_: object) -> Claim:
        return commands.claim_for(
            actor, offer_id=offer.pk, organisation_id=unit.pk, person_ids=ticked
        )

    page = _page(request, unit, offer, ticked=set(ticked))
    if "find" in request.POST:
        return _search_page(request, page)
    return submit(request, act, to=reverse("agenda:party"), message=claim_message, page=page)


@choosing
def servers(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Who serves by a claim of the unit, ticked among those who could; the ticked serve from now
    on."""
    unit, ticked = acting_unit(request, Permission.CLAIM_MAKE), ids_of(request)
    claim = claim_in_charge(request.actor, claim_id)

    def act(actor: Actor, **_: object) -> Claim:
        return parties.reseat(actor, claim_id=claim.pk, person_ids=ticked)

    page = _servers_page(request, unit, claim)
    if "find" in request.POST:
        return _search_page(request, page)
    message = gettext("Saved. Who serves now, and who need not come any more, has been told.")
    return submit(request, act, to=reverse("agenda:party"), message=message, page=page)


def _servers_page(request: ActorRequest, unit: Organisation, claim: Claim) -> FormPage:
    serving = seats_of([claim]).get(claim.pk, [])
    present = [seat.person_id for seat in serving]
    ticked = set(ids_of(request) if request.POST else present)
    page = _page(request, unit, claim.offer, serving=present, ticked=ticked)
    return page.beside(claim=claim, serving=serving)


def _page(
    request: ActorRequest,
    unit: Organisation,
    offer: Offer,
    *,
    ticked: Collection[UUID],
    serving: Collection[UUID] = (),
) -> FormPage:
    """The page on which members are ticked, as they were when it was refused."""
    words = _searched(request)
    choice = party_of(unit, offer, words, serving=serving, ticked=ticked)
    context = {"offer": offer, "choice": choice, "words": words, "ticked": ticked}
    return FormPage(bound(request, Form), "agenda/party_choice.html", context)
