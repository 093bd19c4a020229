"""服务记录单 and 服务社区情况记录表 as page, PDF or Word; issuing a numbered sheet."""

from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents import files
from baodao.documents.catalogue import form_of
from baodao.documents.sheets import Item
from baodao.documents.views import paper_page
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import YEARS
from baodao.kernel.errors import Absent
from baodao.ledger.queries import records as queries
from baodao.ledger.queries.places import on_their_shards, own_records_on_shards
from baodao.orgs.requests import acting_community
from baodao.people.models import Person
from baodao.people.queries.relations import going_on_as
from baodao.statements import documents
from baodao.statements.commands.sheets import issue_sheet
from baodao.statements.forms import SheetForm
from baodao.statements.models import RecordSheet
from baodao.statements.queries.papers import (
    branch_shown,
    draft_item,
    records_of_person,
    records_of_year,
    rows_of_past,
    year_item,
)
from baodao.statements.queries.sheets import own_sheets, sheets
from baodao.statements.queries.successions import Successions
from baodao.statements.rules.papers import RECORD_SHEET, YEAR_SHEET
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _paper(request: ActorRequest, code: str, item: Item, ending: str) -> HttpResponse:
    form = form_of(code)
    if ending not in form.formats:
        raise Absent("format")
    if ending == "html":
        return paper_page(request, form, [item])
    return paper_download(request, files.render(code, [item], ending))


@reading
@member_only
def sheet(request: ActorRequest, ending: str) -> HttpResponse:
    """The sheet issued to the member last; without one, what is to be numbered at the window."""
    issued = own_sheets(request.actor).first()
    if issued:
        return _paper(request, RECORD_SHEET.code, documents.sheet_item(issued), ending)
    latest = queries.standing(own_records_on_shards(request.actor)).first()
    if latest is None:
        raise Absent("records")
    successions = Successions.of([latest.person_id])
    place = successions.standing(latest.community, latest.person_id, clock.now())
    item = draft_item(latest.person, branch_shown(request.actor, latest), place)
    return _paper(request, RECORD_SHEET.code, item, ending)


@reading
@member_only
def own_year(request: ActorRequest, year: int, ending: str) -> HttpResponse:
    """The member's own year."""
    rows = own_records_on_shards(request.actor)
    latest = rows.first()
    if latest is None or year not in YEARS:
        raise Absent("records")
    branch = branch_shown(request.actor, latest)
    item = year_item(latest.person, branch, records_of_year(rows, year), year)
    return _paper(request, YEAR_SHEET.code, item, ending)


@reading
def year(request: ActorRequest, person_id: UUID, year: int, ending: str) -> HttpResponse:
    """A person's year, as far as the actor reads it: here, or in the whole of their unit. That of
    who was entered twice is the year of the one they go on as."""
    rows = on_their_shards(queries.records(request.actor).filter(person=person_id), [person_id])
    latest = rows.order_by("-recorded_at").first()
    if latest is None or year not in YEARS:
        raise Absent("records")
    kept = going_on_as(latest.person)
    if kept != latest.person:
        return redirect("statements:year_sheet", kept.pk, year, ending)
    records = [queries.in_view(request.actor, row) for row in records_of_year(rows, year)]
    branch = branch_shown(request.actor, latest)
    return _paper(request, YEAR_SHEET.code, year_item(latest.person, branch, records, year), ending)


def _person(request: ActorRequest, person_id: UUID) -> Person:
    """Somebody of whom the community, or one for which it stands, has recorded something. Raises
    `Absent`."""
    rows = records_of_person(request.actor, person_id, Permission.RECORD_CONFIRM)
    here = rows_of_past(
        acting_community(request, Permission.RECORD_CONFIRM), person_id, clock.now()
    )
    record = here.filter(id__in=rows.order_by().values("id")).first()
    if record is None:
        raise Absent("records")
    return record.person


@asking
def issue(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Issue a numbered sheet of what this community recorded of a person."""
    person, today = _person(request, person_id), clock.today()
    community = acting_community(request, Permission.RECORD_CONFIRM)
    year = {"since": date(today.year, 1, 1), "until": today}
    page = question(
        # no end: a sheet is issued whenever it is asked for
        # no edit: a sheet is issued, and this year is a first guess
        bound(request, SheetForm, initial=year),
        gettext("Issue a record sheet for %(name)s") % {"name": person.name},
        gettext("Issue"),
        gettext("It gets a number of this community and is sealed after printing."),
    )
    act = partial(issue_sheet, community_id=community.pk, person_id=person_id)
    to = reverse("statements:person", args=[person_id])
    return submit(request, act, to=to, message=_issued, page=page)


def _issued(sheet: RecordSheet) -> str:
    return gettext("The record sheet %(number)s is issued.") % {"number": sheet.number_text}


@reading
def issued(request: ActorRequest, sheet_id: UUID, ending: str) -> HttpResponse:
    """A numbered sheet, for the community that issued it and for the member."""
    item = documents.sheet_item(_sheet(request, sheet_id))
    return _paper(request, RECORD_SHEET.code, item, ending)


def _sheet(request: ActorRequest, sheet_id: UUID) -> RecordSheet:
    for rows in (sheets(request.actor), own_sheets(request.actor)):
        sheet = rows.filter(pk=sheet_id).first()
        if sheet is not None:
            return sheet
    raise Absent("sheet")
