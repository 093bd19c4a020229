"""Answering a request: the figures are counted, what people know is typed, and it goes up as every
report does."""

from collections.abc import Iterator, Mapping
from functools import partial
from uuid import UUID

from baodao.burden.commands.entries import note_burden
from baodao.burden.rules.entries import BurdenKind, BurdenNote
from baodao.figures.queries.sql import present
from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.queries.papers import answer_lines
from baodao.inquiries.queries.requests import latest_answer, own_lines
from baodao.inquiries.rules.requests import check_answers, check_next, tells_of
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message
from baodao.orgs.rules.tree import Kind
from baodao.reports.commands.submissions import ReportDelivery, send_up
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.figures import counted_of
from baodao.reports.rules.life import check_signer
from baodao.reports.rules.plans import ReportKind


@command
def answer_request(
    actor: Actor, *, line_id: UUID, version: int, answers: Mapping[str, str], signer: str
) -> Report:
    """Submit what an authority asked for, signed by who is named: its figures are those of this
    instant and stay so. The next `version` takes the place of the one before; refused where
    somebody else submitted it meanwhile."""
    name = check_signer(signer)
    line = lock(own_lines(actor), line_id)
    request = line.request
    typed = check_answers(request.fields, answers)
    former = latest_answer(line)
    present_version = former.version if former else 0
    check_next(version, present_version)
    as_of = present()
    report = Report(
        writer=line.organisation,
        kind=ReportKind.ANSWER,
        period_text=request.period_text,
        version=version,
        as_of=as_of.instant,
        answers=typed,
        figures=counted_of(line.organisation, request.metrics, as_of, request.period),
        occasion=request.pk,
        subject=request.title,
        drafted_by=actor.name,
        drafted_at=clock.now(),
        replaces=former,
    )
    report.save(force_insert=True)
    note_burden(actor, notes=_notes(line, report, former))
    lines, arrival = answer_lines(report, request), partial(_arrival, request)
    return send_up(actor, report, ReportDelivery(name, [request.sender], lines, arrival))


def _arrival(request: ReportRequest, receipt: ReportReceipt) -> Message:
    report = receipt.report
    facts = {"unit": report.writer.name, "number": report.number_text, "title": request.title}
    return Message(
        "request-answered",
        organisation_id=receipt.receiver_id,
        about=receipt.pk,
        url=f"/requests/{request.pk}/",
        facts=facts,
    )


def _notes(line: RequestLine, report: Report, former: Report | None) -> Iterator[BurdenNote]:
    """What people typed, of a new version what they changed; once what nobody had to type."""
    request, before = line.request, former.answers if former else {}
    about = (request.pk, request.title, request.sender.name)
    for label, text in report.answers.items():
        if before.get(label) != text:
            yield BurdenNote(line.organisation_id, BurdenKind.FIELD, *about, label)
    kind = Kind(line.organisation.kind)
    filled = [one for one in request.figure_columns if tells_of(one, kind) and not former]
    for column in filled:
        yield BurdenNote(line.organisation_id, BurdenKind.FIGURE, *about, column.heading)
