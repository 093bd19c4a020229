"""Reports for who writes them and for who receives them."""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.partnership.queries import partner_community
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.rules.life import OUT, STORIES, ReportState
from baodao.ui.timelines import TimelineItem, timeline_items

Reports = QuerySet[Report]
Receipts = QuerySet[ReportReceipt]


def reports(actor: Actor, permission: Permission = Permission.REPORT_READ) -> Reports:
    """Reports on which the actor holds `permission`: all of the units they write for, what was
    submitted of those they read, and what came to the organisations they act for."""
    rows = Report.objects.select_related("unit")
    written = within(rows, actor, Permission.REPORT_WRITE, "unit__path")
    if permission is Permission.REPORT_WRITE:
        return written
    came = receipts(actor, permission).values("report")
    submitted = rows.exclude(submitted_at=None)
    read = within(submitted, actor, permission, "unit__path")
    keys = (written.values("pk"), submitted.filter(pk__in=came).values("pk"), read.values("pk"))
    reached = Q(pk__in=keys[0]) | Q(pk__in=keys[1]) | Q(pk__in=keys[2])
    return rows.filter(reached)


def receipts(actor: Actor, permission: Permission = Permission.REPORT_RECEIVE) -> Receipts:
    """What came to the organisations on which the actor holds `permission`."""
    rows = ReportReceipt.objects.select_related("report__unit", "receiver")
    return within(rows, actor, permission, "receiver__path")


def report_of(
    actor: Actor, report_id: UUID, permission: Permission = Permission.REPORT_READ
) -> Report:
    """One report. Raises `Absent`."""
    row = reports(actor, permission).filter(pk=report_id).first()
    if row is None:
        raise Absent("report")
    return row


def receipts_of(report: Report) -> list[ReportReceipt]:
    """To whom a report went, in the order of the tree."""
    return list(report.receipts.select_related("receiver").order_by("receiver__path"))


def receivers_of(unit: Organisation) -> list[Organisation]:
    """To whom a unit reports now: its authority, and its partner community where it has one."""
    authority = standing_of(unit.parent) if unit.parent else None
    community = partner_community(unit)
    return [
        place for place in (authority, community) if place is not None and place.closed_at is None
    ]


def out_reports(unit: Organisation, kind: str, period: str) -> Reports:
    """The report that receivers have before them, of a unit, kind and period: at most one."""
    return Report.objects.filter(unit=unit, kind=kind, period_text=period, state__in=OUT)


def newer_of(actor: Actor, report: Report) -> Report | None:
    """The version after this one, if there is one that the actor reads."""
    return reports(actor).filter(replaces=report).first()


def report_timeline(report: Report) -> list[TimelineItem]:
    """What happened to a report, oldest first."""
    return timeline_items(journal.timeline(report.pk), STORIES)


PENDING: dict[str, PendingRows] = {
    "report-submitted": lambda: ReportReceipt.objects.filter(
        pk=OuterRef("about"), acknowledged_at=None, report__state=ReportState.SUBMITTED
    ),
    "report-returned": lambda: Report.objects.filter(
        pk=OuterRef("about"), state=ReportState.RETURNED, unit__closed_at=None
    ),
}
"""For which rows notices ask."""
