"""A measure for a household with who does it; one that is proposed, taken in one tap."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.helpgroups.commands.measures import plan_proposed, plan_with_doer
from baodao.helpgroups.forms import DoerMeasureForm
from baodao.helpgroups.queries.measures import doer_choices
from baodao.kernel.authz import Actor
from baodao.orgs.queries.tree import standing_of
from baodao.residents.models import SupportMeasure
from baodao.residents.queries.files import file_to_write
from baodao.residents.rules.households import check_living
from baodao.ui.guards import asking, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
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
