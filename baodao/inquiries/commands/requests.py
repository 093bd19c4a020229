"""Requests for reports: sent to organisations below, given more time, withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from baodao.burden.commands.entries import note_burden
from baodao.burden.rules.entries import BurdenKind, BurdenNote
from baodao.documents.sheets import paper_text
from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.queries.requests import (
    doubles_of,
    lines_to_remind,
    live_lines,
    receivers_below,
    sent_requests,
)
from baodao.inquiries.rules.requests import (
    Double,
    RequestContent,
    check_content,
    check_doubles,
    check_later,
    check_questions,
    check_withdrawn,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations
from baodao.reporttables.queries.own import metric_words


@command
def send_request(actor: Actor, *, sender_id: int, content: RequestContent) -> ReportRequest:
    """Ask organisations below by a day for what only people know; they are told. Refused where
    another request of the same time asks one of them the same, whoever sent it."""
    sender = _sender(actor, sender_id)
    check_content(content, clock.today())
    check_questions(content.questions, metric_words())
    receivers = _receivers(actor, sender, content.receiver_ids)
    check_doubles(doubles_of(content.receiver_ids, content.period, content.questions))
    request = ReportRequest.objects.create(
        sender=sender,
        title=content.title,
        basis=content.basis,
        period_text=content.period.text,
        due_on=content.due_on,
        columns=[one.kept for one in content.columns],
        questions=[one.kept for one in content.questions],
        sent_by=actor.name,
    )
    lines = RequestLine.objects.bulk_create(
        [RequestLine(request=request, organisation=one) for one in receivers]
    )
    journal.write(actor, "request.sent", request.pk, sender.pk, count=len(lines))
    note_burden(actor, notes=[_note(BurdenKind.FORM, request, one.pk) for one in receivers])
    announce(_message("request-sent", line) for line in lines)
    return request


@command
def note_doubles(actor: Actor, *, sender_id: int, content: RequestContent) -> list[Double]:
    """What of a request others ask already. It is noted, for it was spared whom it would have been
    asked again."""
    sender = _sender(actor, sender_id)
    _check_below(sender, content.receiver_ids)
    doubles = doubles_of(content.receiver_ids, content.period, content.questions)
    notes = [
        BurdenNote(
            organisation, BurdenKind.DOUBLE, one.request_id, one.title, sender.name, one.label
        )
        for one in doubles
        for organisation in one.names
    ]
    fresh = {(row.about, row.what) for row in note_burden(actor, notes=notes)}
    for about, what in sorted(fresh):
        journal.write(actor, "request.refused", about, sender.pk, what=what)
    return doubles


@command
def extend_request(actor: Actor, *, request_id: UUID, due_on: date) -> ReportRequest:
    """Give more time to answer; who has not answered yet is told."""
    request = _standing(actor, request_id)
    check_later(due_on, request.due_on, clock.today())
    request.due_on = due_on
    request.save(update_fields=["due_on"])
    facts = {"due_on": due_on.isoformat()}
    journal.write(actor, "request.extended", request.pk, request.sender_id, **facts)
    request.lines.update(reminded_at=None)
    announce(_message("request-extended", line) for line in _waiting(request))
    return request


@command
def withdraw_request(actor: Actor, *, request_id: UUID, reason: str) -> ReportRequest:
    """Ask no more. What was answered stays; who has not answered is told that they need not."""
    why = check_reason(reason)
    request = _standing(actor, request_id)
    waiting = list(_waiting(request))
    request.withdrawn_at, request.withdrawn_because = clock.now(), why
    request.save(update_fields=["withdrawn_at", "withdrawn_because"])
    journal.write(actor, "request.withdrawn", request.pk, request.sender_id, reason=why)
    announce(_message("request-withdrawn", line) for line in waiting)
    return request


@command
def tell_last_day(actor: Actor, *, line_id: UUID) -> bool:  # noqa: ARG001 - the worker
    """Remind who has not answered yet of the last day, once; whether there was somebody to remind.
    Who was reminded often enough of other things is reminded on another day."""
    rows = lines_to_remind().select_for_update(of=("self",), no_key=True)
    line = rows.filter(pk=line_id).first()
    if line is None or not announce([_message("request-due", line)]):
        return False
    line.reminded_at = clock.now()
    line.save(update_fields=["reminded_at"])
    return True


def _sender(actor: Actor, sender_id: int) -> Organisation:
    """The open authority that the actor asks for, locked."""
    sender = lock(organisations(actor, Permission.REPORT_REQUEST), sender_id)
    check_open(sender)
    return sender


def _receivers(
    actor: Actor, sender: Organisation, receiver_ids: Sequence[int]
) -> list[Organisation]:
    """Of whom it asks, locked, so that two requests at one time see each other."""
    _check_below(sender, receiver_ids)
    return lock_many(organisations(actor, Permission.REPORT_REQUEST), receiver_ids)


def _check_below(sender: Organisation, receiver_ids: Sequence[int]) -> None:
    """`Absent` for one that an authority may not ask: of what is asked there it learns nothing."""
    below = {one.pk for one in receivers_below(sender)}
    if not below.issuperset(receiver_ids):
        raise Absent("organisation")


def _standing(actor: Actor, request_id: UUID) -> ReportRequest:
    """A request that the actor sent and that was not withdrawn, locked."""
    request = lock(sent_requests(actor), request_id)
    check_withdrawn(withdrawn=request.withdrawn_at is not None)
    return request


def _waiting(request: ReportRequest) -> Iterable[RequestLine]:
    return live_lines().filter(request=request).order_by("pk")


def _note(kind: BurdenKind, request: ReportRequest, organisation_id: int) -> BurdenNote:
    return BurdenNote(organisation_id, kind, request.pk, request.title, request.sender.name)


def _message(kind: str, line: RequestLine) -> Message:
    request = line.request
    facts = {
        "sender": request.sender.name,
        "title": request.title,
        "due_on": paper_text(request.due_on, "day"),
    }
    return Message(kind, organisation_id=line.organisation_id, about=line.pk, facts=facts)
