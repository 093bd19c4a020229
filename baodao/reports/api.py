"""Reports over the API: drawn up from figures, submitted, acknowledged, returned. Own words are
written on the page, where the figures stand beside them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.reports.commands import drafts, submissions
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries import reports as queries
from baodao.reports.queries.figures import part_texts
from baodao.reports.queries.papers import digest_in
from baodao.reports.rules.life import ReportState
from baodao.reports.rules.plans import ReportKind
from baodao.sentences.rules.sentences import ReportPart
from baodao.ui.api import (
    ApiRequest,
    BatchAnswer,
    Code,
    Cursor,
    Page,
    Place,
    Words,
    answers,
    left,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Reports")])
MOST = 200
"""Reports that are acknowledged at a time."""


class ReportPartRow(Schema):
    """What a part of a report says."""

    part: ReportPart
    text: str


class ReportRow(Schema):
    """A report, and what it says as of the instant of its figures; `digest` is the hash of that."""

    id: UUID
    writer: Place
    kind: ReportKind
    period: str
    version: int
    state: ReportState
    number: str
    signer: str
    as_of: datetime
    submitted_at: datetime | None
    remarks: str
    parts: list[ReportPartRow]
    request: UUID | None
    answers: dict[str, str]
    digest: str


class ReportPage(Page[ReportRow]):
    """Some rows of a list, in an order that does not change."""


class ReportReceiptRow(Schema):
    """A report that came, and whether it is acknowledged."""

    id: UUID
    report: UUID
    writer: Place
    receiver: Place
    state: ReportState
    acknowledged_at: datetime | None


class ReportReceiptPage(Page[ReportReceiptRow]):
    """Some rows of a list, in an order that does not change."""


class ReportReceiptBatch(BatchAnswer[ReportReceiptRow]):
    """What was acknowledged, and what was not."""


class SoughtReports(Schema):
    """Which reports."""

    writer: Code | None = Field(
        default=None, description=gettext_noop("Code of the organisation that wrote it.")
    )
    kind: ReportKind | None = None
    state: ReportState | None = None


class ToDraftReport(Schema):
    """Which report of which organisation."""

    writer: Code
    kind: ReportKind
    period: Code = Field(description=gettext_noop("Such as 2026-H1, 2026-Q2 or 2026."))


class ToSubmit(Schema):
    """Who signs, and the `digest` of the report as it was read."""

    name: Words
    seen: Words


class ReceiptChoice(Schema):
    """Which of those that came."""

    receipts: Annotated[list[UUID], Field(min_length=1, max_length=MOST)]


class ToReturnReport(Schema):
    """What is to be put right."""

    reason: Words


def report_row(row: Report) -> ReportRow:
    parts = [{"part": part, "text": text} for part, text in part_texts(row).items() if text]
    facts: dict[str, object] = {
        "period": row.period_text,
        "number": row.number_text,
        "parts": parts,
        "request": row.occasion,
        "digest": digest_in(row),
    }
    same = ReportRow.model_fields.keys() - facts
    return ReportRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _came(row: ReportReceipt) -> ReportReceiptRow:
    report = row.report
    return ReportReceiptRow(
        id=row.pk,
        report=report.pk,
        writer=Place.model_validate(report.writer),
        receiver=Place.model_validate(row.receiver),
        state=ReportState(report.state),
        acknowledged_at=row.acknowledged_at,
    )


@router.get("/reports/", response=answers(ReportPage), summary=gettext_noop("Reports in scope"))
@reading(Permission.REPORT_READ)
def reports(
    request: ApiRequest, sought: Query[SoughtReports], cursor: Query[Cursor]
) -> dict[str, object]:
    """Own ones, those submitted by organisations you read, and those that came to yours."""
    rows = queries.reports(request.actor)
    if sought.writer is not None:
        rows = rows.filter(writer=by_code(sought.writer))
    traits = {"kind": sought.kind, "state": sought.state}
    rows = rows.filter(**{name: value for name, value in traits.items() if value is not None})
    return page_of(rows, cursor, "id", report_row)


@router.get(
    "/reports/received/",
    response=answers(ReportReceiptPage),
    summary=gettext_noop("Reports received"),
)
@reading(Permission.REPORT_RECEIVE)
def received(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Whether each is acknowledged."""
    return page_of(queries.receipts(request.actor), cursor, "id", _came)


@router.post(
    "/reports/draft/",
    response=answers(ReportRow, writes=True),
    summary=gettext_noop("Draw up a report"),
)
@writing(Permission.REPORT_WRITE)
def draft(request: ApiRequest, body: ToDraftReport) -> ReportRow:
    """From the figures of now; the draft that is there already stays as it is."""
    writer = by_code(body.writer).pk
    report = drafts.draft_report(
        request.actor, writer_id=writer, kind=body.kind, period=body.period
    )
    return report_row(report)


@router.post(
    "/reports/{uuid:report_id}/again/",
    response=answers(ReportRow, writes=True),
    summary=gettext_noop("Draw up a new version"),
)
@writing(Permission.REPORT_WRITE)
def again(request: ApiRequest, report_id: UUID) -> ReportRow:
    """Of a submitted or returned report, which holds until the new one is submitted."""
    return report_row(drafts.draft_again(request.actor, report_id=report_id))


@router.post(
    "/reports/{uuid:report_id}/submit/",
    response=answers(ReportRow, writes=True),
    summary=gettext_noop("Submit a report"),
)
@writing(Permission.REPORT_WRITE)
def submit(request: ApiRequest, report_id: UUID, body: ToSubmit) -> ReportRow:
    """It gets its number, stays as it is, and goes to who receives it."""
    report = submissions.submit_report(
        request.actor, report_id=report_id, signer=body.name, seen=body.seen
    )
    return report_row(report)


@router.post(
    "/reports/acknowledge/",
    response=answers(ReportReceiptBatch, writes=True),
    summary=gettext_noop("Acknowledge reports"),
)
@writing(Permission.REPORT_RECEIVE)
def acknowledge(request: ApiRequest, body: ReceiptChoice) -> ReportReceiptBatch:
    """Those acknowledged or returned already are named."""
    batch = submissions.acknowledge_reports(request.actor, receipt_ids=body.receipts)
    return _outcome(batch)


def _outcome(batch: Batch[ReportReceipt]) -> ReportReceiptBatch:
    return ReportReceiptBatch(done=[_came(row) for row in batch.done], refused=left(batch.refused))


@router.post(
    "/reports/received/{uuid:receipt_id}/return/",
    response=answers(ReportRow, writes=True),
    summary=gettext_noop("Return a report"),
)
@writing(Permission.REPORT_RECEIVE)
def give_back(request: ApiRequest, receipt_id: UUID, body: ToReturnReport) -> ReportRow:
    """With remarks; who wrote it draws up a new version."""
    report = submissions.return_to_writer(request.actor, receipt_id=receipt_id, reason=body.reason)
    return report_row(report)
