"""Mine: the next visit, its record in one form, whom it is for; and the pairings of a unit."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.requests import acting_unit
from baodao.pairings.commands.pairings import read_own_household
from baodao.pairings.commands.visits import state_visit
from baodao.pairings.forms import VisitForm
from baodao.pairings.queries.pairings import own_pairing, pairings_of_unit
from baodao.pairings.queries.visits import own_visits
from baodao.residents.rules.entries import HouseholdEntry
from baodao.statements.models import Statement
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, submit


@asking
@member_only
def visit(request: ActorRequest, pairing_claim_id: UUID) -> HttpResponse:
    """When the next visit is due, one form for the last one, and what was told before."""
    # no end: who stood by a household tells of its days afterwards too
    claim, row = own_pairing(request.actor, pairing_claim_id)
    # no edit: today is a first guess
    form = bound(request, VisitForm, initial={"on": clock.today()})
    page = FormPage(form, "pairings/visit.html").beside(
        claim=claim, pairing=row, visits=own_visits(request.actor, row)
    )

    def act(actor: Actor, **_: object) -> Statement:
        return state_visit(actor, claim_id=claim.pk, visit=form.visit())

    message = gettext("Sent. The community confirms it.")
    return submit(request, act, to=_page_of(claim), message=message, page=page)


@asking
@member_only
@never_cache
def own_household(request: ActorRequest, pairing_claim_id: UUID) -> HttpResponse:
    """Ask once; the page that answers shows, to who has taken it on, whom it is for."""
    # no end: only to whom it is open now is it found
    claim, row = own_pairing(request.actor, pairing_claim_id)
    page = phone_question(
        bound(request, Form),
        gettext("Whom you visit: “%(title)s”") % {"title": row.title},
        gettext("Show"),
        gettext("Only for your visits. That you read it is written down."),
    )

    def answer(entry: HouseholdEntry) -> HttpResponse:
        return render(request, "pairings/own_entry.html", {"entry": entry, "claim": claim})

    act = partial(read_own_household, claim_id=claim.pk)
    to, message = _page_of(claim), gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=to, message=message, page=page, answer=answer)


def _page_of(claim: Claim) -> str:
    return reverse("pairings:visit", args=[claim.pk])


@reading
def unit_pairings(request: ActorRequest) -> HttpResponse:
    """The households by which the unit and its members stand: who visits, and what is due."""
    unit = acting_unit(request, Permission.CLAIM_READ)
    rows = pairings_of_unit(request.actor, unit)
    context = {"unit": unit, "pairings": rows.items(), "today": clock.today()}
    return render(request, "pairings/unit_pairings.html", context)
