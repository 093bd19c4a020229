"""Members on the way from one unit to another: proposed, taken in, not taken in, taken back."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import unit_finder
from baodao.orgs.queries.tree import below
from baodao.orgs.requests import acting_unit
from baodao.orgs.rules.tree import Kind
from baodao.people.commands import transfers as commands
from baodao.people.forms import BranchForm, UnitTransferForm
from baodao.people.models import Membership, UnitTransfer
from baodao.people.queries.members import unit_of
from baodao.people.queries.transfers import incoming, outgoing, transfers, waiting_for
from baodao.people.rules.transfers import TransferState
from baodao.people.tables.transfers import transfers_spec
from baodao.people.views.lives import member_row
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@reading
def all_transfers(request: ActorRequest) -> HttpResponse:
    """Everybody on the way to the unit acted for or from it; what waits for it stands first."""
    unit = acting_unit(request, Permission.PERSON_EDIT)
    rows = transfers(request.actor, Permission.PERSON_EDIT)
    listing = Listing(rows, request, transfers_spec())
    ours = outgoing(request.actor).filter(state=TransferState.PROPOSED)
    context = {
        "unit": unit,
        "waiting": waiting_for(request.actor, unit),
        "own_waiting": set(ours.values_list("pk", flat=True)),
    }
    return listing.response("people/transfers.html", context)


@asking
def propose(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Let a member go to another unit, which takes them in."""
    # no end: the act tells of a proposal that waits
    page = _question_of(request, member_row(request, person_id))
    message = _("Proposed. The other unit sees it now.")
    return submit(request, partial(_propose, person_id), to=_list(), message=message, page=page)


def _question_of(request: ActorRequest, row: Membership) -> FormPage:
    form = bound(
        request, UnitTransferForm, initial={"on": clock.today()}, find=unit_finder(row.branch)
    )
    return question(
        form,
        _("Transfer %(name)s to another unit") % {"name": row.person.name},
        _("Propose the transfer"),
        _("Until the other unit takes the member in, they stay yours. You both see how it stands."),
        [(_("Branch"), row.branch.name), (_("Volunteer number"), row.person.number)],
    )


def _list() -> str:
    return reverse("people:transfers")


def _propose(person_id: UUID, actor: Actor, **values: object) -> UnitTransfer:
    unit, on = values["unit"], values["on"]
    return commands.propose_transfer(
        actor,
        person_id=person_id,
        unit_id=unit.pk,  # type: ignore[attr-defined]
        on=on,  # type: ignore[arg-type]
        note=str(values["note"]),
    )


@asking
def accept(request: ActorRequest, transfer_id: UUID) -> HttpResponse:
    """Take a member in, into one of the unit's branches."""
    # no end: what was decided is not found any more
    page = _branch_question(request, _waiting(request, transfer_id))
    message = _("The member belongs to your unit now.")
    return submit(request, partial(_accept, transfer_id), to=_list(), message=message, page=page)


def _branch_question(request: ActorRequest, row: UnitTransfer) -> FormPage:
    branches = below(row.unit, Kind.BRANCH).filter(closed_at=None).order_by("sort", "code")
    facts = [
        (_("Volunteer number"), row.person.number),
        (_("From unit"), unit_of(row.from_branch).name),
        (_("As of"), date_format(row.on)),
        (_("Remark"), row.note or "—"),
    ]
    form = bound(request, BranchForm, branches=list(branches) or [row.unit])
    return question(
        form, _("Take %(name)s in") % {"name": row.person.name}, _("Take in"), "", facts
    )


def _accept(transfer_id: UUID, actor: Actor, branch: Organisation) -> UnitTransfer:
    return commands.accept_transfer(actor, transfer_id=transfer_id, branch_id=branch.pk)


@asking
def decline(request: ActorRequest, transfer_id: UUID) -> HttpResponse:
    """Do not take a member in, and say why."""
    # no end: what was decided is not found any more
    row = _waiting(request, transfer_id)
    page = question(
        bound(request, ReasonForm),
        _("Do not take %(name)s in") % {"name": row.person.name},
        _("Do not take in"),
        _("The member stays with the unit that proposed it, which reads your reason."),
    )
    act = partial(commands.decline_transfer, transfer_id=transfer_id)
    return submit(
        request, act, to=_list(), message=_("The other unit sees your answer."), page=page
    )


@writing
def withdraw(request: ActorRequest, transfer_id: UUID) -> HttpResponse:
    """Take back what the unit proposed."""
    act = partial(commands.withdraw_transfer, transfer_id=transfer_id)
    return submit(request, act, to=_list(), message=_("Taken back. The member stays with you."))


def _waiting(request: ActorRequest, transfer_id: UUID) -> UnitTransfer:
    rows = incoming(request.actor).filter(state=TransferState.PROPOSED)
    row = rows.filter(pk=transfer_id).first()
    if row is None:
        raise Absent("transfer")
    return row
