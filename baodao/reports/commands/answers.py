"""Answering a request: the figures are counted, what people know is typed, and it goes up as every
report does."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from baodao.burden.commands.entries import note_burden
from baodao.burden.rules.entries import BurdenKind, BurdenNote
from baodao.figures.queries.sql import present
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.orgs.rules.tree import Kind
from baodao.reports.commands.submissions import send_up
from baodao.reports.models import Report, RequestLine
from baodao.reports.queries.figures import count
from baodao.reports.queries.requests import latest_answer, own_lines
from baodao.reports.rules.life import check_signer
from baodao.reports.rules.plans import ReportKind
from baodao.reports.rules.requests import check_answers, check_next, tells_of


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
    report = Report(
        writer=line.organisation,
        kind=ReportKind.ANSWER,
        period_text=request.period_text,
        version=version,
        as_of=present().instant,
        answers=typed,
        request_line=line,
        drafted_by=actor.name,
        drafted_at=clock.now(),
        replaces=former,
    )
    count(report)
    report.save(force_insert=True)
    note_burden(actor, notes=_notes(line, report, former))
    return send_up(actor, report, name, [request.sender])


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
