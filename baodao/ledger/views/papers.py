"""服务记录单 and 服务社区情况记录表 as page, PDF or Word; issuing a numbered sheet."""

from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.catalogue import form_of
from baodao.documents.filling import Item
from baodao.documents.html import sheets as drawn
from baodao.documents.rendering import render as rendered
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ledger import commands, documents, queries
from baodao.ledger.forms import SheetForm
from baodao.ledger.models import RecordSheet
from baodao.ledger.rules.papers import RECORD_SHEET, YEAR_SHEET
from baodao.ledger.tables import Kinds
from baodao.ledger.views.acting import community_of
from baodao.people.models import Person
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.listing import download
from baodao.ui.posts import kept
from baodao.ui.questions import fresh
from baodao.ui.requests import ActorRequest

SHOWN = 200
YEARS = range(2000, 2200)


def _paper(request: ActorRequest, code: str, item: Item, ending: str) -> HttpResponse:
    form = form_of(code)
    if ending not in form.formats:
        raise Absent("format")
    if ending == "html":
        context = {"form": form, "sheets": drawn(form, [item]), "path": request.path}
        return render(request, "ledger/paper.html", context)
    return download(rendered(code, [item], ending))


@reading
@member_only
def sheet(request: ActorRequest, ending: str) -> HttpResponse:
    """The sheet issued to the member last; without one, what is to be numbered at the window."""
    issued = queries.own_sheets(request.actor).first()
    if issued:
        return _paper(request, RECORD_SHEET.code, documents.sheet_item(issued), ending)
    latest = queries.standing(queries.own_records(request.actor)).first()
    if latest is None:
        raise Absent("records")
    item = documents.draft_item(latest.person, latest.community)
    return _paper(request, RECORD_SHEET.code, item, ending)


@reading
@member_only
def own_year(request: ActorRequest, year: int, ending: str) -> HttpResponse:
    """The member's own year."""
    rows = queries.own_records(request.actor)
    latest = rows.first()
    if latest is None or year not in YEARS:
        raise Absent("records")
    return _paper(request, YEAR_SHEET.code, documents.year_item(latest.person, rows, year), ending)


@reading
def year(request: ActorRequest, person_id: UUID, year: int, ending: str) -> HttpResponse:
    """A person's year, as far as the actor reads it: here, or in the whole of their unit."""
    rows = queries.records(request.actor).filter(person=person_id)
    latest = rows.order_by("-recorded_at").first()
    if latest is None or year not in YEARS:
        raise Absent("records")
    return _paper(request, YEAR_SHEET.code, documents.year_item(latest.person, rows, year), ending)


@reading
def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """One person's records as far as the actor reads them, with their papers."""
    rows = queries.records(request.actor).filter(person=person_id)
    latest = rows.order_by("-recorded_at").first()
    if latest is None:
        raise Absent("records")
    context = {
        "person": latest.person,
        "totals": queries.totals_of(rows),
        "records": queries.originals(rows).order_by("-served_on", "-recorded_at")[:SHOWN],
        "sheets": queries.sheets(request.actor).filter(person=person_id).order_by("-issued_at"),
        "may_issue": request.actor.may(Permission.RECORD_CONFIRM, latest.community_path),
        "this_year": clock.today().year,
        "kinds": Kinds(),
    }
    return render(request, "ledger/person.html", context)


def _person(request: ActorRequest, person_id: UUID) -> Person:
    community = community_of(request)
    rows = queries.records(request.actor, Permission.RECORD_CONFIRM)
    found = rows.filter(community=community, person=person_id).first()
    if found is None:
        raise Absent("records")
    return found.person


@asking
def issue(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Issue a numbered sheet of what this community recorded of a person."""
    held, community = _person(request, person_id), community_of(request)
    today = clock.today()
    form = fresh(request, SheetForm, initial={"since": date(today.year, 1, 1), "until": today})
    back = reverse("ledger:person", args=[person_id])
    if form.is_valid():
        act = partial(_issue, community.pk, person_id, form.cleaned_data)
        if kept(request, form, act, to=back):
            return redirect(back)
    context = {**_asking(held), "cancel": back, "form": form}
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _asking(held: Person) -> dict[str, str]:
    return {
        "headline": gettext("Issue a record sheet for %(name)s") % {"name": held.name},
        "lead": gettext("It gets a number of this community and is sealed after printing."),
        "label": gettext("Issue"),
    }


def _issue(community_id: int, person_id: UUID, period: dict[str, date], actor: Actor) -> None:
    commands.issue_sheet(actor, community_id=community_id, person_id=person_id, **period)


@reading
def issued(request: ActorRequest, sheet_id: UUID, ending: str) -> HttpResponse:
    """A numbered sheet, for the community that issued it and for the member."""
    return _paper(
        request, RECORD_SHEET.code, documents.sheet_item(_sheet(request, sheet_id)), ending
    )


def _sheet(request: ActorRequest, sheet_id: UUID) -> RecordSheet:
    for rows in (queries.sheets(request.actor), queries.own_sheets(request.actor)):
        found = rows.filter(pk=sheet_id).first()
        if found is not None:
            return found
    raise Absent("sheet")
