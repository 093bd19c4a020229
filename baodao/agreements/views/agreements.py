"""共驻共建协议书: the list, one with its clauses, plan and progress; drafted, signed, ended."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agreements.commands import agreements as commands
from baodao.agreements.documents import agreement_items
from baodao.agreements.forms import NewAgreementForm
from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import (
    agreement_of,
    agreement_to_write,
    agreements_in,
    check_signable,
    clauses_of,
    digest_in,
    lines_to_sign,
    list_lines,
    plan_of,
    side_of,
)
from baodao.agreements.queries.progress import counted_rows, progress_in
from baodao.agreements.rules.agreements import AGREEMENT, AgreementState, ProgressPart
from baodao.agreements.rules.papers import AGREEMENT_PAPER
from baodao.agreements.tables import agreements_of, counted_table
from baodao.documents import files
from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.partnership.queries import partnerships, partnerships_in
from baodao.resources.queries.lists import READ, RECEIVE, WRITE
from baodao.ui.forms import ReasonForm, SignForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

LIST = "agreements:list"


@reading
def agreements(request: ActorRequest) -> HttpResponse:
    """The agreements of a unit, a community or what is below an authority."""
    place = acting_for(request, (*PLACES, Kind.UNIT), READ)
    actor = request.actor
    context = {
        "place": place,
        "drafts": _units_for(request, place) != [],
        "sets": place.kind in PLACES and actor.may(Permission.CLAUSE_EDIT, place.path),
    }
    listing = Listing(agreements_in(actor, place), request, agreements_of())
    return listing.response("agreements/list.html", context)


def _units_for(request: ActorRequest, place: Organisation) -> list[Organisation]:
    """With which units who acts for a place may draft an agreement."""
    rows = partnerships().none()
    if place.kind == Kind.UNIT and request.actor.may(WRITE, place.path):
        rows = partnerships().filter(unit=place)
    elif place.kind == Kind.COMMUNITY and request.actor.may(RECEIVE, place.path):
        rows = partnerships_in(place)
    return [row.unit for row in rows.select_related("unit").order_by("unit__name", "pk")]


@reading
def agreement(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement: what is open and whose turn it is, the plan, and how far the year is."""
    row = agreement_of(request.actor, agreement_id)
    side, draft = side_of(request.actor, row), row.state == AgreementState.DRAFT
    signed = row.state == AgreementState.SIGNED
    clauses = clauses_of(row, side if draft or signed else None)
    context = _beside(row) | {
        "clauses": clauses,
        "turns": sum(one.turn for one in clauses),
        "writes": side if draft else None,
        "keeps": side if signed else None,
        "ends": side is not None and row.ended_at is None,
        "signable": draft and all(one.agreed for one in clauses),
        "own_signature": getattr(row, f"{side}_signer") if side else "",
    }
    return render(request, "agreements/agreement.html", context)


def _beside(row: Agreement) -> dict[str, object]:
    """What everybody reads of an agreement beside its clauses."""
    return {
        "agreement": row,
        "digest": digest_in(row),
        "plan": plan_of(row),
        "lists": list_lines(row),
        "progress": progress_in(row),
    }


def address(row: Agreement) -> str:
    """Where an agreement stands."""
    return reverse("agreements:agreement", args=[row.pk])


@reading
def progress(request: ActorRequest, agreement_id: UUID, counted: str) -> HttpResponse:
    """The rows that one number of the progress counts."""
    row = agreement_of(request.actor, agreement_id)
    if counted not in set(ProgressPart):
        raise Absent("part")
    part = ProgressPart(counted)
    listing = Listing(counted_rows(request.actor, row, part), request, counted_table(part))
    context = {"agreement": row, "part": gettext(part.words)}
    return listing.response("agreements/progress.html", context)


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Draft the agreement of a year."""
    place = acting_for(request, (Kind.UNIT, Kind.COMMUNITY), READ)
    form = bound(request, NewAgreementForm, units=_units_for(request, place))
    page = question(
        form,
        gettext("A new agreement"),
        gettext("Draft it"),
        gettext("It begins with last year's clauses, else with those of the authority."),
    ).beside(cancel=reverse(LIST))

    def act(actor: Actor, *, unit: int, year: int) -> Agreement:
        return commands.draft_agreement(actor, unit_id=unit, year=year)

    return submit(request, act, to=address, page=page)


@asking
def sign(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    """Sign for one's side the text that was read."""
    row = agreement_to_write(request.actor, agreement_id)
    digest = digest_in(row)
    # no edit: it carries the hash of the text that is signed
    form = bound(request, SignForm, initial={"seen": digest})
    page = question(
        form,
        gettext("Sign the agreement of %(year)s") % {"year": row.year},
        gettext("Sign"),
        gettext("You sign with your name; signed by both it changes no more."),
        [*lines_to_sign(row), (gettext("Hash of the text"), digest)],
    ).beside(cancel=address(row))
    act = partial(commands.sign, agreement_id=row.pk)
    page = page.while_open(check_signable, row)
    return submit(request, act, to=address, message=gettext("Signed."), page=page)


@asking
def end(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    """End it with a reason."""
    row = agreement_to_write(request.actor, agreement_id)
    page = question(
        bound(request, ReasonForm),
        gettext("End the agreement of %(year)s") % {"year": row.year},
        gettext("End it"),
        gettext("The other side reads why; the text and what was done stay."),
    ).beside(cancel=address(row))
    act = partial(commands.end_agreement, agreement_id=row.pk)
    page = page.while_open(AGREEMENT.move, row.state, AgreementState.ENDED)
    return submit(request, act, to=address, message=gettext("Ended."), page=page)


@reading
def paper(request: ActorRequest, agreement_id: UUID, ending: str) -> HttpResponse:
    """共驻共建协议书 to look at or as a file."""
    items = agreement_items(agreement_of(request.actor, agreement_id))
    if ending == "html":
        return paper_page(request, AGREEMENT_PAPER, items)
    medium = AGREEMENT_PAPER.file_in(ending)
    return paper_download(request, files.render(AGREEMENT_PAPER.code, items, medium))
