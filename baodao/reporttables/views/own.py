"""Tables of one's own: which there are, each with its columns, its versions and a preview."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.reporttables.commands.own import (
    add_own_table,
    discontinue_own_table,
    edit_own_table,
)
from baodao.reporttables.documents import own_preview, why_blank
from baodao.reporttables.forms import OwnTableForm, typed_values
from baodao.reporttables.queries.own import EDIT, own_table_to_edit, own_versions
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import Act, FormPage, bound, submit

TEMPLATE = "reporttables/own_table.html"


@reading
def own_tables(request: ActorRequest) -> HttpResponse:
    """The own tables that hold at the organisation one acts for, its own and those from above."""
    place = _place(request)
    edits = request.actor.may(EDIT, place.path)
    context = {"place": place, "versions": own_versions(place), "edits": edits}
    return render(request, "reporttables/own_tables.html", context)


@asking
def new_own_table(request: ActorRequest) -> HttpResponse:
    """Declare a table; looked at before it is kept."""
    place = _edited_place(request)
    page = FormPage(bound(request, OwnTableForm), TEMPLATE, {"place": place})
    return _answer(request, place, page, partial(add_own_table, organisation_id=place.pk))


@asking
def own_table(request: ActorRequest, own_table_id: UUID) -> HttpResponse:
    """Change a table from now on; looked at before it is kept."""
    # no end: a table is changed from now on as often as need be
    table = own_table_to_edit(request.actor, own_table_id)
    versions = table.versions.order_by("-number")
    context = {"place": table.organisation, "table": table, "versions": versions}
    page = FormPage(bound(request, OwnTableForm), TEMPLATE, context).editing(table, typed_values)
    return _answer(request, table.organisation, page, partial(edit_own_table, table_id=table.pk))


@writing
def end_own_table(request: ActorRequest, own_table_id: UUID) -> HttpResponse:
    """Take a table out of use."""
    act = partial(discontinue_own_table, table_id=own_table_id)
    to = reverse("reporttables:own_tables")
    return submit(request, act, to=to, message=_("Out of use from now on."))


def _answer(request: ActorRequest, place: Organisation, page: FormPage, act: Act) -> HttpResponse:
    """The preview that was asked for, else what keeping it leads to."""
    if "preview" in request.POST and page.form.is_valid():
        definition = page.form.cleaned_data["definition"]
        preview = {
            "sheets": own_preview(request.actor, place, definition),
            "why_blank": why_blank(request.actor, place, definition),
        }
        return render(request, TEMPLATE, {**page.context, "form": page.form, **preview})
    to = reverse("reporttables:own_tables")
    return submit(request, act, to=to, message=_("Kept. It is offered here and below."), page=page)


def _place(request: ActorRequest) -> Organisation:
    """The organisation one acts for, by whoever reads its settings."""
    if request.acting is None:
        raise Absent("tables")
    place: Organisation = request.acting
    return place


def _edited_place(request: ActorRequest) -> Organisation:
    place = _place(request)
    if not request.actor.may(EDIT, place.path):
        raise Absent("tables")
    return place
