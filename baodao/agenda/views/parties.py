"""A unit's way: what it may take on together, who serves, and what it took on."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.claims import claim_in_charge, claims_of_party
from baodao.agenda.queries.parties import offer_to_unit, offers_to_unit, party_of
from baodao.agenda.views.claims import claim_message
from baodao.claims.commands import claims as commands
from baodao.claims.commands import parties
from baodao.claims.queries.seats import seats_of
from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.ui.guards import acting_for, ids_of, may_search, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


def _unit(request: ActorRequest) -> Organisation:
    """The unit for which the request claims."""
    place: Organisation = acting_for(request, [Kind.UNIT], Permission.CLAIM_MAKE)
    return place


@reading
def find(request: ActorRequest) -> HttpResponse:
    """What the unit has taken on, and what its partner community offers to units."""
    unit = _unit(request)
    claims = list(claims_of_party(request.actor, unit))
    taken_on = {claim.offer_id for claim in claims}
    offers = [row for row in offers_to_unit(request.actor, unit) if row.pk not in taken_on]
    context = {"unit": unit, "claims": claims, "offers": offers}
    return render(request, "agenda/party.html", context | {"partner": partner_community(unit)})


def _searched(request: ActorRequest) -> str:
    words = request.GET.get("q", "").strip()[:60]
    return words if may_search(request, words) else ""


@reading
def choose(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The facts of an offer, and the members who could serve in it, to be ticked."""
    unit = _unit(request)
    offer = offer_to_unit(request.actor, unit, offer_id)
    words = _searched(request)
    context = {
        "offer": offer,
        "act": reverse("agenda:party_claim", args=[offer.pk]),
        "choice": party_of(unit, offer, words),
        "words": words,
    }
    return render(request, "agenda/party_choice.html", context)


@writing
def claim(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Claim for the ticked, all of them or nobody."""
    unit = _unit(request)
    offer = offer_to_unit(request.actor, unit, offer_id)
    act = partial(
        commands.claim_for,
        offer_id=offer.pk,
        organisation_id=unit.pk,
        person_ids=ids_of(request),
    )
    return submit(request, act, to=reverse("agenda:party"), message=claim_message)


@reading
def servers(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Who serves by a claim of the unit, ticked among those who could."""
    unit = _unit(request)
    claim = claim_in_charge(request.actor, claim_id)
    serving = seats_of([claim]).get(claim.pk, [])
    words = _searched(request)
    context = {
        "offer": claim.offer,
        "claim": claim,
        "act": reverse("agenda:party_reseat", args=[claim.pk]),
        "choice": party_of(unit, claim.offer, words, [seat.person_id for seat in serving]),
        "serving": serving,
        "words": words,
    }
    return render(request, "agenda/party_choice.html", context)


@writing
def reseat(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Let the ticked serve by the claim from now on."""
    act = partial(parties.reseat, claim_id=claim_id, person_ids=ids_of(request))
    message = gettext("Saved. Who serves now, and who need not come any more, has been told.")
    return submit(request, act, to=reverse("agenda:party"), message=message)
