"""Requests for reports: for who sends them and for who answers, and what is there already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext, ngettext

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import present
from baodao.figures.queries.trees import place_then
from baodao.figures.rules.figures import Figures, total
from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.rules.requests import (
    REQUEST_STORIES,
    Double,
    RequestField,
    metrics_of,
    sum_of,
    tells_of,
)
from baodao.insight.queries.tasks import OverviewTask, Tasks
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.reports import (
    answers,
    receipts,
    receipts_by_report,
    returned_reports,
    to_acknowledge,
)
from baodao.reports.queries.rounds import RoundLine
from baodao.reports.rules.life import OUT, ReportState
from baodao.reporttables.rules.formulas import key_of
from baodao.reporttables.rules.own import OwnColumn
from baodao.sentences.rules.sentences import names_text
from baodao.ui.timelines import TimelineItem, timeline_items

Lines = QuerySet[RequestLine]


def sent_requests(actor: Actor) -> QuerySet[ReportRequest]:
    """Requests of the authorities for which the actor asks."""
    rows = ReportRequest.objects.select_related("sender")
    return within(rows, actor, Permission.REPORT_REQUEST, "sender__path")


def requests(actor: Actor) -> QuerySet[ReportRequest]:
    """Requests that the actor reads: of authorities, and to organisations, whose reports they
    read."""
    rows = ReportRequest.objects.select_related("sender")
    lines = within(RequestLine.objects.all(), actor, Permission.REPORT_READ, "organisation__path")
    own = within(rows, actor, Permission.REPORT_READ, "sender__path").values("pk")
    return rows.filter(Q(pk__in=own) | Q(pk__in=lines.values("request")))


def request_of(actor: Actor, request_id: UUID) -> ReportRequest:
    """One request that the actor reads. Raises `Absent`."""
    row = requests(actor).filter(pk=request_id).first()
    if row is None:
        raise Absent("request")
    return row


def standing_lines() -> Lines:
    """Lines that stand: not withdrawn, not ended, of what is open below the sender now."""
    rows = RequestLine.objects.filter(
        ended_at=None,
        request__withdrawn_at=None,
        organisation__closed_at=None,
        organisation__path__startswith=F("request__sender__path"),
    )
    return rows.select_related("request__sender", "organisation")


def live_lines() -> Lines:
    """Lines that stand and are not answered, or whose answer was returned."""
    return unanswered(standing_lines())


def unanswered(rows: Lines) -> Lines:
    """Of these lines those without an answer; one that was returned is none."""
    return rows.filter(~Exists(_same(answers(ReportState.SUBMITTED))))


def lines_to_answer(actor: Actor, place: Organisation | None = None) -> Lines:
    """What the actor has to answer, of all they write for or of one organisation; what is due first
    comes first."""
    rows = within(live_lines(), actor, Permission.REPORT_WRITE, "organisation__path")
    if place is not None:
        rows = rows.filter(organisation=place)
    return rows.order_by("request__due_on", "request__sent_at", "pk")


class WaitingRequest(NamedTuple):
    """A line to answer, by its id, with what first pages tell of its request."""

    pk: UUID
    title: str
    due_on: date


def requests_to_answer(actor: Actor, place: Organisation) -> Question[list[WaitingRequest]]:
    """What first pages tell of `lines_to_answer`."""
    return _TO_ANSWER.question(actor, place).then(
        lambda rows: [WaitingRequest(*row) for row in rows]
    )


def lines_of(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    """All that an organisation was ever asked, the latest first, each with its `answer` by the id
    and the `answer_state`; None before there is one."""
    rows = RequestLine.objects.filter(organisation=place)
    rows = within(rows, actor, Permission.REPORT_READ, "organisation__path")
    rows = rows.select_related("request__sender", "organisation").annotate(
        answer=Subquery(_same(answers(*OUT)).values("pk")),
        answer_state=Subquery(_same(answers(*OUT)).values("state")),
    )
    return rows.order_by("-request__sent_at", "pk")


def _same(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Of these answers those to a line of the query around it."""
    return reports.filter(occasion=OuterRef("request"), writer=OuterRef("organisation"))


def answers_of(lines: Collection[RequestLine]) -> dict[UUID, Report]:
    """By the id of the line the answer that stands, or that was returned."""
    keys = {(line.request_id, line.organisation_id): line.pk for line in lines}
    rows = answers(*OUT).filter(occasion__in={request for request, _ in keys})
    by_key = {(row.occasion, row.writer_id): row for row in rows}
    return {line: by_key[key] for key, line in keys.items() if key in by_key}


def own_lines(actor: Actor) -> Lines:
    """Lines that the actor may answer, or answer anew: those that stand, of all they write for."""
    return within(standing_lines(), actor, Permission.REPORT_WRITE, "organisation__path")


def line_of(actor: Actor, line_id: UUID) -> RequestLine:
    """A line of who the actor writes for, also one that stands no more. Raises `Absent`."""
    rows = RequestLine.objects.select_related("request__sender", "organisation")
    rows = within(rows, actor, Permission.REPORT_WRITE, "organisation__path")
    row = rows.filter(pk=line_id).first()
    if row is None:
        raise Absent("request")
    return row


def latest_answer(line: RequestLine) -> Report | None:
    """The answer that stands, or that was returned; None before there is one."""
    return answers_of([line]).get(line.pk)


def receivers_below(place: Organisation) -> list[Organisation]:
    """Of whom an authority may ask: open units that it manages, and the communities of its streets
    or its own."""
    if Kind(place.kind) not in AUTHORITIES:
        return []
    near = Q(parent=place) | Q(parent__parent=place)
    units = places(Kind.UNIT).filter(parent=place).order_by("path")
    return [*places(Kind.COMMUNITY).filter(near).order_by("path"), *units]


def doubles_of(
    receivers: Collection[int], period: Period, questions: Sequence[RequestField]
) -> list[Double]:
    """Which of these fields other requests ask of these receivers, of a time that has days in
    common, whether they are answered or not."""
    labels = {key_of(one.label): one.label for one in questions}
    rows = RequestLine.objects.filter(
        organisation__in=receivers, ended_at=None, request__withdrawn_at=None
    )
    names: defaultdict[tuple[str, UUID], dict[int, str]] = defaultdict(dict)
    by_id: dict[UUID, ReportRequest] = {}
    for row in rows.select_related("request__sender", "organisation").order_by("request__sent_at"):
        request = row.request
        there = request.period
        if there.first > period.last or there.last < period.first:
            continue
        by_id[request.pk] = request
        for key in {key_of(one.label) for one in request.fields} & labels.keys():
            names[key, request.pk][row.organisation_id] = row.organisation.name
    return [
        Double(labels[key], pk, by_id[pk].title, by_id[pk].sender.name, called)
        for (key, pk), called in names.items()
    ]


def figures_below(
    place: Organisation, columns: Sequence[OwnColumn], period: Period, as_of: AsOf | None = None
) -> dict[int, Figures]:
    """What is there already of the figures of a request, by the id of the receiver: a unit below
    the place, or a community."""
    metrics, then = metrics_of(columns), as_of or present()
    query = FigureQuery(place, place_then(place, then), metrics, then, period)
    receivers = receivers_below(place)
    units = {one.code: one.pk for one in receivers if one.kind == Kind.UNIT}
    communities = {one.pk for one in receivers if one.kind == Kind.COMMUNITY}
    parts: defaultdict[int, list[Figures]] = defaultdict(list)
    for count in query.counts():
        for leaf in count.leaves():
            receiver = leaf.id if leaf.id in communities else units.get(leaf.child)
            if receiver is not None:
                parts[receiver].append(leaf.figures)
    return {one: total(figures, metrics) for one, figures in parts.items()}


@dataclass(frozen=True)
class RequestRow(RoundLine):
    """An organisation of a request and what it answered, as a line of any round."""

    line: RequestLine
    answer: Report | None
    reached: bool

    @property
    def standing_answer(self) -> Report | None:
        """The answer; none where it was returned, for then it is to be answered anew."""
        stands = self.answer is not None and self.answer.state == ReportState.SUBMITTED
        return self.answer if stands else None


def rows_of(actor: Actor, request: ReportRequest) -> list[RequestRow]:
    """Who was asked, of those whose reports the actor reads, with what came; what is overdue
    first, then what waits to be acknowledged."""
    lines = request.lines.select_related("organisation", "request__sender").order_by(
        "organisation__path", "pk"
    )
    if not actor.may(Permission.REPORT_READ, request.sender.path):
        lines = within(lines, actor, Permission.REPORT_READ, "organisation__path")
    by_line = answers_of(lines)
    by_report = receipts_by_report(list(by_line.values()))
    waiting = set(live_lines().filter(request=request).values_list("pk", flat=True))
    rows = [_row(line, by_line, by_report, waiting) for line in lines]
    return sorted(rows, key=lambda row: (not row.overdue, not row.waits, row.writer.path))


def _row(
    line: RequestLine,
    by_line: dict[UUID, Report],
    by_report: dict[UUID, ReportReceipt],
    waiting: set[UUID],
) -> RequestRow:
    answer, asks = by_line.get(line.pk), line.pk in waiting
    receipt = by_report.get(answer.pk) if answer else None
    late = asks and clock.today() > line.request.due_on
    writer = answer.writer if answer else line.organisation
    return RequestRow(
        writer=writer,
        receipt=receipt,
        due_on=line.request.due_on,
        overdue=late,
        line=line,
        answer=answer,
        reached=asks or answer is not None,
    )


def sums_of(request: ReportRequest, rows: Iterable[RequestRow]) -> list[object]:
    """What the answers that stand make together, in the order of the columns: never typed by
    anybody. Words have no sum."""
    standing = [row.standing_answer for row in rows if row.standing_answer]
    figures = total((one.figures for one in standing), request.metrics)
    kinds = {Kind(one.writer.kind) for one in standing}
    typed = [one.answers for one in standing]
    return [
        *figure_sums(request.figure_columns, kinds, figures),
        *(sum_of(one, typed) for one in request.fields),
    ]


def figure_sums(
    columns: Iterable[OwnColumn], kinds: Collection[Kind], figures: Figures
) -> Iterator[object]:
    """The sums of figures of organisations of these kinds; none of what tells of none of them."""
    on = clock.today()
    for one in columns:
        yield one.formula.value(figures, on) if any(tells_of(one, kind) for kind in kinds) else None


def request_tasks(actor: Actor, place: Organisation) -> Question[Tasks]:
    """What waits for an authority that asked: answers to acknowledge, and whose is overdue."""
    came, late = _CAME.number(actor, place), overdue_names(actor, place)
    return together(_request_tasks, count=came, late=late)


def _request_tasks(count: int, late: list[str]) -> Tasks:
    title, act = gettext("Requests for reports"), (gettext("See the answers"), "inquiries:requests")
    tasks = []
    if count:
        words = ngettext("%(n)s answer to acknowledge", "%(n)s answers to acknowledge", count)
        tasks.append(OverviewTask(title, words % {"n": count}, *act))
    if late:
        words = ngettext("%(n)s is overdue: %(names)s", "%(n)s are overdue: %(names)s", len(late))
        tasks.append(OverviewTask(title, words % {"n": len(late), "names": names_text(late)}, *act))
    return tasks


def overdue_names(actor: Actor, place: Organisation) -> Question[list[str]]:
    """Whose answer to a place is overdue."""
    return _OVERDUE.question(actor, place).then(lambda names: list(dict.fromkeys(names)))


def _to_answer(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = lines_to_answer(actor, place).select_related(None)
    return rows.values_list("pk", "request__title", "request__due_on")


def _came(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = receipts(actor).filter(acknowledged_at=None, report__state=ReportState.SUBMITTED)
    rows = rows.filter(receiver=place).exclude(report__occasion=None)
    return rows.select_related(None).values_list("pk")


def _overdue(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = within(live_lines(), actor, Permission.REPORT_REQUEST, "request__sender__path")
    rows = rows.filter(request__sender=place, request__due_on__lt=clock.today())
    rows = rows.select_related(None).order_by("organisation__path", "pk")
    return rows.values_list("organisation__name", flat=True)


def _lines_told() -> Lines:
    return live_lines().filter(pk=OuterRef("about"))


def _answers_told() -> QuerySet[Report]:
    """Answers that were returned, of what is not withdrawn."""
    withdrawn = ReportRequest.objects.exclude(withdrawn_at=None).filter(pk=OuterRef("occasion"))
    return returned_reports().filter(~Exists(withdrawn))


_TO_ANSWER, _CAME, _OVERDUE = Prepared(_to_answer), Prepared(_came), Prepared(_overdue)

PENDING: dict[str, PendingRows] = {
    "request-sent": _lines_told,
    "request-extended": _lines_told,
    "request-answered": to_acknowledge,
    "answer-returned": _answers_told,
}
"""For which rows notices ask."""


def request_timeline(request: ReportRequest) -> list[TimelineItem]:
    """What happened to a request, oldest first."""
    return timeline_items(journal.timeline(request.pk), REQUEST_STORIES)
