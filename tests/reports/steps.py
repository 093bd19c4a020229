"""Short ways to reports, for tests that begin in the middle."""

from baodao.kernel import clock
from baodao.kernel.spans import due_period, period_at
from baodao.orgs.models import Organisation
from baodao.partnership.commands import registrations
from baodao.reports.commands.drafts import draft_report
from baodao.reports.commands.submissions import submit_report
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.papers import digest_in
from baodao.reports.rules.plans import PLANS, ReportKind
from tests.partnership.test_unit_registrations import presented
from tests.world import World


def partnered(world: World) -> None:
    """An's community has accepted Deng's unit."""
    form = presented(world)
    registrations.accept(world.actor("an"), unit_registration_id=form.pk)


def drawn(world: World, kind: ReportKind = ReportKind.SUMMARY, *, so_far: bool = False) -> Report:
    """Dai draws up the report that is due, or that of the period `so_far`."""
    return drawn_by(world, "dai", world.bureau, kind, so_far=so_far)


def drawn_by(
    world: World, who: str, writer: Organisation, kind: ReportKind, *, so_far: bool = False
) -> Report:
    """Somebody draws up the report of a kind that is due; `so_far` that of the period of today, in
    which what is done today counts: in the first months of a year the one that is due is of the
    year before."""
    of = period_at if so_far else due_period
    period = of(PLANS[kind].span, clock.today())
    key = {"writer_id": writer.pk, "kind": kind, "period": period.text}
    return draft_report(world.actor(who), **key)


def sent(world: World) -> Report:
    """Dai draws it up and submits it, signed by Deng."""
    return submitted(world, "dai", drawn(world))


def submitted(world: World, who: str, report: Report, signer: str = "邓敏") -> Report:
    """Somebody submits it as it reads now."""
    seen = digest_in(report)
    return submit_report(world.actor(who), report_id=report.pk, signer=signer, seen=seen)


def receipt(report: Report, place: str) -> ReportReceipt:
    """What came to an organisation of this name."""
    return report.receipts.select_related("receiver").get(receiver__name=place)
