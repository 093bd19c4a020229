"""Requests for reports: for who sends them and for who answers, and what is there already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import present
from baodao.figures.rules.figures import Figures, total
from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.rules.policies import REMIND_DAYS
from baodao.inquiries.rules.requests import (
    RECEIVER_KINDS,
    REQUEST_STORIES,
    Double,
    RequestField,
    metrics_of,
    sum_of,
    tells_of,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_at
from baodao.orgs.queries.tree import places
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.reports import (
    acknowledgement,
    answers,
    receipts_by_report,
    returned_reports,
    to_acknowledge,
)
from baodao.reports.queries.rounds import RoundLine
from baodao.reports.rules.life import OUT, ReportState
from baodao.reports.rules.plans import WRITERS
from baodao.reporttables.rules.formulas import key_of
from baodao.reporttables.rules.own import OwnColumn
from baodao.ui.timelines import TimelineItem, timeline_items

Lines = QuerySet[RequestLine]
_PATH = "organisation__path"


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
    rows = _written_for(live_lines(), actor)
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
    and the `answer_state`, None before there is one; `acknowledgement` is whether it
    was acknowledged."""
    rows = RequestLine.objects.filter(organisation=place)
    rows = within(rows, actor, Permission.REPORT_READ, "organisation__path")
    rows = rows.select_related("request__sender", "organisation").annotate(
        answer=Subquery(_same(answers(*OUT)).values("pk")),
        answer_state=Subquery(_same(answers(*OUT)).values("state")),
        acknowledgement=Exists(_same(answers(ReportState.SUBMITTED)).filter(acknowledgement())),
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
    return _written_for(standing_lines(), actor)


def _written_for(rows: Lines, actor: Actor) -> Lines:
    """Of these lines those of the organisations for which the actor writes: units and communities,
    or streets."""
    own = (
        within(RequestLine.objects.filter(organisation__kind=kind), actor, permission, _PATH)
        for kind, permission in WRITERS.items()
    )
    return rows.filter(reduce(or_, (Q(pk__in=lines.values("pk")) for lines in own)))


def lines_to_remind() -> Lines:
    """Lines that are not answered, so near the last day that who is asked is reminded of it, and
    was not reminded yet."""
    today = Value(clock.today(), output_field=DateField())
    latest = ExpressionWrapper(
        today + days_at(REMIND_DAYS, "request__sender__path"), output_field=DateField()
    )
    rows = live_lines().filter(reminded_at=None, request__due_on__gte=clock.today())
    return rows.annotate(latest=latest).filter(request__due_on__lte=F("latest")).order_by("pk")


def line_of(actor: Actor, line_id: UUID) -> RequestLine:
    """A line of who the actor writes for, also one that stands no more. Raises `Absent`."""
    rows = RequestLine.objects.select_related("request__sender", "organisation")
    row = _written_for(rows, actor).filter(pk=line_id).first()
    if row is None:
        raise Absent("request")
    return row


def latest_answer(line: RequestLine) -> Report | None:
    """The answer that stands, or that was returned; None before there is one."""
    return answers_of([line]).get(line.pk)


def receivers_below(place: Organisation) -> list[Organisation]:
    """Of whom an authority may ask: its streets, the communities of these or its own, and open
    units that it manages."""
    if Kind(place.kind) not in AUTHORITIES:
        return []
    near = Q(parent=place)
    reached = {Kind.COMMUNITY: near | Q(parent__parent=place)}
    rows = (
        places(kind).filter(reached.get(kind, near)).order_by("path") for kind in RECEIVER_KINDS
    )
    return [one for some in rows for one in some]


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
    """What is there already of the figures of a request, by the id of the receiver: a street or a
    unit below the place, or a community."""
    metrics, then = metrics_of(columns), as_of or present()
    query = FigureQuery(place, place_then(place, then), metrics, then, period)
    receivers = receivers_below(place)
    children = {one.code: one.pk for one in receivers if one.kind != Kind.COMMUNITY}
    communities = {one.pk for one in receivers if one.kind == Kind.COMMUNITY}
    parts: defaultdict[int, list[Figures]] = defaultdict(list)
    for count in query.counts():
        for leaf in count.leaves():
            if leaf.id in communities:
                parts[leaf.id].append(leaf.figures)
            if leaf.child in children:
                parts[children[leaf.child]].append(leaf.figures)
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


def topmost(organisations: Collection[Organisation]) -> list[Organisation]:
    """Of these organisations those that lie below no other: the figures of a street hold those of
    its communities."""
    paths = {one.path for one in organisations}
    return [
        one
        for one in organisations
        if not any(one.path != path and one.path.startswith(path) for path in paths)
    ]


def sums_of(request: ReportRequest, rows: Iterable[RequestRow]) -> list[object]:
    """What the answers that stand make together, in the order of the columns: never typed by
    anybody, and no figure twice. Words have no sum."""
    standing = [row.standing_answer for row in rows if row.standing_answer]
    writers = {one.pk for one in topmost([row.writer for row in standing])}
    whole = (one.figures for one in standing if one.writer_id in writers)
    figures = total(whole, request.metrics)
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


def _to_answer(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = lines_to_answer(actor, place).select_related(None)
    return rows.values_list("pk", "request__title", "request__due_on")


_TO_ANSWER = Prepared(_to_answer)


def _lines_told() -> Lines:
    return live_lines().filter(pk=OuterRef("about"))


def _answers_told() -> QuerySet[Report]:
    """Answers that were returned, of what is not withdrawn."""
    withdrawn = ReportRequest.objects.exclude(withdrawn_at=None).filter(pk=OuterRef("occasion"))
    return returned_reports().filter(~Exists(withdrawn))


PENDING: dict[str, PendingRows] = {
    "request-sent": _lines_told,
    "request-extended": _lines_told,
    "request-due": _lines_told,
    "request-answered": to_acknowledge,
    "answer-returned": _answers_told,
}
"""For which rows notices ask."""


def request_timeline(request: ReportRequest) -> list[TimelineItem]:
    """What happened to a request, oldest first."""
    return timeline_items(journal.timeline(request.pk), REQUEST_STORIES)


def request_counts() -> tuple[int, int]:
    """How many requests were ever sent, and how many of them name no basis, which none does."""
    rows = ReportRequest.objects.all()
    return rows.count(), rows.filter(basis="").count()
