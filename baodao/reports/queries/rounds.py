"""A round: the reports of one kind and period that a place receives, and who owes one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from baodao.insight.queries.tasks import OverviewTask
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.moments import Period
from baodao.kernel.spans import due_period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import keys_found
from baodao.orgs.queries.policies import values_by_path
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community, partnerships_in
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.reports import Receipts, receipts
from baodao.reports.rules.life import OUT, ReportState, RoundPart
from baodao.reports.rules.periods import due_on
from baodao.reports.rules.plans import PLANS, ReportKind
from baodao.reports.rules.policies import DUE_DAYS
from baodao.reports.rules.sentences import names_text


@dataclass(frozen=True)
class RoundLine:
    """A writer of a round: what came from it, if anything, and whether it is late."""

    writer: Organisation
    receipt: ReportReceipt | None
    due_on: date | None
    overdue: bool

    @property
    def report(self) -> Report | None:
        return self.receipt.report if self.receipt else None

    @property
    def waits(self) -> bool:
        """Whether it is to be acknowledged."""
        if self.receipt is None or self.receipt.acknowledged_at is not None:
            return False
        return self.receipt.report.state == ReportState.SUBMITTED

    @property
    def parts(self) -> set[RoundPart]:
        """Of which parts of the round it is."""
        of = {
            RoundPart.WAITING: self.waits,
            RoundPart.OVERDUE: self.overdue,
            RoundPart.OWED: self.receipt is None,
            RoundPart.HERE: self.receipt is not None,
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
        return sum(line.receipt is not None for line in self.lines)

    @property
    def waiting(self) -> int:
        return sum(line.waits for line in self.lines)

    @property
    def late(self) -> list[str]:
        """The names of those whose report is overdue."""
        return [line.writer.name for line in self.lines if line.overdue]

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
    writers = {*by_writer, *_expected(place, PLANS[kind].writer, period)}
    after = values_by_path({writer.path for writer in writers})
    lines = []
    for writer in writers:
        last = due_on(period, after[writer.path].of(DUE_DAYS)) if PLANS[kind].owed else None
        receipt = by_writer.get(writer)
        late = receipt is None and last is not None and clock.today() > last
        lines.append(RoundLine(writer, receipt, last, late))
    lines.sort(key=lambda line: (not line.overdue, not line.waits, line.writer.path))
    return Round(kind, period, tuple(lines))


def present_round(actor: Actor, place: Organisation) -> Round:
    """The round of work summaries that is due, or the last that was."""
    period = due_period(PLANS[ReportKind.SUMMARY].span, clock.today())
    return round_of(actor, place, ReportKind.SUMMARY, period)


def overview_tasks(actor: Actor, place: Organisation) -> Iterator[OverviewTask]:
    """What waits for an authority: reports to acknowledge, and units whose report is overdue."""
    act = (gettext("See the reports"), "reports:received")
    if count := unacknowledged(actor, place).count():
        words = ngettext("%(n)s report to acknowledge", "%(n)s reports to acknowledge", count)
        yield OverviewTask(gettext("Reports"), words % {"n": count}, *act)
    if late := present_round(actor, place).late:
        words = ngettext("%(n)s is overdue: %(names)s", "%(n)s are overdue: %(names)s", len(late))
        facts = {"n": len(late), "names": names_text(late)}
        yield OverviewTask(gettext("Reports overdue"), words % facts, *act)


def unacknowledged(actor: Actor, place: Organisation) -> Receipts:
    """What a place has still to acknowledge, of whatever period."""
    rows = _here(actor, place).filter(acknowledged_at=None)
    return rows.filter(report__state=ReportState.SUBMITTED, report__request_line=None)


def _here(actor: Actor, place: Organisation) -> Receipts:
    """What came to a place, and to those of its own kind that it stands for."""
    rows = receipts(actor).filter(receiver__path__startswith=place.path)
    return rows.filter(receiver__kind=place.kind)


def _expected(place: Organisation, kind: Kind, period: Period) -> list[Organisation]:
    """Those of a kind that report to a place now, and were there before the end of the period."""
    if place.kind == Kind.COMMUNITY:
        rows = partnerships_in(place).filter(accepted_at__lt=period.ends_at)
        return [row.unit for row in rows.select_related("unit")]
    if place.kind == Kind.UNIT:
        community = partner_community(place)
        return [community] if community else []
    return list(places(kind).filter(parent=place, opened_at__lt=period.ends_at))
