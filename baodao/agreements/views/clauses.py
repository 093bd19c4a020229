"""Clauses of an agreement and of a template, and the months of the plan."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agreements.commands import agreements as commands
from baodao.agreements.forms import ClausesForm, PlanForm, WordingForm
from baodao.agreements.models import Agreement, ClauseWording
from baodao.agreements.queries.agreements import (
    ClauseStanding,
    agreement_to_write,
    clauses_of,
    plan_of,
    template_at,
)
from baodao.agreements.rules.agreements import AGREEMENT, AgreementState
from baodao.agreements.views.agreements import address
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES
from baodao.ui.guards import asking, ids_of, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@writing
def agree(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    """Agree to one clause, or to all that the other side has proposed."""
    ids = ids_of(request)
    act = partial(commands.agree_on, agreement_id=agreement_id, wording_ids=ids)
    return submit(request, act, to=address, message=gettext("Agreed."))


@asking
def wording(request: ActorRequest, agreement_id: UUID, clause_id: UUID) -> HttpResponse:
    """Propose another wording of a clause."""
    row = agreement_to_write(request.actor, agreement_id)
    one = clause_of(row, clause_id)
    form = bound(request, WordingForm)
    lead = gettext("The clause is open until the other side agrees.")
    page = question(form, one.clause.title, gettext("Propose"), lead).beside(cancel=address(row))
    page = page.editing(one.clause, lambda _clause: {"text": one.wording.text})

    def act(actor: Actor, *, text: str) -> ClauseWording:
        return commands.propose_wording(actor, agreement_id=row.pk, clause_id=clause_id, text=text)

    page = page.while_open(AGREEMENT.check, row.state, AgreementState.DRAFT)
    return submit(request, act, to=address(row), message=gettext("Proposed."), page=page)


def clause_of(row: Agreement, clause_id: UUID) -> ClauseStanding:
    """How one clause stands. Raises `Absent` for a clause of another agreement."""
    standing = next((one for one in clauses_of(row) if one.clause.pk == clause_id), None)
    if standing is None:
        raise Absent("clause")
    return standing


@asking
def plan(request: ActorRequest, agreement_id: UUID, month: int) -> HttpResponse:
    """Write what both mean to do in a month."""
    row = agreement_to_write(request.actor, agreement_id)
    if not 1 <= month <= 12:
        raise Absent("month")
    standing = plan_of(row)[month - 1]
    form = bound(request, PlanForm)
    headline = gettext("Plan for month %(month)s") % {"month": month}
    page = question(form, headline, gettext("Save"), standing.theme).beside(cancel=address(row))
    page = page.editing(row, lambda one: {"text": plan_of(one)[month - 1].text})
    act = partial(commands.plan_month, agreement_id=row.pk, month=month)
    page = page.while_open(AGREEMENT.check, row.state, AgreementState.DRAFT)
    return submit(request, act, to=address(row), message=_saved(row), page=page)


def _saved(row: Agreement) -> str:
    """What is said once something of an agreement was written: a signature of before is void."""
    if row.unit_signer or row.community_signer:
        return gettext("Saved. It was signed before: both sides have to sign it anew.")
    return gettext("Saved.")


@asking
def template(request: ActorRequest) -> HttpResponse:
    """The clauses from which agreements here and below begin."""
    place = acting_for(request, PLACES, Permission.CLAUSE_EDIT)
    form = bound(request, ClausesForm)
    page = question(
        form,
        gettext("Clauses of agreements"),
        gettext("Save"),
        gettext("They hold for agreements that are drafted from now on."),
    )
    page = page.editing(place, lambda one: {"text": "\n".join(map("：".join, template_at(one)))})
    act = partial(commands.write_clauses, organisation_id=place.pk)
    to = reverse("agreements:list")
    return submit(request, act, to=to, message=gettext("Saved."), page=page)
