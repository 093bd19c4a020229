"""Reports over the API: drawn up from figures, submitted, acknowledged, returned; requests of
authorities sent and answered. Own words are written on the page, where the figures stand beside
them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import gettext_noop
from baodao.kernel.moments import AsOf, read_period
from baodao.orgs.queries.tree import by_code
from baodao.reports.commands import drafts, submissions
from baodao.reports.commands import requests as asking
from baodao.reports.commands.answers import answer_request
from baodao.reports.models import Report, ReportReceipt, ReportRequest, RequestLine
from baodao.reports.queries import reports as queries
from baodao.reports.queries import requests as requested
from baodao.reports.queries.figures import part_texts
from baodao.reports.rules.life import ReportState
from baodao.reports.rules.plans import ReportKind
from baodao.reports.rules.requests import (
    LONGEST_BASIS,
    LONGEST_LABEL,
    LONGEST_TITLE,
    MOST_FIGURES,
    MOST_QUESTIONS,
    Double,
    RequestContent,
    RequestField,
    RequestFieldKind,
)
from baodao.reporttables.queries.own import metric_words
from baodao.reporttables.rules.formulas import read_formula
from baodao.reporttables.rules.own import LONGEST_FORMULA, LONGEST_HEADING, OwnColumn
from baodao.sentences.rules.sentences import ReportPart
from baodao.ui.api import (
    ApiRequest,
    BatchAnswer,
    Code,
    Cursor,
    Day,
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
    """A report, and what it says as of the instant of its figures."""

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
    """Who signs."""

    name: Words


class ReceiptChoice(Schema):
    """Which of those that came."""

    receipts: Annotated[list[UUID], Field(min_length=1, max_length=MOST)]


class ToReturnReport(Schema):
    """What is to be put right."""

    reason: Words


def _row(row: Report) -> ReportRow:
    parts = [{"part": part, "text": text} for part, text in part_texts(row).items() if text]
    facts: dict[str, object] = {
        "period": row.period_text,
        "number": row.number_text,
        "parts": parts,
        "request": row.request.pk if row.request else None,
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
    return page_of(rows, cursor, "id", _row)


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
    return _row(report)


@router.post(
    "/reports/{uuid:report_id}/again/",
    response=answers(ReportRow, writes=True),
    summary=gettext_noop("Draw up a new version"),
)
@writing(Permission.REPORT_WRITE)
def again(request: ApiRequest, report_id: UUID) -> ReportRow:
    """Of a submitted or returned report, which holds until the new one is submitted."""
    return _row(drafts.draft_again(request.actor, report_id=report_id))


@router.post(
    "/reports/{uuid:report_id}/submit/",
    response=answers(ReportRow, writes=True),
    summary=gettext_noop("Submit a report"),
)
@writing(Permission.REPORT_WRITE)
def submit(request: ApiRequest, report_id: UUID, body: ToSubmit) -> ReportRow:
    """It gets its number, stays as it is, and goes to who receives it."""
    report = submissions.submit_report(request.actor, report_id=report_id, signer=body.name)
    return _row(report)


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
    return _row(report)


class RequestFigure(Schema):
    """A figure that the system fills in."""

    heading: Annotated[str, Field(min_length=1, max_length=LONGEST_HEADING)]
    figure: Annotated[str, Field(min_length=1, max_length=LONGEST_FORMULA)] = Field(
        description=gettext_noop("A figure of the catalogue by its code or name, or a formula.")
    )


class RequestQuestion(Schema):
    """A field that people fill in."""

    label: Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL)]
    kind: RequestFieldKind = RequestFieldKind.NUMBER


class RequestDouble(Schema):
    """A field that another request asks already."""

    label: str
    request: UUID
    title: str
    sender: str
    receivers: list[str]


class ReportRequestRow(Schema):
    """What an authority asks."""

    id: UUID
    sender: Place
    title: str
    basis: str
    period: str
    due_on: date
    figures: list[RequestFigure]
    questions: list[RequestQuestion]
    sent_at: datetime
    withdrawn_at: datetime | None


class ReportRequestPage(Page[ReportRequestRow]):
    """Some rows of a list, in an order that does not change."""


class RequestOutcome(Schema):
    """The request that was sent; none where others ask the same already."""

    request: ReportRequestRow | None
    doubles: list[RequestDouble]


class RequestLineRow(Schema):
    """What an organisation has to answer, with the version of its answer before; 0 for none."""

    id: UUID
    organisation: Place
    request: ReportRequestRow
    follows: int


class RequestLinePage(Page[RequestLineRow]):
    """Some rows of a list, in an order that does not change."""


class ToSendRequest(Schema):
    """What is asked, of whom, on which basis, by when."""

    sender: Code
    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    basis: Annotated[str, Field(min_length=1, max_length=LONGEST_BASIS)]
    period: Code
    due_on: Day
    receivers: Annotated[list[Code], Field(min_length=1, max_length=MOST)]
    figures: Annotated[list[RequestFigure], Field(max_length=MOST_FIGURES)] = []
    questions: Annotated[list[RequestQuestion], Field(max_length=MOST_QUESTIONS)]


class ToExtendRequest(Schema):
    """The new last day."""

    until: Day


class ToAnswerRequest(Schema):
    """What stands in the fields by their labels, and who signs; `follows` as it was read."""

    follows: int = 0
    fields: dict[str, Words]
    name: Words


@router.get(
    "/requests/", response=answers(ReportRequestPage), summary=gettext_noop("Requests for reports")
)
@reading(Permission.REPORT_READ)
def report_requests(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Of authorities and to organisations that one reads."""
    return page_of(requested.requests(request.actor), cursor, "id", _asking)


@router.get(
    "/requests/lines/",
    response=answers(RequestLinePage),
    summary=gettext_noop("Requests to answer"),
)
@reading(Permission.REPORT_WRITE)
def request_lines(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Those that are not answered yet, or whose answer was returned."""
    return page_of(requested.lines_to_answer(request.actor).order_by(), cursor, "id", _line)


@router.post(
    "/requests/",
    response=answers(RequestOutcome, writes=True),
    summary=gettext_noop("Ask for a report"),
)
@writing(Permission.REPORT_REQUEST)
def send(request: ApiRequest, body: ToSendRequest) -> RequestOutcome:
    """Nothing is sent where another request asks the same; which one is named."""
    sender, content = by_code(body.sender).pk, _content(body)
    doubles = asking.note_doubles(request.actor, sender_id=sender, content=content)
    if doubles:
        return RequestOutcome(request=None, doubles=[_double(one) for one in doubles])
    row = asking.send_request(request.actor, sender_id=sender, content=content)
    return RequestOutcome(request=_asking(row), doubles=[])


@router.post(
    "/requests/{uuid:report_request_id}/extend/",
    response=answers(ReportRequestRow, writes=True),
    summary=gettext_noop("Give more time to answer"),
)
@writing(Permission.REPORT_REQUEST)
def extend(request: ApiRequest, report_request_id: UUID, body: ToExtendRequest) -> ReportRequestRow:
    """Who has not answered yet is told."""
    row = asking.extend_request(request.actor, request_id=report_request_id, due_on=body.until)
    return _asking(row)


@router.post(
    "/requests/{uuid:report_request_id}/withdraw/",
    response=answers(ReportRequestRow, writes=True),
    summary=gettext_noop("Withdraw a request for a report"),
)
@writing(Permission.REPORT_REQUEST)
def withdraw(
    request: ApiRequest, report_request_id: UUID, body: ToReturnReport
) -> ReportRequestRow:
    """What was answered stays."""
    row = asking.withdraw_request(request.actor, request_id=report_request_id, reason=body.reason)
    return _asking(row)


@router.post(
    "/requests/lines/{uuid:line_id}/answer/",
    response=answers(ReportRow, writes=True),
    summary=gettext_noop("Answer a request for a report"),
)
@writing(Permission.REPORT_WRITE)
def answer(request: ApiRequest, line_id: UUID, body: ToAnswerRequest) -> ReportRow:
    """Its figures are counted now; it is submitted and goes to who asked."""
    report = answer_request(
        request.actor,
        line_id=line_id,
        version=body.follows + 1,
        answers=body.fields,
        signer=body.name,
    )
    return _row(report)


def _content(body: ToSendRequest) -> RequestContent:
    words, today = metric_words(), clock.today()
    return RequestContent(
        body.title,
        body.basis,
        read_period(body.period, AsOf(clock.end_of(today), today)),
        body.due_on,
        tuple(by_code(code).pk for code in dict.fromkeys(body.receivers)),
        tuple(OwnColumn("", one.heading, read_formula(one.figure, words)) for one in body.figures),
        tuple(RequestField(one.label, one.kind) for one in body.questions),
    )


def _double(one: Double) -> RequestDouble:
    return RequestDouble(
        label=one.label,
        request=one.request_id,
        title=one.title,
        sender=one.sender,
        receivers=[*one.names.values()],
    )


def _asking(row: ReportRequest) -> ReportRequestRow:
    words = metric_words().names
    figures = [
        RequestFigure(heading=one.heading, figure=one.formula.written(words))
        for one in row.figure_columns
    ]
    questions = [RequestQuestion(label=one.label, kind=one.kind) for one in row.fields]
    facts = {"period": row.period_text, "figures": figures, "questions": questions}
    same = ReportRequestRow.model_fields.keys() - facts
    return ReportRequestRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _line(row: RequestLine) -> RequestLineRow:
    former = requested.latest_answer(row)
    return RequestLineRow(
        id=row.pk,
        organisation=Place.model_validate(row.organisation),
        request=_asking(row.request),
        follows=former.version if former else 0,
    )
