"""What becomes of reports when a writer or a receiver is reorganised: drafts of a writer that ends
and what was returned to it are set aside; what a receiver has before it goes to who takes over from
it, unless it has the same report itself."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.rules.life import ReportState


def _drafts(plan: ReorganisationPlan) -> QuerySet[Report]:
    states = (ReportState.DRAFT, ReportState.RETURNED)
    return Report.objects.filter(writer__in=plan.ending, state__in=states).order_by("pk")


def _waiting(plan: ReorganisationPlan) -> QuerySet[ReportReceipt]:
    rows = ReportReceipt.objects.filter(acknowledged_at=None, report__state=ReportState.SUBMITTED)
    rows = rows.filter(receiver__in=plan.ending)
    return rows.exclude(report__receipts__receiver=plan.heir_id) if plan.heir_id else rows


def _draft_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s draft or returned report is not submitted any more.",
        "%(count)s drafts or returned reports are not submitted any more.",
    )
    yield HandoverLine(Fate.ENDS, _drafts(plan).count(), words)


def _set_aside(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = list(_drafts(plan).select_for_update(of=("self",), no_key=True))
    changes.move(rows, ReportState.ASIDE)


def _receipt_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is None:
        words = ngettext_noop(
            "%(count)s report is acknowledged by nobody here any more.",
            "%(count)s reports are acknowledged by nobody here any more.",
        )
        yield HandoverLine(Fate.ENDS, _waiting(plan).count(), words)
        return
    words = ngettext_noop(
        "%(count)s report goes to the successor to be acknowledged.",
        "%(count)s reports go to the successor to be acknowledged.",
    )
    yield HandoverLine(Fate.GOES, _waiting(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_waiting(plan), receiver_id=plan.heir_id)


HANDOVERS = (
    Handover("report", _draft_lines, _set_aside, gettext_noop("reports")),
    Handover("report receipt", _receipt_lines, _hand_over, gettext_noop("receipts of reports")),
)
