"""Reorganising in the browser: choose what, look at what it does, confirm with a reason, undo."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baodao.kernel.errors import gettext_noop
from baodao.orgs.commands.reorganisations import reorganise, undo
from baodao.orgs.forms import ReformForm
from baodao.orgs.models import Organisation
from baodao.orgs.queries.reorganisations import (
    candidates,
    check_undoable,
    counted_words,
    handover_lines,
    plan_of,
    reorganisation_of,
)
from baodao.orgs.queries.tree import place_name
from baodao.orgs.rules.handovers import (
    Fate,
    Reform,
    ReorganisationPlan,
    reforms_of,
)
from baodao.orgs.rules.tree import Kind
from baodao.orgs.views.organisations import address_of, kept_organisation
from baodao.ui.forms import ConfirmForm, SeenForm
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, as_sent, bound, question, submit

HEADINGS = {
    Fate.STANDS: gettext_noop("First to be seen to"),
    Fate.GOES: gettext_noop("Goes along"),
    Fate.ENDS: gettext_noop("Ends with it"),
}


@asking
def change(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Rename, move, merge, split or dissolve: chosen and filled in by the address, so that the
    preview can be looked at and gone back from; only the confirmation is sent."""
    # no end: of what is closed nothing is offered, and the preview names what stands in the way
    organisation = kept_organisation(request.actor, organisation_id)
    reforms = reforms_of(Kind(organisation.kind)) if organisation.closed_at is None else ()
    reform = next((one for one in reforms if one == request.GET.get("reform")), None)
    context = _choices(organisation, reforms) | {"reform": reform}
    if reform is None:
        return render(request, "orgs/reform.html", context)
    form = _form(request, organisation, reform)
    if not form.is_valid() or not form.is_complete:
        return render(request, "orgs/reform.html", context | {"form": form})
    return _confirmed(request, organisation, plan_of(organisation, form.aim()), context)


def _choices(organisation: Organisation, reforms: Sequence[Reform]) -> dict[str, object]:
    return {
        "organisation": organisation,
        "reforms": [(one.value, _(one.words)) for one in reforms],
        "cancel": address_of(organisation),
    }


def _form(request: ActorRequest, organisation: Organisation, reform: Reform) -> ReformForm:
    """With what the address says, once a preview was asked for; nothing is asked to dissolve."""
    typed = request.GET if "preview" in request.GET or reform is Reform.DISSOLVED else None
    options = candidates(request.actor, organisation, reform)
    return as_sent(ReformForm(typed, organisation=organisation, reform=reform, candidates=options))


def _confirmed(
    request: ActorRequest,
    organisation: Organisation,
    plan: ReorganisationPlan,
    context: dict[str, object],
) -> HttpResponse:
    form = bound(request, SeenForm)
    page = FormPage(form, "orgs/reform_preview.html", context | _preview(plan))
    return submit(
        request,
        partial(reorganise, organisation_id=plan.organisation_id, aim=plan.aim),
        to=str(context["cancel"]),
        message=_("Done. It can be undone until somebody works under it."),
        page=page.editing(organisation, lambda row: {"seen": place_name(row)}),
    )


def _preview(plan: ReorganisationPlan) -> dict[str, object]:
    """What becomes of everything, under headings."""
    lines = handover_lines(plan)
    groups = {
        _(heading): [counted_words(line) for line in lines if line.fate is fate]
        for fate, heading in HEADINGS.items()
    }
    return {
        "plan": plan,
        "groups": {heading: words for heading, words in groups.items() if words},
        "stands": any(line.fate is Fate.STANDS for line in lines),
    }


@asking
def take_back(request: ActorRequest, organisation_id: int, reorganisation_id: UUID) -> HttpResponse:
    """Undo the last reorganisation."""
    organisation = kept_organisation(request.actor, organisation_id)
    headline = _("Undo the reorganisation of %(name)s?") % {"name": organisation.name}
    lead = _("Everything hangs and holds again as it did before.")
    row = reorganisation_of(organisation, reorganisation_id)
    page = question(bound(request, ConfirmForm), headline, _("Put it all back"), lead)
    page = page.while_open(check_undoable, row)
    act = partial(undo, organisation_id=organisation.pk, reorganisation_id=row.pk)
    message = _("Undone: everything is as it was before")
    return submit(request, act, to=address_of(organisation), message=message, page=page)
