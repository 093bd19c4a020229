"""Proposals for the authority that makes them; invitations for the unit or the member asked."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.allocation import tables
from baodao.allocation.commands import answers, proposals
from baodao.allocation.documents import allocation_plan, allocation_plan_item
from baodao.allocation.forms import AgreementForm, AllocationForm
from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.queries import allocations as queries
from baodao.allocation.rules.life import ALLOCATION, LINE, AllocationState, LineState
from baodao.allocation.rules.papers import ALLOCATION_PLAN
from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.queries.tree import below
from baodao.orgs.requests import acting_for, acting_unit
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.partnership.commands.registrations import UnitContact
from baodao.ui.addresses import row_url
from baodao.ui.forms import ConfirmForm, ReasonForm
from baodao.ui.guards import asking, choosing, ids_of, reading, writing
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, question, submit

LIST, INVITATIONS = "allocation:list", "allocation:invitations"


def _page_of(row: Allocation) -> str:
    return row_url("allocation:allocation", row.pk)


@reading
def allocations(request: ActorRequest) -> HttpResponse:
    """The proposals of the authority one acts for."""
    place = acting_for(request, AUTHORITIES, Permission.ALLOCATION_PROPOSE)
    rows = queries.with_adopted(queries.allocations(request.actor))
    return Listing(rows, request, tables.proposals_spec()).response(
        "allocation/allocations.html", {"place": place}
    )


@choosing
def new(request: ActorRequest) -> HttpResponse:
    """Choose for whom, where and what counts, and have it calculated."""
    authority = acting_for(request, AUTHORITIES, Permission.ALLOCATION_PROPOSE)
    places = list(below(authority, *AUTHORITIES).filter(closed_at=None).order_by("path"))
    form = bound(request, AllocationForm, places=places)
    page = FormPage(form, "allocation/new.html", {"place": authority})
    act = partial(proposals.request_allocation, authority_id=authority.pk)
    return submit(request, act, to=_page_of, page=page)


@reading
def allocation(request: ActorRequest, allocation_id: UUID) -> HttpResponse:
    """A proposal: being calculated, then with its trade-off, its rows and what became of them."""
    row = queries.allocation_of(request.actor, allocation_id)
    context = {"allocation": row, "items": queries.allocation_timeline(row)}
    if row.state == AllocationState.CALCULATING:
        part = "progress" if request.htmx else "waiting"
        return render(request, f"allocation/{part}.html", context)
    if row.as_of is None:
        context["refusal"] = tables.refusal_words(row)
        return render(request, "allocation/unsolved.html", context)
    return _listing(request, row).response(
        "allocation/allocation.html", _beside(request, row) | context
    )


def _listing(request: ActorRequest, row: Allocation) -> Listing:
    adopts = row.state == AllocationState.READY
    spec = tables.lines_spec(row, adopts=adopts)
    return Listing(queries.lines_of(request.actor, row), request, spec)


def _beside(request: ActorRequest, row: Allocation) -> dict[str, object]:
    """What stands on the page of a proposal beside its rows."""
    sites, as_of = queries.outcomes_of(request.actor, row)
    open_rows = queries.lines_of(request.actor, row).filter(state=LineState.PROPOSED)
    measures = tables.measure_lines(row)
    return {
        "measures": measures,
        "losses": tables.loss_words(measures),
        "shortage": tables.shortage_words(row),
        "outcomes": tables.outcome_lines(row, sites, as_of),
        "weak": tables.weak_words(sites),
        "adopts": row.state == AllocationState.READY and open_rows.exists(),
        "count": open_rows.count(),
    }


@reading
def paper(request: ActorRequest, allocation_id: UUID, ending: str) -> HttpResponse:
    """服务力量分配方案 of a proposal that is calculated, to look at and as a file."""
    row = queries.calculated_one(request.actor, allocation_id)
    lines = queries.lines_of(request.actor, row)
    check_printable(lines.count())
    ordered = list(lines.order_by(*tables.LINE_ORDER, "pk"))
    if ending != "html":
        medium = ALLOCATION_PLAN.file_in(ending)
        return paper_download(request, allocation_plan(row, ordered, medium))
    return paper_page(request, ALLOCATION_PLAN, [allocation_plan_item(row, ordered)])


@writing
def adopt(request: ActorRequest, allocation_id: UUID) -> HttpResponse:
    """Ask the ticked, or everybody."""
    row = queries.allocation_of(request.actor, allocation_id)
    line_ids = None if "everybody" in request.POST else ids_of(request)
    act = partial(proposals.adopt, allocation_id=row.pk, line_ids=line_ids)
    return submit(request, act, to=_page_of(row), message=_adopted)


def _adopted(count: int) -> str:
    sentence = ngettext(
        "%(count)s adopted and asked; nobody is moved before they agree.",
        "%(count)s adopted and asked; nobody is moved before they agree.",
        count,
    )
    return sentence % {"count": count}


@asking
def withdraw(request: ActorRequest, allocation_id: UUID) -> HttpResponse:
    """Adopt none, or no more."""
    row = queries.allocation_of(request.actor, allocation_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Withdraw this proposal?"),
        gettext("Withdraw the proposal"),
        gettext("Invitations that nobody answered end; what was agreed stays."),
    )
    act = partial(proposals.withdraw, allocation_id=row.pk)
    page = page.while_open(ALLOCATION.move, row.state, AllocationState.WITHDRAWN)
    return submit(request, act, to=_page_of(row), message=gettext("Withdrawn."), page=page)


@reading
def invitations(request: ActorRequest) -> HttpResponse:
    """What a unit was asked, and its members who agreed and wait for a letter."""
    unit = acting_unit(request, Permission.LETTER_ISSUE)
    rows = queries.unit_invitations(request.actor).filter(unit__path__startswith=unit.path)
    due = list(queries.letters_due(request.actor))
    listing = Listing(rows, request, tables.invitations_spec())
    return listing.response("allocation/invitations.html", {"unit": unit, "due": due})


@writing
def letters(request: ActorRequest) -> HttpResponse:
    """Letters for members who agreed."""
    acting_unit(request, Permission.LETTER_ISSUE)
    act = partial(answers.issue_agreed, line_ids=ids_of(request))
    return submit(request, act, to=reverse("registration:letters"), message=_issued)


def _issued(count: int) -> str:
    return ngettext("%(n)s letter issued.", "%(n)s letters issued.", count) % {"n": count}


@choosing
def invitation(request: ActorRequest, allocation_line_id: UUID) -> HttpResponse:
    """An invitation, with its reasons: agree with one tap."""
    # no end: the page says how it stands, and has its form while it waits
    line = queries.invitation_of(request.actor, allocation_line_id)
    page = _member_page(request, line) if line.person_id else _unit_page(request, line)
    act = partial(_accept_own if line.person_id else _accept_for_unit, line)
    message = gettext("Agreed. Thank you.")
    to = row_url("allocation:invitation", line.pk)
    return submit(request, act, to=to, message=message, page=page)


def _context(line: AllocationLine) -> dict[str, object]:
    return {
        "line": line,
        "reasons": tables.reason_words(line),
        "waits": line.state == LineState.INVITED,
    }


def _member_page(request: ActorRequest, line: AllocationLine) -> FormPage:
    return FormPage(bound(request, ConfirmForm), "allocation/own_invitation.html", _context(line))


def _unit_page(request: ActorRequest, line: AllocationLine) -> FormPage:
    known = queries.last_contact(request.actor, line.unit)
    unit = line.unit
    initial = {
        "secretary": known.secretary if known else "",
        "contact_name": known.contact_name if known else unit.contact_name,
        "contact_phone": known.contact_phone if known else unit.contact_phone,
    }
    form = bound(request, AgreementForm, initial=initial)  # no edit: a new form is presented by it
    return FormPage(form, "allocation/unit_invitation.html", _context(line))


def _accept_own(line: AllocationLine, actor: Actor) -> AllocationLine:
    return answers.accept_for_oneself(actor, line_id=line.pk)


def _accept_for_unit(line: AllocationLine, actor: Actor, **fields: str) -> AllocationLine:
    return answers.accept_for_unit(actor, line_id=line.pk, contact=UnitContact(**fields))


@asking
def decline(request: ActorRequest, allocation_line_id: UUID) -> HttpResponse:
    """Say no, with a reason."""
    line = queries.invitation_of(request.actor, allocation_line_id)
    ask = phone_question if line.person_id else question
    page = ask(
        bound(request, ReasonForm),
        gettext("Decline to serve in %(community)s?") % {"community": line.community.name},
        gettext("Decline the invitation"),
        gettext("The authority reads your reason; everything stays as it is."),
    )
    act = partial(answers.decline_invitation, line_id=line.pk)
    page = page.while_open(LINE.move, line.state, LineState.DECLINED)
    to = row_url("allocation:invitation", line.pk)
    return submit(request, act, to=to, message=gettext("Declined."), page=page)
