"""The reports that an organisation writes: drawn up with one tap, read and worded, submitted."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from baodao.documents.catalogue import form_of
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import live_unit_registration
from baodao.reports import documents
from baodao.reports.commands import drafts
from baodao.reports.commands.submissions import submit_report
from baodao.reports.forms import SignerForm
from baodao.reports.models import Report
from baodao.reports.queries import reports as queries
from baodao.reports.queries.occasions import occasion_of
from baodao.reports.queries.papers import digest_in, lines_to_sign
from baodao.reports.rules.life import OUT, REPORT, ReportState
from baodao.reports.rules.plans import WRITERS, ReportKind, plans_to
from baodao.reports.tables.reports import chart_of, due_reports, reports_spec, shown_parts, title_of
from baodao.sentences.rules.sentences import ReportPart
from baodao.ui.addresses import row_url
from baodao.ui.guards import asking, reading, writing
from baodao.ui.interruptions import tell_typed, typed_before
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import worded

WORDS, BEFORE = "words-", "before-"
"""Beside each part: what is typed, and what the page showed."""


def _writer(request: ActorRequest) -> Organisation:
    """The organisation for which the request acts and writes."""
    kind = Kind(request.acting.kind) if request.acting else None
    if kind not in WRITERS:
        raise Absent("organisation")
    return acting_for(request, [kind], WRITERS[kind])


@reading
def reports(request: ActorRequest) -> HttpResponse:
    """The reports of a writer, and the taps that draw up those that are due; an authority that
    writes none is led to those that came."""
    if request.acting and Kind(request.acting.kind) in AUTHORITIES - WRITERS.keys():
        return redirect("reports:received")
    writer = _writer(request)
    rows = queries.written(request.actor).filter(writer=writer)
    rows = rows.annotate(acknowledgement=queries.acknowledgement())
    received = bool(plans_to(Kind(writer.kind)))
    context = {"writer": writer, "due": due_reports(writer, rows), "receives": received}
    return Listing(rows, request, reports_spec()).response("reports/reports.html", context)


@writing
def draft(request: ActorRequest) -> HttpResponse:
    """Draw up the report of a period and go to it."""
    writer = _writer(request)
    kind = request.POST.get("kind", "")
    if kind not in set(ReportKind):
        raise Absent("kind")
    period = request.POST.get("period", "")
    act = partial(drafts.draft_report, writer_id=writer.pk, kind=ReportKind(kind), period=period)
    return submit(request, act, to=_page_of)


def _page_of(report: Report) -> str:
    return row_url("reports:report", report.pk)


@asking
def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """A report with its figures; a draft is worded here, its parts saved together by the button."""
    # no end: what is submitted is shown without fields, and the act refuses it
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
    writes = request.actor.may(row.plan.permission, row.writer.path)
    return {
        "report": row,
        "title": title_of(row),
        "parts": shown_parts(row, request.actor, typed),
        "chart": chart_of(row, request.actor),
        "receipts": queries.receipts_of(row),
        "items": queries.report_timeline(row),
        "edits": writes and row.state == ReportState.DRAFT,
        "renews": writes and row.state in OUT and row.writer.closed_at is None,
        "occasion": occasion_of(request.actor, row),
        "newer": queries.newer_of(request.actor, row),
    }


@writing
def part(request: ActorRequest, report_id: UUID, part: str) -> HttpResponse:
    """Save one part; answered with what stands beside its field from now on."""
    row = queries.report_of(request.actor, report_id, to_write=True)
    if part not in set(ReportPart):
        raise Absent("part")
    refused = ""
    try:
        row = _writing(request, row)(request.actor)
    except Refused as reason:
        refused = worded(reason)
    after = next(one for one in shown_parts(row, request.actor) if one.code == part)
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
    row = queries.report_of(request.actor, report_id, to_write=True)
    receivers = "、".join(place.name for place in queries.receivers_of(row.writer))
    initial = {"signer": _signer(request, row), "seen": digest_in(row)}
    page = question(
        # no edit: the draft names nobody, and it carries the hash of the text that is signed
        bound(request, SignerForm, initial=initial),
        gettext("Submit “%(report)s”?") % {"report": title_of(row)},
        gettext("Submit"),
        gettext("It gets its number and stays as it is; a new version may replace it."),
        [(gettext("Goes to"), receivers or "—"), *lines_to_sign(row)],
    ).while_open(REPORT.check, row.state, ReportState.DRAFT)
    act = partial(submit_report, report_id=row.pk)
    message = gettext("Submitted. You are told when it is acknowledged.")
    return submit(request, act, to=_page_of(row), message=message, page=page)


def _signer(request: ActorRequest, row: Report) -> str:
    """Who signed it before, else the unit's secretary as registered, else who acts."""
    contact = live_unit_registration(row.writer)
    return row.signer or (contact.secretary if contact else request.actor.name)


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
