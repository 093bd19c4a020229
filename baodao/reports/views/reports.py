"""The unit's reports: drawn up with one tap, read and worded, submitted."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from baodao.documents.catalogue import form_of
from baodao.insight.queries.words import period_words
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, read_period
from baodao.orgs.requests import acting_unit
from baodao.partnership.queries import live_unit_registration
from baodao.reports import documents
from baodao.reports.commands import drafts
from baodao.reports.commands.submissions import submit_report
from baodao.reports.forms import SignerForm
from baodao.reports.models import Report
from baodao.reports.queries import reports as queries
from baodao.reports.rules.life import OUT, ReportState
from baodao.reports.rules.plans import ReportKind, half_on
from baodao.reports.rules.sentences import ReportPart
from baodao.reports.tables import reports_spec, shown_parts, title_of
from baodao.ui.addresses import row_url
from baodao.ui.guards import asking, reading, writing
from baodao.ui.interruptions import tell_typed, typed_before
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import worded

WORDS, BEFORE = "words-", "before-"
"""Beside each part: what is typed, and what the page showed."""


@reading
def reports(request: ActorRequest) -> HttpResponse:
    """The reports of a unit, and the tap that draws up the one of this half-year."""
    unit = acting_unit(request, Permission.REPORT_WRITE)
    rows = queries.reports(request.actor, Permission.REPORT_WRITE).filter(unit=unit)
    text, today = half_on(clock.today()), clock.today()
    begun = set(rows.filter(period_text=text).values_list("kind", flat=True))
    period = read_period(text, AsOf(clock.end_of(today), today))
    context = {
        "unit": unit,
        "period": period,
        "words": period_words(period),
        "kinds": [kind for kind in ReportKind if kind not in begun],
    }
    return Listing(rows, request, reports_spec()).response("reports/reports.html", context)


@writing
def draft(request: ActorRequest) -> HttpResponse:
    """Draw up the report of a half-year and go to it."""
    unit = acting_unit(request, Permission.REPORT_WRITE)
    kind = request.POST.get("kind", "")
    if kind not in set(ReportKind):
        raise Absent("kind")
    period = request.POST.get("period", "")
    act = partial(drafts.draft_report, unit_id=unit.pk, kind=ReportKind(kind), period=period)
    return submit(request, act, to=_page_of)


def _page_of(report: Report) -> str:
    return row_url("reports:report", report.pk)


@asking
def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """A report with its figures; a draft is worded here, its parts saved together by the button."""
    row = queries.report_of(request.actor, report_id)
    if request.method == "POST":
        return submit(request, _writing(request, row), to=_page_of(row), message=gettext("Saved."))
    typed = typed_before(request)
    again = _by_part(typed, WORDS) if typed else {}
    if again:
        tell_typed(request)
    return render(request, "reports/report.html", _context(request, row, again))


def _by_part(fields: Mapping[str, str], prefix: str) -> dict[ReportPart, str]:
    """The fields with this prefix, by their part."""
    return {part: fields[f"{prefix}{part}"] for part in ReportPart if f"{prefix}{part}" in fields}


def _writing(request: ActorRequest, row: Report) -> partial[Report]:
    """Saving what was typed in parts, beside what the page showed of them."""
    return partial(
        drafts.write_parts,
        report_id=row.pk,
        words=_by_part(request.POST, WORDS),
        before=_by_part(request.POST, BEFORE),
    )


def _context(
    request: ActorRequest, row: Report, typed: Mapping[ReportPart, str]
) -> dict[str, object]:
    writes = request.actor.may(Permission.REPORT_WRITE, row.unit.path)
    return {
        "report": row,
        "title": title_of(row),
        "parts": shown_parts(row, typed),
        "receipts": queries.receipts_of(row),
        "items": queries.report_timeline(row),
        "edits": writes and row.state == ReportState.DRAFT,
        "renews": writes and row.state in OUT and row.unit.closed_at is None,
        "newer": queries.newer_of(request.actor, row),
    }


@writing
def part(request: ActorRequest, report_id: UUID, part: str) -> HttpResponse:
    """Save one part; answered with what stands beside its field from now on."""
    row = queries.report_of(request.actor, report_id, Permission.REPORT_WRITE)
    if part not in set(ReportPart):
        raise Absent("part")
    refused = ""
    try:
        row = _writing(request, row)(request.actor)
    except Refused as reason:
        refused = worded(reason)
    after = next(one for one in shown_parts(row) if one.code == part)
    context = {"part": after, "refused": refused, "saved": True}
    return render(request, "reports/part_state.html", context, status=422 if refused else 200)


@writing
def refresh(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Count the figures of a draft anew."""
    act = partial(drafts.refresh_figures, report_id=report_id)
    message = gettext("The figures are those of now. Your own words are kept.")
    return submit(request, act, to=row_url("reports:report", report_id), message=message)


@asking
def submission(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Name who signs, and submit."""
    row = queries.report_of(request.actor, report_id, Permission.REPORT_WRITE)
    contact = live_unit_registration(row.unit)
    signer = row.signer or (contact.secretary if contact else request.actor.name)
    receivers = "、".join(place.name for place in queries.receivers_of(row.unit))
    page = question(
        bound(request, SignerForm, initial={"signer": signer}),  # no edit: the draft names nobody
        gettext("Submit “%(report)s”?") % {"report": title_of(row)},
        gettext("Submit"),
        gettext("It gets its number and stays as it is; a new version may replace it."),
        [(gettext("Goes to"), receivers or "—")],
    )
    act = partial(submit_report, report_id=row.pk)
    message = gettext("Submitted. You are told when it is acknowledged.")
    return submit(request, act, to=_page_of(row), message=message, page=page)


@writing
def again(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Begin a new version of a submitted or returned report."""
    return submit(request, partial(drafts.draft_again, report_id=report_id), to=_page_of)


@reading
def paper(request: ActorRequest, report_id: UUID, ending: str) -> HttpResponse:
    """A report as a file; a draft as it would be submitted now."""
    row = queries.report_of(request.actor, report_id)
    if ending not in form_of(row.plan.form).files:
        raise Absent("format")
    return paper_download(request, documents.rendered(row, ending))
