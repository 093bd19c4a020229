"""Pages on which an identity number is put right by two."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.identities.commands import corrections as commands
from baodao.identities.forms import NumberAgainForm, NumberForm
from baodao.identities.models import IdentityCorrection
from baodao.identities.queries.corrections import changed_lines, waiting_corrections
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.searches import note_number
from baodao.people.models import Membership
from baodao.people.queries.members import member_of, unit_of
from baodao.people.rules.identity import identity_of
from baodao.ui.guards import acting_for, asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@reading
def all_corrections(request: ActorRequest) -> HttpResponse:
    """What waits for a second person of the unit acted for."""
    unit = acting_for(request, [Kind.UNIT], Permission.PERSON_EDIT)
    rows = waiting_corrections(request.actor)
    context = {"unit": unit, "rows": rows, "own": request.actor.account_id}
    return render(request, "identities/corrections.html", context)


@asking
def propose(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Say what the number is in truth, why, and what it was read from; what becomes of sex and
    birthday is shown before it is proposed."""
    row = member_of(request.actor, Permission.PERSON_EDIT, person_id)
    page = _page(row, bound(request, NumberForm))
    act = partial(commands.propose_number, person_id=person_id)
    message = _("Proposed. Somebody else of your unit confirms it.")
    return submit(request, act, to=_list(), message=message, page=page)


def _page(row: Membership, form: NumberForm) -> FormPage:
    """The page that asks, with what the number that was typed makes of the member."""
    page = question(
        form,
        _("Correct the ID number of %(name)s") % {"name": row.person.name},
        _("Propose the number"),
        _("Somebody else of your unit confirms it from the card."),
        [(_("Branch"), row.branch.name), (_("Volunteer number"), row.person.number)],
    )
    identity = identity_of(form.cleaned_data["id_number"]) if form.is_valid() else None
    if identity is None or identity.fault:
        return page
    form.show_first(identity.number)
    page = replace(page, template="identities/correction.html")
    return page.beside(lines=changed_lines(row.person, identity))


@asking
def confirm(request: ActorRequest, correction_id: UUID) -> HttpResponse:
    """Type the number once more from the card; it is put right when both agree."""
    row = _waiting(request, correction_id)
    form = bound(request, NumberAgainForm)
    if form.is_valid():
        unit = unit_of(member_of(request.actor, Permission.PERSON_EDIT, row.person_id).branch)
        number = form.cleaned_data["id_number"]
        note_number(request.actor, unit=unit, name=row.person.name, id_number=number)
    page = question(
        form,
        _("Confirm the ID number of %(name)s") % {"name": row.person.name},
        _("Confirm"),
        "",
        [(_("Reason"), row.reason), (_("Read from"), row.evidence), (_("By"), row.proposed_by)],
    )
    act = partial(commands.confirm_number, correction_id=correction_id)
    return submit(request, act, to=_list(), message=_("The number was put right."), page=page)


@writing
def decline(request: ActorRequest, correction_id: UUID) -> HttpResponse:
    """Leave the number as it is."""
    act = partial(commands.decline_number, correction_id=correction_id)
    return submit(request, act, to=_list(), message=_("The number stays as it is."))


def _list() -> str:
    return reverse("identities:corrections")


def _waiting(request: ActorRequest, correction_id: UUID) -> IdentityCorrection:
    row = waiting_corrections(request.actor).filter(pk=correction_id).first()
    if row is None:
        raise Absent("correction")
    return row
