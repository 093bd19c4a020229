"""The tables that an organisation hands up: which there are, each on a page, and as files."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from baodao.documents.catalogue import form_of
from baodao.figures.queries.sql import present
from baodao.insight.documents import rendered
from baodao.insight.models import IssuedTable
from baodao.insight.queries.tables import organisation_for
from baodao.kernel.days import read_day
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period, read_as_of, read_period, span_of
from baodao.reporttables.commands.tables import issue_report_table
from baodao.reporttables.documents import OPEN_FILES
from baodao.reporttables.queries.open_totals import open_totals
from baodao.reporttables.queries.tables import (
    declaration_of,
    declared_for,
    filled_table,
    issued_report_table,
    place_of_burden,
    report_table,
    usual_period,
)
from baodao.reporttables.rules.catalogue import BURDEN, BY_CODE
from baodao.reporttables.rules.open_totals import open_quarter
from baodao.reporttables.rules.papers import form_code
from baodao.reporttables.tables.pages import BurdenPage, ReportTablePage
from baodao.ui.guards import reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


def _moment(request: ActorRequest, code: str, table_code: str) -> tuple[AsOf, Period]:
    """The instant and the period that an address or a form carries, else the usual one of the
    table; two days make a free span."""
    fields = request.POST if request.method == "POST" else request.GET
    as_of = read_as_of(fields.get("as_of", ""), present().instant)
    first, last = fields.get("first", ""), fields.get("last", "")
    if first and last:
        return as_of, span_of(read_day(first), read_day(last))
    text = fields.get("period", "")
    if text:
        return as_of, read_period(text, as_of)
    declaration = declaration_of(organisation_for(request.actor, code), table_code)
    return as_of, usual_period(declaration, as_of)


@reading
def tables(request: ActorRequest, code: str) -> HttpResponse:
    """Which tables there are of an organisation."""
    organisation = organisation_for(request.actor, code)
    context = {"organisation": organisation, "tables": declared_for(request.actor, organisation)}
    return render(request, "reporttables/tables.html", context)


@reading
def table(request: ActorRequest, code: str, report_sheet: str) -> HttpResponse:
    """A table, as of now or of an earlier day, of a period."""
    facts = report_table(request.actor, code, report_sheet, *_moment(request, code, report_sheet))
    number = request.GET.get("page", "")
    place = int(number) if number.isdecimal() and len(number) < 6 else 1
    page = ReportTablePage(request.actor, facts, place)
    context = {"page": page, "formats": form_of(form_code(facts.declaration)).files}
    return render(request, "reporttables/table.html", context)


@reading
def burden(request: ActorRequest) -> HttpResponse:
    """What reporting costs, by organisation: everybody who signs in may read it; the rows behind a
    number open for who reads figures there."""
    place = place_of_burden(request.actor, request.GET.get("of", ""))
    as_of = present()
    period = read_period(request.GET.get("period", ""), as_of)
    page = BurdenPage(request.actor, filled_table(place, BY_CODE[BURDEN], as_of, period))
    return render(request, "reporttables/burden.html", {"page": page})


@reading
def open_file(
    request: ActorRequest, code: str, report_sheet: str, open_ending: str
) -> HttpResponse:
    """A table of a quarter that is over as open figures: CSV, or JSON with its schema."""
    period = open_quarter(request.GET.get("period", ""), present().on)
    as_of = AsOf(period.ends_at, period.last)
    facts = report_table(request.actor, code, report_sheet, as_of, period)
    content = open_totals(facts)
    if open_ending not in OPEN_FILES:
        raise Absent("format")
    content_type, written = OPEN_FILES[open_ending]
    response = HttpResponse(written(content), content_type=content_type)
    name = f"{code}-{as_of.on}-{str(content['sha256'])[:12]}.{open_ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@writing
def issue(request: ActorRequest, code: str, report_sheet: str) -> HttpResponse:
    """Give the table its number and go to the file that was asked for."""
    as_of, period = _moment(request, code, report_sheet)
    medium = request.POST.get("format", "")

    def file(issued: IssuedTable) -> str:
        ending = form_of(issued.form).file_in(medium)
        return reverse("reporttables:issued", args=[issued.pk, ending])

    act = partial(
        issue_report_table, code=code, table_code=report_sheet, as_of=as_of, period=period
    )
    return submit(request, act, to=file)


@reading
def issued(request: ActorRequest, report_table_id: UUID, ending: str) -> HttpResponse:
    """An issued table as a file: figures and names are what they were."""
    paper = issued_report_table(request.actor, report_table_id)
    if ending not in form_of(paper.form).files:
        raise Absent("format")
    return paper_download(request, rendered(paper, ending))
