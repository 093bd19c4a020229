"""Drafts of reports: a unit's half-year and a street's quarter, drawn up from the figures of now.

Value: drawing up the largest unit's work summary, with its typical cases, its branches by name and
the half-year before it, in seconds; limit: 2 s; peer: the same totals by statements written by
hand on the same indexes, without rows by name and without cases. A round of a district, all its
units on one page, is timed beside them.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from baodao.accounts.queries import operator
from baodao.figures.queries.sql import present
from baodao.kernel import clock
from baodao.kernel.spans import PeriodSpan, due_period, period_before
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.reports.models import Report
from baodao.reports.queries.figures import count, part_texts
from baodao.reports.queries.rounds import round_of
from baodao.reports.rules.plans import PLANS, ReportKind
from bench import frame, worlds

AIM, ROUND_AIM = 2.0, 0.150
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

    def round(self) -> int:
        kind = ReportKind.SUMMARY
        period = due_period(PLANS[kind].span, clock.today())
        return len(round_of(operator(), self.district, kind, period).lines)


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members = options.members or (1_000_000 if options.full else 20_000)
    records = members * (30 if options.full else 20 if options.members else 5)
    rounds = 12 if options.full else 5
    with frame.database(
        f"served_{members}_{options.seed}", lambda: worlds.build(members, options.seed, records)
    ):
        of_units = Membership.objects.filter(branch__parent__kind=Kind.UNIT, closed_at=None)
        sizes = of_units.values("branch__parent").annotate(members=Count("pk"))
        largest = sizes.order_by("-members", "branch__parent")[0]["branch__parent"]
        places = Organisation.objects.order_by("code")
        drafts = Drafts(
            places.get(pk=largest),
            places.filter(kind=Kind.STREET)[0],
            places.filter(kind=Kind.DISTRICT)[0],
        )
        report, totals = drafts.summary(), drafts.by_hand()
        for name in ("members", "in_service", "services", "minutes"):
            if report.figures[name] != totals[name]:
                raise RuntimeError(f"{name}: {report.figures[name]} and {totals[name]}")
        acts = {
            "summary": drafts.summary,
            "by_hand": drafts.by_hand,
            "brief": drafts.brief,
            "round": drafts.round,
        }
        taken = frame.interleaved(acts, rounds)
        units = drafts.round()
    value, peer = frame.median(taken["summary"]), frame.median(taken["by_hand"])
    print(
        f"summary of {report.figures['members']} members with {len(report.cases)} cases: median "
        f"{value:.3f} s, worst {taken['summary'][-1]:.3f} s; by hand {peer:.3f} s\n"
        f"a street's quarter: median {frame.median(taken['brief']):.3f} s; a round of {units} "
        f"units: median {1000 * frame.median(taken['round']):.1f} ms (aim "
        f"{1000 * ROUND_AIM:.0f} ms)"
    )
    frame.report(
        "drafts",
        value,
        "s",
        limit=AIM,
        peer=round(peer, 4),
        rows=report.figures["members"],
        seed=options.seed,
        brief_s=round(frame.median(taken["brief"]), 3),
        round_ms=round(1000 * frame.median(taken["round"]), 1),
    )


if __name__ == "__main__":
    main()
