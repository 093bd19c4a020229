"""The people of a household and the measures for it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.residents.commands import measures as commands
from baodao.residents.commands.people import add_resident, remove_resident
from baodao.residents.forms import MeasureOutcomeForm, ResidentForm
from baodao.residents.models import Resident, SupportMeasure
from baodao.residents.queries.files import file_to_write, measure_in
from baodao.residents.rules.households import check_living, check_measure_open
from baodao.residents.views.files import file_address
from baodao.ui.forms import ConfirmForm, ReasonForm
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _back(row: Resident | SupportMeasure) -> str:
    return reverse("residents:file", args=[row.file_id])


@asking
def add(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Write somebody of the household down."""
    row = file_to_write(request.actor, household_file_id)
    form = bound(request, ResidentForm)
    lead = gettext(
        "What concerns children under fourteen is written by the secretary of the community."
    )
    page = question(form, gettext("Somebody of the household"), gettext("Add"), lead)

    def act(actor: Actor, **_: object) -> Resident:
        return add_resident(actor, file_id=row.pk, resident=form.resident())

    page = page.beside(cancel=file_address(row)).while_open(check_living, row.ended_at)
    return submit(request, act, to=_back, message=gettext("Saved, sealed."), page=page)


@asking
def remove(request: ActorRequest, household_file_id: UUID, resident_id: UUID) -> HttpResponse:
    """Take somebody out of the file; nothing of them is kept."""
    row = file_to_write(request.actor, household_file_id)
    headline, lead = gettext("Take them out of the file"), gettext("Nothing of them is kept.")
    page = question(bound(request, ConfirmForm), headline, gettext("Remove"), lead)
    page = page.beside(cancel=file_address(row))
    act = partial(remove_resident, file_id=row.pk, resident_id=resident_id)
    page = page.while_open(check_living, row.ended_at)
    return submit(request, act, to=file_address, message=gettext("Removed."), page=page)


@asking
def done(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    """That a measure was done."""
    row = measure_in(request.actor, measure_id)
    headline = gettext("Measure done: %(kind)s") % {"kind": row.get_kind_display()}
    page = question(bound(request, MeasureOutcomeForm), headline, gettext("Save"))
    page = page.beside(cancel=_back(row))
    act = partial(commands.note_measure, measure_id=row.pk)
    page = page.while_open(check_measure_open, row.ended_at, row.done_on)
    return submit(request, act, to=_back, message=gettext("Saved."), page=page)


@asking
def drop(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    """Let a measure go that is not to be done any more."""
    row = measure_in(request.actor, measure_id)
    headline = gettext("Drop the measure: %(kind)s") % {"kind": row.get_kind_display()}
    page = question(bound(request, ReasonForm), headline, gettext("Drop"))
    page = page.beside(cancel=_back(row))
    act = partial(commands.drop_measure, measure_id=row.pk)
    page = page.while_open(check_measure_open, row.ended_at, row.done_on)
    return submit(request, act, to=_back, message=gettext("Saved."), page=page)
