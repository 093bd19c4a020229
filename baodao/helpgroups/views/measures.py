"""A measure for a household with who does it; one that is proposed, taken in one tap."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.helpgroups.commands.measures import (
    note_own_measure,
    note_unit_measure,
    plan_proposed,
    plan_with_doer,
)
from baodao.helpgroups.forms import DoerMeasureForm, MeasureDeedForm, ServiceDeedForm
from baodao.helpgroups.models import MeasureDoer
from baodao.helpgroups.queries.measures import doer_choices, own_measure, unit_measure
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.queries.tree import standing_of
from baodao.residents.models import SupportMeasure
from baodao.residents.queries.files import file_to_write
from baodao.residents.rules.households import check_living, check_measure_open
from baodao.ui.guards import asking, member_only, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import Act, FormPage, bound, phone_question, question, submit
from baodao.visits.queries.cadres import CadreChoices, cadres_for


def _file_page(row: SupportMeasure) -> str:
    return reverse("residents:file", args=[row.file_id])


@asking
def plan(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """A measure for the household: what, who, until when."""
    row = file_to_write(request.actor, household_file_id)
    cadres = CadreChoices(cadres_for(request.actor, standing_of(row.community)))
    parties = doer_choices(request.actor, row)
    form = bound(request, DoerMeasureForm, cadres=cadres, parties=parties)
    headline = gettext("A measure for household %(n)s") % {"n": row.number}
    lead = gettext("Who is chosen sees kind, number and day on their first page, no more.")
    page = question(form, headline, gettext("Save"), lead)
    page = page.beside(cancel=reverse("residents:file", args=[row.pk]))

    def act(actor: Actor, **_: object) -> SupportMeasure:
        return plan_with_doer(actor, file_id=row.pk, measure=form.measure(), doer=form.doer_facts())

    page = page.while_open(check_living, row.ended_at)
    return submit(request, act, to=_file_page, message=gettext("Saved."), page=page)


@writing
def take(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Plan what is proposed, in one tap."""
    row = file_to_write(request.actor, household_file_id)
    line = request.POST.get("line", "")

    def act(actor: Actor, **_: object) -> SupportMeasure:
        return plan_proposed(actor, file_id=row.pk, line=line)

    to = reverse("residents:file", args=[row.pk])
    return submit(request, act, to=to, message=gettext("Planned."))


@asking
@member_only
def own_done(request: ActorRequest, own_measure_id: UUID) -> HttpResponse:
    """My measure is done, in a few words; the time that it took is service."""
    form = bound(request, ServiceDeedForm, initial={"on": clock.today()})
    row = own_measure(request.actor, own_measure_id)

    def act(actor: Actor, **_: object) -> SupportMeasure:
        return note_own_measure(actor, measure_id=row.pk, deed=form.deed())

    page = phone_question(form, _headline(row), gettext("The measure is done"), _lead(row))
    return _finish(request, page, row, act, reverse("helpgroups:own"))


@asking
def unit_done(request: ActorRequest, unit_measure_id: UUID) -> HttpResponse:
    """A measure of the unit is done, in a few words."""
    form = bound(request, MeasureDeedForm, initial={"on": clock.today()})
    row = unit_measure(request.actor, unit_measure_id)

    def act(actor: Actor, **_: object) -> SupportMeasure:
        return note_unit_measure(actor, measure_id=row.pk, deed=form.deed())

    page = question(form, _headline(row), gettext("The measure is done"), _lead(row))
    return _finish(request, page, row, act, reverse("home:unit"))


def _headline(row: MeasureDoer) -> str:
    kind = row.measure.proposed or row.measure.get_kind_display()
    return gettext("Done: %(kind)s, household %(n)s") % {"kind": kind, "n": row.measure.file.number}


def _lead(row: MeasureDoer) -> str:
    community = row.measure.file.community.name
    words = gettext("Due on %(day)s. What you write goes to %(community)s and is kept sealed.")
    return words % {"day": date_format(row.measure.due_on), "community": community}


def _finish(
    request: ActorRequest, page: FormPage, row: MeasureDoer, act: Act, to: str
) -> HttpResponse:
    one = row.measure
    page = page.beside(cancel=to).while_open(check_measure_open, one.ended_at, one.done_on)
    message = gettext("Sent. Thank you; the community reads it.")
    return submit(request, act, to=to, message=message, page=page)
