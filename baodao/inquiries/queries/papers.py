"""What stands on an answer when it is submitted: what was asked on which basis, the figures with
notes, and what people wrote."""

from collections.abc import Iterator

from django.utils.translation import override

from baodao.inquiries.models import ReportRequest
from baodao.inquiries.rules.requests import tells_of
from baodao.orgs.rules.tree import Kind
from baodao.reports.models import Report
from baodao.reports.queries.papers import NUMERALS, Lines, Piece, figure_note


def answer_lines(report: Report, request: ReportRequest) -> Lines:
    """The lines of an answer, in Chinese as every paper is."""
    with override("zh-hans"):
        return list(_answer_lines(report, request))


def _answer_lines(report: Report, request: ReportRequest) -> Iterator[list[Piece]]:
    """What was asked, on which basis; figures with what each counts; what people wrote."""
    yield [f"报送事项：{request.title}"]
    yield [f"报送依据：{request.basis}（{request.sender.name}）"]
    parts = [
        ("系统统计", list(_figure_lines(report, request))),
        ("填报内容", list(_typed_lines(report))),
    ]
    for numeral, (title, lines) in zip(NUMERALS, [part for part in parts if part[1]], strict=False):
        yield [f"{numeral}、{title}"]
        yield from lines


def _figure_lines(report: Report, request: ReportRequest) -> Iterator[list[Piece]]:
    for column in request.figure_columns:
        value, metric = (
            column.formula.value(report.figures, report.moment.on),
            column.formula.metric,
        )
        tells = tells_of(column, Kind(report.writer.kind))
        text = str(value) if tells and value is not None else "—"
        if metric is None or not tells:
            yield [f"{column.heading}：{text}"]
        else:
            note = figure_note(report, metric.code, metric)
            yield [f"{column.heading}：", {"text": text, "note": note, "place": metric.code}]


def _typed_lines(report: Report) -> Iterator[list[Piece]]:
    for label, text in report.answers.items():
        yield [f"{label}：{text}"]
