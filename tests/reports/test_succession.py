"""Reports when the unit that writes them or the community that receives them is reorganised."""

import pytest

from baodao.documents.queries import issued_items
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.orgs.commands.organisations import rename
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.reports.commands.drafts import draft_again, draft_report
from baodao.reports.commands.submissions import acknowledge_reports, return_to_writer
from baodao.reports.queries.reports import reports
from baodao.reports.rules.plans import ReportKind
from tests import factories
from tests.orgs.test_reorganisations import done, undone
from tests.reports.steps import drawn, partnered, receipt, sent
from tests.world import World


def test_what_a_community_has_before_it_is_acknowledged_by_who_takes_it_over(
    world: World,
) -> None:
    partnered(world)
    report = sent(world)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    came = receipt(report, "石桥社区").pk
    with pytest.raises(Absent):
        acknowledge_reports(world.actor("an"), receipt_ids=[came])
    undone(world, act)
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert acknowledge_reports(world.actor("bao"), receipt_ids=[came]).done


def test_a_unit_that_was_taken_over_keeps_what_it_submitted_and_is_asked_for_nothing_more(
    world: World,
) -> None:
    world.accounts["he"] = factories.account("何秘", Role.UNIT_SECRETARY, world.commission)
    partnered(world)
    report = sent(world)
    before = issued_items([report.pk], "work-summary")
    other = drawn(world, next(kind for kind in ReportKind if kind is not ReportKind.SUMMARY))
    return_to_writer(
        world.actor("an"), receipt_id=receipt(report, "柳荫社区").pk, reason="请补充下一步打算"
    )
    rename(world.actor("sun"), organisation_id=world.bureau.pk, name="区住建局党委")
    done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    he = world.actor("he")
    states = {row.pk: row.state for row in reports(he)}
    assert states == {report.pk: "aside", other.pk: "aside"}
    assert issued_items([report.pk], "work-summary") == before
    with pytest.raises(Refused, match=r"report\.aside"):
        draft_again(he, report_id=report.pk)
    asked = with_closed(Notice.objects.filter(kind="report-returned"))
    assert [row.closed for row in asked] == [True]
    period = report.period_text
    draft = draft_report(he, writer_id=world.commission.pk, kind=ReportKind.SUMMARY, period=period)
    assert draft.writer == world.commission


def test_a_report_of_a_unit_that_was_taken_over_is_not_returned_to_it(world: World) -> None:
    partnered(world)
    came = receipt(sent(world), "柳荫社区").pk
    done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    with pytest.raises(Refused, match=r"report\.writer-closed"):
        return_to_writer(world.actor("an"), receipt_id=came, reason="请补充")
    assert acknowledge_reports(world.actor("an"), receipt_ids=[came]).done
