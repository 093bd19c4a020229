"""Reports for who writes them and for who receives them."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community, partnerships_in
from baodao.people.queries.members import current
from baodao.registration.queries.registrations import accepted_rows
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.rules.life import OUT, STORIES, ReportState
from baodao.reports.rules.plans import WRITERS, ReportPlan
from baodao.ui.timelines import TimelineItem, timeline_items
from baodao.ui.wording import period_words

Reports = QuerySet[Report]
Receipts = QuerySet[ReportReceipt]


def labels_of(report_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these reports are called in the journal: by number, a draft by its period."""
    rows = Report.objects.filter(pk__in=report_ids)
    return {row.pk: row.number_text or period_words(row.period) for row in rows}


def reports(actor: Actor) -> Reports:
    """Reports that the actor reads: all of the organisations they write for, what was submitted of
    those they read, and what came to the organisations they act for."""
    rows = Report.objects.select_related("writer")
    came = receipts(actor, Permission.REPORT_READ).values("report")
    submitted = rows.exclude(submitted_at=None)
    read = within(submitted, actor, Permission.REPORT_READ, "writer__path").values("pk")
    own = written(actor).values("pk")
    reached = Q(pk__in=own) | Q(pk__in=submitted.filter(pk__in=came).values("pk"))
    return rows.filter(reached | Q(pk__in=read))


def written(actor: Actor) -> Reports:
    """Reports that the actor writes: of units and communities, or of streets."""
    rows = Report.objects.select_related("writer")
    own = (
        within(rows.filter(writer__kind=kind), actor, permission, "writer__path").values("pk")
        for kind, permission in WRITERS.items()
    )
    return rows.filter(reduce(or_, (Q(pk__in=keys) for keys in own)))


def require_writer(actor: Actor, plan: ReportPlan, writer_id: int) -> Organisation:
    """The open organisation of the kind that writes such reports, locked, when the actor may write
    for it. Raises `Absent`."""
    return lock(within(places(plan.writer), actor, plan.permission, "path"), writer_id)


def receipts(actor: Actor, permission: Permission = Permission.REPORT_RECEIVE) -> Receipts:
    """What came to the organisations on which the actor holds `permission`."""
    rows = ReportReceipt.objects.select_related("report__writer", "receiver")
    return within(rows, actor, permission, "receiver__path")


def report_of(actor: Actor, report_id: UUID, *, to_write: bool = False) -> Report:
    """One report that the actor reads, or writes. Raises `Absent`."""
    rows = written(actor) if to_write else reports(actor)
    row = rows.filter(pk=report_id).first()
    if row is None:
        raise Absent("report")
    return row


def receipts_of(report: Report) -> list[ReportReceipt]:
    """To whom a report went, in the order of the tree."""
    return list(report.receipts.select_related("receiver").order_by("receiver__path"))


def receivers_of(writer: Organisation) -> list[Organisation]:
    """To whom an organisation reports now: a community to the units that report there or whose
    members do; all others to their authority, a unit to its partner community too."""
    if writer.kind == Kind.COMMUNITY:
        return list(units_here(writer))
    authority = standing_of(writer.parent) if writer.parent else None
    community = partner_community(writer) if writer.kind == Kind.UNIT else None
    return [
        place for place in (authority, community) if place is not None and place.closed_at is None
    ]


def units_here(community: Organisation) -> QuerySet[Organisation]:
    """Open units that report to a community, or of which members of today are registered there."""
    here = accepted_rows(community).filter(ended_on=None)
    members = current().filter(person__in=here.values("person"))
    partners = partnerships_in(community).values("unit")
    reached = Q(pk__in=members.values("branch__parent")) | Q(pk__in=members.values("branch"))
    return places(Kind.UNIT).filter(reached | Q(pk__in=partners)).order_by("path")


def out_reports(writer: Organisation, kind: str, period: str) -> Reports:
    """The report that receivers have before them, of a writer, kind and period: at most one."""
    return Report.objects.filter(writer=writer, kind=kind, period_text=period, state__in=OUT)


def answers(*states: ReportState) -> Reports:
    """Answers to what authorities asked, in one of these states."""
    rows = Report.objects.exclude(occasion=None).filter(state__in=states)
    return rows.select_related("writer")


def acknowledgement() -> Combinable:
    """Whether a report was acknowledged by everybody to whom it went."""
    return ~Exists(ReportReceipt.objects.filter(report=OuterRef("pk"), acknowledged_at=None))


def receipts_by_report(rows: Collection[Report]) -> dict[UUID, ReportReceipt]:
    """What came of reports that each went to one receiver, by their ids."""
    came = ReportReceipt.objects.filter(report__in=rows)
    return {one.report_id: one for one in came.select_related("report__writer", "receiver")}


def newer_of(actor: Actor, report: Report) -> Report | None:
    """The version after this one, if there is one that the actor reads."""
    return reports(actor).filter(replaces=report).first()


def report_timeline(report: Report) -> list[TimelineItem]:
    """What happened to a report, oldest first."""
    return timeline_items(journal.timeline(report.pk), STORIES)


def to_acknowledge() -> Receipts:
    """What came and waits to be acknowledged, of which a notice is."""
    return ReportReceipt.objects.filter(
        pk=OuterRef("about"), acknowledged_at=None, report__state=ReportState.SUBMITTED
    )


def returned_reports() -> Reports:
    """What was returned to a writer that is still there, of which a notice is."""
    return Report.objects.filter(
        pk=OuterRef("about"), state=ReportState.RETURNED, writer__closed_at=None
    )


PENDING: dict[str, PendingRows] = {
    "report-submitted": to_acknowledge,
    "report-returned": returned_reports,
}
"""For which rows notices ask."""
