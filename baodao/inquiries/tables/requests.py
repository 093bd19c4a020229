"""Requests on pages: those that were sent, those to answer, and a request with all its answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.documents.workbooks import figure_cell
from baodao.figures.queries.sql import present
from baodao.figures.rules.figures import Figures, total
from baodao.inquiries.models import ReportRequest
from baodao.inquiries.queries.requests import (
    RequestRow,
    figure_sums,
    figures_below,
    own_lines,
    receivers_below,
    rows_of,
    sent_requests,
    sums_of,
    topmost,
)
from baodao.inquiries.rules.requests import (
    Double,
    RequestContent,
    check_content,
    check_doubles,
    is_number,
    metrics_of,
    tells_of,
)
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, Period
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.reports.models import Report
from baodao.reports.queries.occasions import Occasion, ReportCell
from baodao.reports.rules.life import OUT, ReportState
from baodao.reports.rules.plans import PAGES
from baodao.reporttables.rules.formulas import DASH
from baodao.reporttables.rules.own import OwnColumn
from baodao.sentences.rules.sentences import sheet_of_metric
from baodao.ui.addresses import row_url
from baodao.ui.exports import Printed
from baodao.ui.listing import Column, Spec
from baodao.ui.wording import period_words, worded


def figure_url(organisation: Organisation, column: OwnColumn, as_of: AsOf, period: Period) -> str:
    """Where the rows of a figure are; none of a formula of several."""
    metric = column.formula.metric
    if metric is None:
        return ""
    _table, number = PAGES[sheet_of_metric(metric, Kind(organisation.kind))]
    moment = urlencode({"as_of": str(as_of), "period": str(period)})
    return f"{reverse(number, args=[organisation.code, metric.code])}?{moment}"


def figure_cells(
    actor: Actor,
    organisation: Organisation,
    columns: Sequence[OwnColumn],
    figures: Figures,
    moment: tuple[AsOf, Period],
) -> Iterator[ReportCell]:
    """Figures that open to their rows, for who reads them there."""
    as_of, period = moment
    opens = actor.may(Permission.FIGURE_READ, organisation.path)
    for one in columns:
        value = one.formula.value(figures, as_of.on)
        value = value if tells_of(one, Kind(organisation.kind)) else None
        url = figure_url(organisation, one, as_of, period) if opens and value else ""
        yield ReportCell(one.heading, _cell_value(value), url)


def answer_cells(actor: Actor, request: ReportRequest, report: Report) -> list[ReportCell]:
    """What an answer says, as it was submitted."""
    moment = (report.moment, request.period)
    columns = request.figure_columns
    typed = (
        ReportCell(one.label, report.answers.get(one.label, ""), numeric=is_number(one))
        for one in request.fields
    )
    return [*figure_cells(actor, report.writer, columns, report.figures, moment), *typed]


def occasion(actor: Actor, key: UUID, report: Report) -> Occasion:
    """What an answer is to, for its page; it is answered anew by who is asked still."""
    request = ReportRequest.objects.select_related("sender").get(pk=key)
    line = own_lines(actor).filter(request=request, organisation=report.writer_id).first()
    return Occasion(
        request.sender.name,
        request.basis,
        row_url("inquiries:request", request.pk),
        answer_cells(actor, request, report),
        row_url("inquiries:answer", line.pk) if line and report.state in OUT else "",
    )


@dataclass(frozen=True)
class RequestTableRow:
    """A row of the table of a request."""

    row: RequestRow
    cells: list[ReportCell]

    @property
    def state(self) -> str:
        """What became of it: acknowledged, submitted, returned, overdue."""
        row = self.row
        if row.standing_answer and row.receipt and row.receipt.acknowledged_at:
            return gettext("acknowledged")
        if row.answer:
            return str(row.answer.get_state_display())
        if row.overdue:
            return gettext("overdue, not submitted")
        return gettext("not submitted") if row.reached else gettext("Not asked any more")


class RequestTable:
    """A request with all answers that the actor reads, and their sums."""

    def __init__(self, actor: Actor, request: ReportRequest) -> None:
        self._actor, self.request, self._rows = actor, request, rows_of(actor, request)
        self.sends = sent_requests(actor).filter(pk=request.pk).exists()

    @property
    def rows(self) -> list[RequestTableRow]:
        """A row for each of whom it asks; nothing stands where nothing came."""
        return [self._row(row) for row in self._rows]

    def _row(self, row: RequestRow) -> RequestTableRow:
        cells = answer_cells(self._actor, self.request, row.answer) if row.answer else []
        return RequestTableRow(row, cells)

    @property
    def headings(self) -> list[ReportCell]:
        """The headings of figures and fields."""
        fields = self.request.fields
        return [
            *(ReportCell(one.heading, one.heading) for one in self.request.figure_columns),
            *(ReportCell(one.label, one.label, numeric=is_number(one)) for one in fields),
        ]

    @property
    def sums(self) -> list[ReportCell]:
        """What the answers make together."""
        sums = sums_of(self.request, self._rows)
        return [
            replace(heading, text=_cell_value(value) if heading.numeric else "")
            for heading, value in zip(self.headings, sums, strict=True)
        ]

    def file(self, format: str) -> Printed:  # noqa: A002
        """The whole table with its sums, as Excel or on paper."""
        heads = [gettext("Submitted by"), gettext("State")]
        names = [heading.heading for heading in self.headings]
        blank = [""] * len(names)
        rows = [
            [one.row.writer.name, one.state, *(map(_file_value, one.cells) if one.cells else blank)]
            for one in self.rows
        ]
        sums = [gettext("Total"), "", *map(_file_value, self.sums)]
        return list_file(self.request.title, heads + names, [*rows, sums], format)

    @property
    def period(self) -> str:
        return period_words(self.request.period)

    @property
    def came(self) -> int:
        return sum(row.standing_answer is not None for row in self._rows)

    @property
    def count(self) -> int:
        return sum(row.reached for row in self._rows)

    @property
    def late(self) -> int:
        return sum(row.overdue for row in self._rows)

    @property
    def waits(self) -> bool:
        """Whether the actor has answers to acknowledge."""
        return self.sends and any(row.waits for row in self._rows)

    @property
    def changes(self) -> bool:
        """Whether the actor may give more time or withdraw it."""
        return self.sends and self.request.withdrawn_at is None


@dataclass(frozen=True)
class PreviewLine:
    """Of whom it would be asked, with what is there already."""

    name: str
    cells: list[ReportCell]


@dataclass(frozen=True)
class RequestPreview:
    """A request before it is sent: what is there already, and why it cannot be sent (`refusal`);
    `doubles` name the request that asks the same, with its address."""

    headings: list[str]
    lines: list[PreviewLine]
    sums: list[object]
    refusal: str
    doubles: list[tuple[Double, str]]

    @property
    def dashes(self) -> bool:
        """Whether a figure tells of none of its kind somewhere."""
        return any(cell.text == DASH for line in self.lines for cell in line.cells)


def preview_of(
    actor: Actor, place: Organisation, content: RequestContent, doubles: Sequence[Double]
) -> RequestPreview:
    """What an authority sees before it asks."""
    as_of, metrics = present(), metrics_of(content.columns)
    figures = figures_below(place, content.columns, content.period, as_of)
    below = [one for one in receivers_below(place) if one.pk in content.receiver_ids]
    moment, nothing = (as_of, content.period), dict.fromkeys((one.code for one in metrics), 0)
    lines = [
        PreviewLine(
            one.name,
            list(figure_cells(actor, one, content.columns, figures.get(one.pk, nothing), moment)),
        )
        for one in below
    ]
    kinds = {Kind(one.kind) for one in below}
    sums = total((figures.get(one.pk, nothing) for one in topmost(below)), metrics)
    return RequestPreview(
        [one.heading for one in content.columns],
        lines,
        [_cell_value(one) for one in figure_sums(content.columns, kinds, sums)],
        _refusal(content, doubles),
        [(one, row_url("inquiries:request", one.request_id)) for one in doubles],
    )


def _refusal(content: RequestContent, doubles: Sequence[Double]) -> str:
    try:
        check_content(content, clock.today())
        check_doubles(doubles)
    except Refused as refused:
        return worded(refused)
    return ""


def _file_value(cell: ReportCell) -> object:
    """Numbers as numbers, also those that people typed; words as they were written."""
    return figure_cell(cell.text) if cell.numeric else cell.text


def _cell_value(value: object) -> object:
    return DASH if value is None else value


def _state(request: ReportRequest) -> str:
    if request.withdrawn_at:
        return gettext("Withdrawn")
    return gettext("Sent") if request.due_on >= clock.today() else gettext("Time is over")


def sent_spec() -> Spec:
    """The requests of an authority, the latest first."""
    return Spec(
        title=gettext_lazy("Requests for reports"),
        columns=(
            Column(
                gettext_lazy("Matter of the request"),
                lambda row: row.title,
                url=lambda row: row_url("inquiries:request", row.pk),
            ),
            Column(gettext_lazy("Sent by"), lambda row: row.sender.name),
            Column(gettext_lazy("Of which period"), lambda row: period_words(row.period)),
            Column(gettext_lazy("Answer by"), lambda row: row.due_on, "due", ("due_on",)),
            Column(gettext_lazy("State"), _state),
        ),
        order=("-sent_at",),
        search=lambda rows, words: rows.filter(title__icontains=words),
        search_hint=gettext_lazy("Matter of the request"),
        empty=gettext_lazy("Nothing was asked for."),
        empty_hint=gettext_lazy("A request asks for what only people know; figures are here."),
        export=list_file,
    )


def _line_state(line: Any) -> str:
    if line.acknowledgement:
        return gettext("acknowledged")
    if line.answer:
        return gettext(ReportState(line.answer_state).words)
    if line.request.withdrawn_at or line.ended_at:
        return gettext("Not asked any more")
    return gettext("To answer")


def _line_url(line: Any) -> str:
    if line.answer:
        return row_url("reports:report", line.answer)
    if line.request.withdrawn_at or line.ended_at:
        return row_url("inquiries:request", line.request_id)
    return row_url("inquiries:answer", line.pk)


def lines_spec() -> Spec:
    """What an organisation was asked, the latest first."""
    return Spec(
        title=gettext_lazy("Asked by authorities"),
        columns=(
            Column(
                gettext_lazy("Matter of the request"),
                lambda row: row.request.title,
                url=_line_url,
            ),
            Column(gettext_lazy("Sent by"), lambda row: row.request.sender.name),
            Column(gettext_lazy("Of which period"), lambda row: period_words(row.request.period)),
            Column(
                gettext_lazy("Answer by"),
                lambda row: row.request.due_on,
                "due",
                ("request__due_on",),
            ),
            Column(gettext_lazy("State"), _line_state),
        ),
        order=("-request__sent_at",),
        search=lambda rows, words: rows.filter(request__title__icontains=words),
        search_hint=gettext_lazy("Matter of the request"),
        empty=gettext_lazy("No authority has asked you for anything."),
        empty_hint=gettext_lazy("What an authority asks stands here and on your first page."),
        export=list_file,
    )
