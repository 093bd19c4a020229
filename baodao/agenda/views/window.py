"""A community claims for a member who came to its window, or telephoned."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.window import visit_of
from baodao.agenda.tables.suggestions import finds_of, search_of
from baodao.claims.commands.window import claim_at_window
from baodao.claims.models import Claim
from baodao.claims.queries.claims import numbers_in_line
from baodao.claims.rules.lives import ClaimState
from baodao.ui.guards import reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def services(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """What this member could claim now, what fits them best first, each with one tap."""
    search = search_of(request.GET.dict())
    visit = visit_of(request.actor, person_id, search)
    finds = finds_of(visit.fits, search, visit.home.community)
    rows = (*finds.here, *finds.nearby, *finds.full, *finds.barred)
    context = {"person": visit.person, "home": visit.home, "finds": finds, "rows": rows}
    return render(request, "agenda/window.html", context)


@writing
def claim(request: ActorRequest, person_id: UUID, offer_id: UUID) -> HttpResponse:
    """Claim it for them; afterwards their page says what they have taken on."""
    act = partial(claim_at_window, offer_id=offer_id, person_id=person_id)
    to = reverse("home:person", args=[person_id])
    return submit(request, act, to=to, message=window_message)


def window_message(claim: Claim) -> str:
    """What is said about a claim for somebody else."""
    if claim.state == ClaimState.WAITING:
        message = gettext("Claimed. All places are taken; they are number %(number)s in line.")
        return message % {"number": numbers_in_line([claim])[claim.pk]}
    if claim.state == ClaimState.ACTIVE:
        return gettext("Claimed. They have a place, and read of it.")
    return gettext("Claimed. Approve it with the other claims to decide.")
