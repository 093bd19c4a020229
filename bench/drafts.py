"""Drafts of reports: a unit's half-year and a street's quarter, drawn up from the figures of now.

Value: drawing up the largest unit's work summary, with its typical cases, its branches by name and
the half-year before it, in seconds; limit: 2 s; peer: the same totals by statements written by
hand on the same indexes, without rows by name and without cases. Beside it, each with its peer: an
official table of the district, to be there in 1 s, and its round, in which all of 200 units have
submitted, in 150 ms: a drawn district has fewer, and is given the rest after all else is measured.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from baodao.accounts.queries import operator
from baodao.figures.queries.sql import present
from baodao.kernel import clock
from baodao.kernel.moments import Period, read_period
from baodao.kernel.spans import PeriodSpan, due_period, period_before
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.figures import count, part_texts
from baodao.reports.queries.rounds import round_of
from baodao.reports.rules.life import ReportState
from baodao.reports.rules.plans import PLANS, ReportKind
from baodao.reporttables.queries.tables import ReportTable, report_table
from bench import frame, worlds

AIM, TABLE_AIM, ROUND_AIM = 2.0, 1.0, 0.150
SUBMITTED = 200
TABLE = "implementation"
HALF, QUARTER = "2026-H1", "2026-Q2"

_MEMBERS = """
    SELECT count(*) AS members,
           count(*) FILTER (WHERE m.standing = 'in-service') AS in_service,
           count(*) FILTER (WHERE m.standing = 'in-service' AND EXISTS (
               SELECT FROM registration_registration r WHERE r.person_id = m.person_id
                 AND r.accepted_at IS NOT NULL AND r.ended_at IS NULL)) AS registered,
           count(*) FILTER (WHERE m.standing = 'in-service' AND EXISTS (
               SELECT FROM ledger_servicerecord s WHERE s.person_id = m.person_id
                 AND s.served_on BETWEEN %(first)s AND %(last)s AND s.minutes > 0)) AS served
    FROM people_membership m JOIN orgs_organisation o ON o.id = m.branch_id
    WHERE o.path LIKE %(below)s AND m.closed_at IS NULL"""
_SERVICES = """
    SELECT coalesce(sum(sign(s.minutes)), 0)::int AS services,
           coalesce(sum(s.minutes), 0) AS minutes
    FROM ledger_servicerecord s JOIN orgs_organisation o ON o.id = s.branch_id
    WHERE o.path LIKE %(below)s AND s.served_on BETWEEN %(first)s AND %(last)s"""

_ROUND = """
    SELECT o.name, r.id, r.state, r.submitted_at, c.acknowledged_at
    FROM reports_reportreceipt c JOIN reports_report r ON r.id = c.report_id
    JOIN orgs_organisation o ON o.id = r.writer_id
    WHERE c.receiver_id = %s AND r.kind = 'summary' AND r.period_text = %s ORDER BY o.path"""


@dataclass
class Drafts:
    """The organisations whose reports are drawn up."""

    unit: Organisation
    street: Organisation
    district: Organisation

    def drawn(self, writer: Organisation, kind: ReportKind, period: str) -> Report:
        report = Report(writer=writer, kind=kind, period_text=period, as_of=present().instant)
        count(report)
        if not any(part_texts(report).values()):
            raise RuntimeError(f"{writer.name}: nothing is said")
        return report

    def summary(self) -> Report:
        return self.drawn(self.unit, ReportKind.SUMMARY, HALF)

    def brief(self) -> Report:
        return self.drawn(self.street, ReportKind.QUARTERLY, QUARTER)

    def by_hand(self) -> dict[str, int]:
        """The totals of a unit's summary, as one would write them for this page alone."""
        report = Report(kind=ReportKind.SUMMARY, period_text=HALF, as_of=clock.now())
        before = period_before(PeriodSpan.HALF, report.period)
        totals: dict[str, int] = {}
        with connection.cursor() as cursor:
            for sql, period in (
                (_MEMBERS, report.period),
                (_SERVICES, report.period),
                (_SERVICES, before),
            ):
                days = {"first": period.first, "last": period.last}
                cursor.execute(sql, {"below": f"{self.unit.path}%", **days})
                names = [column.name for column in cursor.description]
                totals = dict(zip(names, cursor.fetchone(), strict=True)) | totals
        return totals

    def table(self) -> ReportTable:
        """A quarter's official table of the district."""
        as_of = present()
        return report_table(
            operator(), self.district.code, TABLE, as_of, read_period(QUARTER, as_of)
        )

    def table_by_hand(self) -> list[tuple[object, ...]]:
        """Members, and services of the quarter, of each child of the district."""
        period = read_period(QUARTER, present())
        days = {"first": period.first, "last": period.last}
        with connection.cursor() as cursor:
            rows = []
            for child in self.district.children.order_by("path"):
                for sql in (_MEMBERS, _SERVICES):
                    cursor.execute(sql, {"below": f"{child.path}%", **days})
                    rows.append(cursor.fetchone())
        return rows

    @property
    def due(self) -> Period:
        return due_period(PLANS[ReportKind.SUMMARY].span, clock.today())

    def submit(self) -> int:
        """Let so many units of the district have submitted the report that is due; those that it
        lacks are added."""
        there = places(Kind.UNIT).filter(parent=self.district).order_by("path")
        first = there[0]
        for number in range(there.count(), SUBMITTED):
            code = f"{first.code}R{number:03d}"
            Organisation.objects.create(
                parent=self.district,
                kind=Kind.UNIT,
                code=code,
                name=f"{first.name}{number}",
                path=f"{self.district.path}{code}.",
                sort=number,
                opened_at=first.opened_at,
            )
        units = there[:SUBMITTED]
        now = clock.now()
        facts = {"kind": ReportKind.SUMMARY, "period_text": self.due.text, "as_of": now}
        facts |= {"state": ReportState.SUBMITTED, "submitted_at": now, "signer": "书记"}
        reports = Report.objects.bulk_create(
            Report(writer=unit, year=now.year, number=1, **facts) for unit in units
        )
        ReportReceipt.objects.bulk_create(
            ReportReceipt(report=one, receiver=self.district) for one in reports
        )
        return len(reports)

    def round(self) -> int:
        """The round of the work summaries that are due: how many came."""
        return round_of(operator(), self.district, ReportKind.SUMMARY, self.due).came

    def round_by_hand(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_ROUND, [self.district.pk, self.due.text])
            return len(cursor.fetchall())


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members = options.members or (1_000_000 if options.full else 20_000)
    records = members * (30 if options.full or options.members else 5)
    rounds = 12 if options.full else 5
    with frame.database(
        f"served_{members}_{options.seed}", lambda: worlds.build(members, options.seed, records)
    ):
        of_units = Membership.objects.filter(branch__parent__kind=Kind.UNIT, closed_at=None)
        sizes = of_units.values("branch__parent").annotate(members=Count("pk"))
        largest = sizes.order_by("-members", "branch__parent")[0]["branch__parent"]
        everywhere = Organisation.objects.order_by("code")
        drafts = Drafts(
            everywhere.get(pk=largest),
            everywhere.filter(kind=Kind.STREET)[0],
            everywhere.filter(kind=Kind.DISTRICT)[0],
        )
        report, totals = drafts.summary(), drafts.by_hand()
        for name in ("members", "in_service", "services", "minutes"):
            if report.figures[name] != totals[name]:
                raise RuntimeError(f"{name}: {report.figures[name]} and {totals[name]}")
        acts = {
            "summary": drafts.summary,
            "by_hand": drafts.by_hand,
            "brief": drafts.brief,
            "table": drafts.table,
            "table_by_hand": drafts.table_by_hand,
        }
        taken = frame.interleaved(acts, rounds)
        came = drafts.submit()
        if drafts.round() != came or drafts.round_by_hand() != came:
            raise RuntimeError(f"{drafts.round()} of {came} are in the round")
        round_acts = {"round": drafts.round, "round_by_hand": drafts.round_by_hand}
        taken |= frame.interleaved(round_acts, rounds)
    middle = {name: frame.median(some) for name, some in taken.items()}
    print(
        f"summary of {report.figures['members']} members with {len(report.cases)} cases: median "
        f"{middle['summary']:.3f} s, worst {taken['summary'][-1]:.3f} s; by hand "
        f"{middle['by_hand']:.3f} s\na street's quarter: median {middle['brief']:.3f} s; a "
        f"district's table: {middle['table']:.3f} s (aim {TABLE_AIM:.0f} s), by hand "
        f"{middle['table_by_hand']:.3f} s\na round of {came} submissions: "
        f"{1000 * middle['round']:.1f} ms (aim {1000 * ROUND_AIM:.0f} ms), by hand "
        f"{1000 * middle['round_by_hand']:.1f} ms"
    )
    frame.report(
        "drafts",
        middle["summary"],
        "s",
        limit=AIM,
        peer=round(middle["by_hand"], 4),
        rows=report.figures["members"],
        seed=options.seed,
        brief_s=round(middle["brief"], 3),
        table_s=round(middle["table"], 3),
        table_ratio=round(middle["table"] / middle["table_by_hand"], 2),
        round_ms=round(1000 * middle["round"], 1),
        round_ratio=round(middle["round"] / middle["round_by_hand"], 2),
    )


if __name__ == "__main__":
    main()
