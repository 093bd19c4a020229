"""Reports on their way: submitted with a number, acknowledged, returned with remarks."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from baodao.documents import commands as documents
from baodao.documents.commands import Paper, keep_papers, next_numbers
from baodao.documents.rules import check_read
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.notices.commands.deliveries import unsay
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.figures import part_texts
from baodao.reports.queries.papers import Lines, digest_in, report_facts, report_lines
from baodao.reports.queries.reports import receipts, receivers_of, written
from baodao.reports.rules.life import (
    REPORT,
    ReportState,
    check_receipt,
    check_receivers,
    check_signer,
    check_whole,
    check_written,
)

ACKNOWLEDGEMENT = "reports.acknowledgement"


@dataclass(frozen=True)
class ReportDelivery:
    """How a report goes up: who signs it, to whom it goes, what stands on its paper, and what each
    receiver is told."""

    signer: str
    receivers: Sequence[Organisation]
    lines: Lines
    arrival: Callable[[ReportReceipt], Message]


@command
def submit_report(actor: Actor, *, report_id: UUID, signer: str, seen: str) -> Report:
    """Submit a draft to who receives it, signed by who is named: it gets its number and stays as it
    is; the version before it is replaced. `seen` is the hash of what was read (`digest_in`);
    refused where the draft says something else by now."""
    name = check_signer(signer)
    report = lock(written(actor), report_id)
    REPORT.check(report.state, ReportState.DRAFT)
    check_read(seen, digest_in(report))
    check_whole("".join(part_texts(report).values()))
    lines = report_lines(report)
    receivers = receivers_of(report.writer)
    return send_up(actor, report, ReportDelivery(name, receivers, lines, _arrival))


def send_up(actor: Actor, report: Report, delivery: ReportDelivery) -> Report:
    """Let a draft be what it says, with its number, before its receivers, who are told."""
    check_receivers(len(delivery.receivers))
    now, year = clock.now(), clock.today().year
    former = report.replaces
    if former is not None:
        move([former], ReportState.REPLACED, now)
        journal.write(actor, "report.replaced", former.pk, former.writer_id)
    form = report.plan.form
    [number] = next_numbers(organisation_id=report.writer_id, form=form, year=year, count=1)
    numbered = {"signer": delivery.signer, "year": year, "number": number}
    move(
        [report],
        ReportState.SUBMITTED,
        now,
        **numbered,
        submitted_at=now,
        submitted_by=actor.name,
    )
    [issue] = keep_papers([_paper(report, delivery)])
    if former is not None:
        documents.replace(about=former.pk, by=issue)
    sent = ReportReceipt.objects.bulk_create(
        [ReportReceipt(report=report, receiver=place) for place in delivery.receivers]
    )
    journal.write(
        actor,
        "report.submitted",
        report.pk,
        report.writer_id,
        number=report.number_text,
        signer=delivery.signer,
    )
    announce(map(delivery.arrival, sent))
    return report


def _arrival(receipt: ReportReceipt) -> Message:
    report = receipt.report
    facts = {"unit": report.writer.name, "number": report.number_text}
    return Message(
        "report-submitted", organisation_id=receipt.receiver_id, about=receipt.pk, facts=facts
    )


def _paper(report: Report, delivery: ReportDelivery) -> Paper:
    assert report.year is not None
    assert report.number is not None
    return Paper(
        form=report.plan.form,
        organisation_id=report.writer_id,
        unit=report.writer.name,
        year=report.year,
        number=report.number,
        about=report.pk,
        facts=report_facts(report, delivery.receivers, delivery.lines),
    )


@command
def acknowledge_reports(actor: Actor, *, receipt_ids: Collection[UUID]) -> Batch[ReportReceipt]:
    """Acknowledge what came; what was acknowledged or returned already is named. Writers hear."""
    batch = Batch.each(lock_many(receipts(actor), receipt_ids), _waiting, label_of)
    now = clock.now()
    for one in batch.done:
        one.acknowledged_at, one.acknowledged_by = now, actor.name
    ReportReceipt.objects.bulk_update(batch.done, ["acknowledged_at", "acknowledged_by"])
    _note(actor, "report.acknowledged", batch.done)
    notices = announce(_message("report-acknowledged", one) for one in batch.done)
    pairs = zip(batch.done, notices, strict=True)
    notice_ids = {str(one.pk): str(notice.pk) for one, notice in pairs}
    marks = {"at": now.isoformat(), "receipts": notice_ids}
    undo = leave_note(actor, ACKNOWLEDGEMENT, marks) if batch.done else None
    return replace(batch, undo_id=undo)


@takes_back(ACKNOWLEDGEMENT)
def take_back(actor: Actor, marks: Marks) -> Batch[ReportReceipt]:
    """Let what was acknowledged wait again; what was returned since is named. Its writer never
    heard of it, or hears that it waits."""
    notices = {UUID(key): UUID(notice) for key, notice in marks["receipts"].items()}

    def unchanged(one: ReportReceipt) -> ReportReceipt:
        REPORT.check(one.report.state, ReportState.SUBMITTED)
        return one

    batch = Batch.each(lock_many(receipts(actor), notices), unchanged, label_of)
    for one in batch.done:
        one.acknowledged_at, one.acknowledged_by = None, ""
    ReportReceipt.objects.bulk_update(batch.done, ["acknowledged_at", "acknowledged_by"])
    _note(actor, "report.acknowledgement-undone", batch.done)
    unsaid = unsay([notices[one.pk] for one in batch.done])
    kind = "report-acknowledgement-undone"
    announce(_message(kind, one) for one in batch.done if notices[one.pk] not in unsaid)
    return batch


@command
def return_to_writer(actor: Actor, *, receipt_id: UUID, reason: str) -> Report:
    """Give a report back with remarks; its writer draws up a new version, which goes to everybody.
    Refused where the writer was closed since: nobody is there to write it."""
    remarks = check_reason(reason)
    receipt = lock(receipts(actor), receipt_id)
    report = lock(Report.objects.select_related("writer"), receipt.report_id)
    check_written(open_still=report.writer.closed_at is None)
    move(
        [report],
        ReportState.RETURNED,
        clock.now(),
        remarks=remarks,
        returned_by=receipt.receiver.name,
        returned_at=clock.now(),
    )
    facts = {"receiver": receipt.receiver.name, "reason": remarks}
    journal.write(actor, "report.returned", report.pk, receipt.receiver_id, **facts)
    kind = "answer-returned" if report.occasion else "report-returned"
    announce([_message(kind, receipt, reason=remarks)])
    return report


def _waiting(receipt: ReportReceipt) -> ReportReceipt:
    REPORT.check(receipt.report.state, ReportState.SUBMITTED)
    check_receipt(waits=receipt.acknowledged_at is None)
    return receipt


def label_of(receipt: ReportReceipt) -> str:
    """How a batch names a report."""
    return str(receipt.report.writer.name)


def _note(actor: Actor, verb: str, rows: Collection[ReportReceipt]) -> None:
    journal.write_many(
        actor,
        [
            journal.Act(verb, one.report_id, one.receiver_id, {"receiver": one.receiver.name})
            for one in rows
        ],
    )


def _message(kind: str, receipt: ReportReceipt, **more: str) -> Message:
    report = receipt.report
    facts = {"receiver": receipt.receiver.name, "number": report.number_text, **more}
    return Message(kind, organisation_id=report.writer_id, about=report.pk, facts=facts)
