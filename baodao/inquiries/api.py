"""Requests of authorities over the API: sent, given more time, withdrawn, answered."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.inquiries.commands import requests as asking
from baodao.inquiries.commands.answers import answer_request
from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.queries import requests as requested
from baodao.inquiries.rules.requests import (
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
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.kernel.moments import AsOf, read_period
from baodao.orgs.queries.tree import by_code
from baodao.reports.api import ReportRow, ToReturnReport, report_row
from baodao.reporttables.queries.own import metric_words
from baodao.reporttables.rules.formulas import read_formula
from baodao.reporttables.rules.own import LONGEST_FORMULA, LONGEST_HEADING, OwnColumn
from baodao.ui.api import (
    ApiRequest,
    Code,
    Cursor,
    Day,
    Page,
    Place,
    Words,
    answers,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Reports")])
MOST = 200
"""Organisations that are asked at a time."""


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
    return report_row(report)


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
