"""Reports on their way: submitted with a number, acknowledged, returned with remarks."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from baodao.documents import commands as documents
from baodao.documents.commands import Paper, keep_papers, next_numbers
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.figures import part_texts
from baodao.reports.queries.papers import report_facts
from baodao.reports.queries.reports import receipts, receivers_of, reports
from baodao.reports.rules.life import (
    REPORT,
    ReportState,
    check_receipt,
    check_receivers,
    check_signer,
    check_whole,
)

ACKNOWLEDGEMENT = "reports.acknowledgement"


@command
def submit_report(actor: Actor, *, report_id: UUID, signer: str) -> Report:
    """Submit a draft to the unit's authority and partner community, signed by who is named: it gets
    its number and stays as it is; the version before it is replaced."""
    name = check_signer(signer)
    report = lock(reports(actor, Permission.REPORT_WRITE), report_id)
    REPORT.check(report.state, ReportState.DRAFT)
    check_whole("".join(part_texts(report).values()))
    receivers = receivers_of(report.unit)
    check_receivers(len(receivers))
    now, year = clock.now(), clock.today().year
    former = report.replaces
    if former is not None:
        move([former], ReportState.REPLACED, now)
        journal.write(actor, "report.replaced", former.pk, former.unit_id)
    form = report.plan.form
    [number] = next_numbers(organisation_id=report.unit_id, form=form, year=year, count=1)
    numbered = {"signer": name, "year": year, "number": number}
    move(
        [report],
        ReportState.SUBMITTED,
        now,
        **numbered,
        submitted_at=now,
        submitted_by=actor.name,
    )
    [issue] = keep_papers([_paper(report, receivers)])
    if former is not None:
        documents.replace(about=former.pk, by=issue)
    sent = ReportReceipt.objects.bulk_create(
        [ReportReceipt(report=report, receiver=place) for place in receivers]
    )
    journal.write(
        actor,
        "report.submitted",
        report.pk,
        report.unit_id,
        number=report.number_text,
        signer=name,
    )
    facts = {"unit": report.unit.name, "number": report.number_text}
    announce(
        Message("report-submitted", organisation_id=one.receiver_id, about=one.pk, facts=facts)
        for one in sent
    )
    return report


def _paper(report: Report, receivers: Collection[Organisation]) -> Paper:
    assert report.year is not None
    assert report.number is not None
    return Paper(
        form=report.plan.form,
        organisation_id=report.unit_id,
        unit=report.unit.name,
        year=report.year,
        number=report.number,
        about=report.pk,
        facts=report_facts(report, list(receivers)),
    )


@command
def acknowledge_reports(actor: Actor, *, receipt_ids: Collection[UUID]) -> Batch[ReportReceipt]:
    """Acknowledge what came; who was acknowledged or returned already is named. The units hear."""
    batch = Batch.each(lock_many(receipts(actor), receipt_ids), _waiting, label_of)
    now = clock.now()
    for one in batch.done:
        one.acknowledged_at, one.acknowledged_by = now, actor.name
    ReportReceipt.objects.bulk_update(batch.done, ["acknowledged_at", "acknowledged_by"])
    _note(actor, "report.acknowledged", batch.done)
    announce(_message("report-acknowledged", one) for one in batch.done)
    marks = {"at": now.isoformat(), "receipts": [str(one.pk) for one in batch.done]}
    undo = leave_note(actor, ACKNOWLEDGEMENT, marks) if batch.done else None
    return replace(batch, undo_id=undo)


@takes_back(ACKNOWLEDGEMENT)
def take_back(actor: Actor, marks: Marks) -> Batch[ReportReceipt]:
    """Let what was acknowledged wait again; what was returned since is named."""
    keys = [UUID(key) for key in marks["receipts"]]

    def unchanged(one: ReportReceipt) -> ReportReceipt:
        REPORT.check(one.report.state, ReportState.SUBMITTED)
        return one

    batch = Batch.each(lock_many(receipts(actor), keys), unchanged, label_of)
    for one in batch.done:
        one.acknowledged_at, one.acknowledged_by = None, ""
    ReportReceipt.objects.bulk_update(batch.done, ["acknowledged_at", "acknowledged_by"])
    _note(actor, "report.acknowledgement-undone", batch.done)
    return batch


@command
def return_to_writer(actor: Actor, *, receipt_id: UUID, reason: str) -> Report:
    """Give a report back with remarks; the unit draws up a new version, which goes to everybody.
    Refused where the unit was closed since: it is acknowledged as it is."""
    remarks = check_reason(reason)
    receipt = lock(receipts(actor), receipt_id)
    report = lock(Report.objects.select_related("unit"), receipt.report_id)
    check_open(report.unit)
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
    announce([_message("report-returned", receipt, reason=remarks)])
    return report


def _waiting(receipt: ReportReceipt) -> ReportReceipt:
    REPORT.check(receipt.report.state, ReportState.SUBMITTED)
    check_receipt(waits=receipt.acknowledged_at is None)
    return receipt


def label_of(receipt: ReportReceipt) -> str:
    """How a batch names a report."""
    return str(receipt.report.unit.name)


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
    return Message(kind, organisation_id=report.unit_id, about=report.pk, facts=facts)
