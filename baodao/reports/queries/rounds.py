"""A round: the reports of one kind and period that a place receives, and who owes one."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, OuterRef, QuerySet, Value
from django.utils.translation import gettext, ngettext

from baodao.insight.queries.tasks import OverviewTask, Tasks
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import Period
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, certain, together
from baodao.kernel.spans import due_period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import keys_found
from baodao.orgs.queries.policies import days_at
from baodao.orgs.queries.tree import organisations_anywhere, places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community, partnerships_at
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.reports import Receipts, receipts
from baodao.reports.rules.life import OUT, ReportState, RoundPart
from baodao.reports.rules.plans import PLANS, ReportKind
from baodao.reports.rules.policies import DUE_DAYS
from baodao.sentences.rules.sentences import names_text


@dataclass(frozen=True)
class RoundLine:
    """A writer of a round: what came from it, if anything, and whether it is late. What was
    returned is to be submitted anew."""

    writer: Organisation
    receipt: ReportReceipt | None
    due_on: date | None
    overdue: bool

    @property
    def report(self) -> Report | None:
        return self.receipt.report if self.receipt else None

    @property
    def here(self) -> bool:
        """Whether its report came and was not returned."""
        return self.report is not None and self.report.state != ReportState.RETURNED

    @property
    def waits(self) -> bool:
        """Whether it is to be acknowledged."""
        return self.receipt is not None and self.here and self.receipt.acknowledged_at is None

    @property
    def parts(self) -> set[RoundPart]:
        """Of which parts of the round it is."""
        of = {
            RoundPart.WAITING: self.waits,
            RoundPart.OVERDUE: self.overdue,
            RoundPart.OWED: not self.here,
            RoundPart.HERE: self.here,
        }
        return {part for part, holds in of.items() if holds}


@dataclass(frozen=True)
class Round:
    """All writers of a round, those that are late first, then what waits."""

    kind: ReportKind
    period: Period
    lines: tuple[RoundLine, ...]

    @property
    def came(self) -> int:
        return sum(line.here for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.overdue for line in self.lines)

    @property
    def waiting(self) -> int:
        return sum(line.waits for line in self.lines)

    def narrowed(self, part: str, words: str) -> list[RoundLine]:
        """Those of one part of it, or of all, that are called so."""
        lines = [line for line in self.lines if not part or part in line.parts]
        if not words:
            return lines
        called = keys_found([line.writer.pk for line in lines], words)
        return [line for line in lines if line.writer.pk in called]


def round_of(actor: Actor, place: Organisation, kind: ReportKind, period: Period) -> Round:
    """What came to a place of a kind and period, and which of those that report to it now have not
    submitted; empty out of scope."""
    came = _here(actor, place).filter(report__kind=kind, report__period_text=period.text)
    out = came.filter(report__state__in=OUT).order_by("acknowledged_at", "pk")
    by_writer = {one.report.writer: one for one in out}
    expected = with_due_days(_expected(place, PLANS[kind].writer, period), period.last)
    due = {writer: writer.due_on if PLANS[kind].owed else None for writer in expected}
    lines = [_line(writer, by_writer.get(writer), due.get(writer)) for writer in by_writer | due]
    lines.sort(key=lambda line: (not line.overdue, not line.waits, line.writer.path))
    return Round(kind, period, tuple(lines))


def _line(writer: Organisation, receipt: ReportReceipt | None, due_on: date | None) -> RoundLine:
    line = RoundLine(writer, receipt, due_on, False)
    if line.here or due_on is None:
        return replace(line, due_on=None)
    return replace(line, overdue=clock.today() > due_on)


def with_due_days(writers: QuerySet[Organisation], last: date) -> QuerySet[Any]:
    """Writers, each with the last day on which its report of a period that ended on the day `last`
    is in time: `due_on`."""
    day = Value(last, output_field=DateField()) + days_at(DUE_DAYS, "path")
    return writers.annotate(due_on=ExpressionWrapper(day, output_field=DateField()))


def late_writers(actor: Actor, place: Organisation) -> Question[list[str]]:
    """The names of those who are late in the round of work summaries that is due, or the last that
    was; nobody out of scope."""
    if not actor.may(Permission.REPORT_RECEIVE, place.path):
        return certain([])
    period = due_period(PLANS[ReportKind.SUMMARY].span, clock.today())
    values = (actor, place, period.text, period.last, period.ends_at)
    if place.kind == Kind.COMMUNITY:
        return _LATE_PARTNERS.question(*values, standing_of(place).path)
    return _LATE_BELOW.question(*values)


def _late_partners(
    actor: Actor, place: Organisation, period: str, last: date, ends_at: datetime, path: str
) -> QuerySet[Any, Any]:
    return _late(_here(actor, place), period, last, _partners(path, ends_at))


def _late_below(
    actor: Actor, place: Organisation, period: str, last: date, ends_at: datetime
) -> QuerySet[Any, Any]:
    writers = _placed_below(place, PLANS[ReportKind.SUMMARY].writer, ends_at)
    return _late(_here(actor, place), period, last, writers)


def _late(
    here: Receipts, period: str, last: date, writers: QuerySet[Organisation]
) -> QuerySet[Any, Any]:
    came = here.filter(report__kind=ReportKind.SUMMARY, report__period_text=period)
    came = came.filter(report__state=ReportState.SUBMITTED, report__writer=OuterRef("pk"))
    rows = with_due_days(writers, last).filter(due_on__lt=clock.today()).exclude(Exists(came))
    return rows.order_by("path").values_list("name", flat=True)


_LATE_PARTNERS, _LATE_BELOW = Prepared(_late_partners), Prepared(_late_below)


def overview_tasks(actor: Actor, place: Organisation) -> Question[Tasks]:
    """What waits for an authority: reports to acknowledge, and units whose report is overdue."""
    count, late = unacknowledged(actor, place), late_writers(actor, place)
    return together(_overview_tasks, count=count, late=late)


def _overview_tasks(count: int, late: list[str]) -> Tasks:
    act = (gettext("See the reports"), "reports:received")
    tasks = []
    if count:
        words = ngettext("%(n)s report to acknowledge", "%(n)s reports to acknowledge", count)
        tasks.append(OverviewTask(gettext("Reports"), words % {"n": count}, *act))
    if late:
        words = ngettext("%(n)s is overdue: %(names)s", "%(n)s are overdue: %(names)s", len(late))
        facts = {"n": len(late), "names": names_text(late)}
        tasks.append(OverviewTask(gettext("Reports overdue"), words % facts, *act))
    return tasks


def unacknowledged(actor: Actor, place: Organisation) -> Question[int]:
    """How many reports a place has still to acknowledge, of whatever period."""
    return _UNACKNOWLEDGED.number(actor, place)


def _unacknowledged(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = _here(actor, place).filter(acknowledged_at=None)
    rows = rows.filter(report__state=ReportState.SUBMITTED, report__occasion=None)
    return rows.select_related(None).values_list("pk")


_UNACKNOWLEDGED = Prepared(_unacknowledged)


def _here(actor: Actor, place: Organisation) -> Receipts:
    """What came to a place, and to those of its own kind that it stands for."""
    rows = receipts(actor).filter(receiver__path__startswith=place.path)
    return rows.filter(receiver__kind=place.kind)


def _expected(place: Organisation, kind: Kind, period: Period) -> QuerySet[Organisation]:
    """Those of a kind that report to a place now, and were there before the end of the period."""
    if place.kind == Kind.COMMUNITY:
        return _partners(standing_of(place).path, period.ends_at)
    if place.kind == Kind.UNIT:
        community = partner_community(place)
        return organisations_anywhere().filter(pk__in=[community.pk] if community else [])
    return _placed_below(place, kind, period.ends_at)


def _partners(path: str, ends_at: datetime) -> QuerySet[Organisation]:
    """The units whose partner the community at a path is now, and was before an instant."""
    partners = partnerships_at(path).filter(accepted_at__lt=ends_at)
    return organisations_anywhere().filter(pk__in=partners.values("unit"))


def _placed_below(place: Organisation, kind: Kind, ends_at: datetime) -> QuerySet[Organisation]:
    """Those of a kind that stand under a place, and were there before an instant."""
    return places(kind).filter(parent=place, opened_at__lt=ends_at)
