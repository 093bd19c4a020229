"""Reports of communities and streets, typical cases, and who answers after a reorganisation."""

import pytest

from baodao.accounts.queries import operator
from baodao.documents.queries import issued_items
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.reports.commands.drafts import draft_again, refresh_figures
from baodao.reports.commands.submissions import (
    acknowledge_reports,
    return_to_writer,
)
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.figures import part_texts
from baodao.reports.queries.papers import report_facts, report_lines
from baodao.reports.queries.reports import reports
from baodao.reports.queries.rounds import round_of, unacknowledged
from baodao.reports.rules.plans import ReportKind
from baodao.reports.tables.reports import PlaceLinks, chart_of, shown_parts
from baodao.sentences.rules.cases import names_somebody
from baodao.sentences.rules.sentences import ReportPart
from tests import factories
from tests.ledger import steps as served
from tests.orgs.test_reorganisations import done, undone
from tests.registration.browsing import browser, text
from tests.reports.steps import drawn, drawn_by, partnered, receipt, sent, submitted
from tests.world import World

BASIC, WORK, PROBLEMS = ReportPart.BASIC, ReportPart.WORK, ReportPart.PROBLEMS
RESULT = "清运楼道杂物两车，消除消防隐患"


def secretary(world: World) -> None:
    """Jie is the secretary of the street of An's community."""
    world.accounts["jie"] = factories.account(
        "介书记", Role.SUPERVISOR, world.willow_street, username="jie"
    )


def helped(world: World, **more: object) -> None:
    """Chen serves in An's community today."""
    facts = {"served_on": clock.today(), "result": RESULT} | more
    served.record(world, served.hosted(world), **facts)


def test_a_community_tells_the_units_that_report_there_what_their_members_did(
    world: World,
) -> None:
    partnered(world)
    helped(world)
    report = drawn_by(world, "an", world.willow, ReportKind.FEEDBACK, so_far=True)
    texts = part_texts(report)
    assert "报到单位1个，在册报到党员1名。" in texts[BASIC]
    assert "报到党员服务1人次，服务时长1小时。" in texts[WORK]
    report = submitted(world, "an", report, "季书")
    assert [one.receiver for one in report.receipts.all()] == [world.bureau]
    page = text(browser(world, "dai").get("/reports/received/"))
    assert "柳荫社区" in page
    acknowledge_reports(world.actor("dai"), receipt_ids=[receipt(report, "区城建局机关党委").pk])
    assert round_of(world.actor("dai"), world.bureau, ReportKind.FEEDBACK, report.period).came == 1
    for kind in (ReportKind.SUMMARY, ReportKind.QUARTERLY):
        with pytest.raises(Absent):
            drawn_by(world, "an", world.willow, kind)


def test_a_street_briefs_its_district_each_quarter_and_reports_on_its_duties(world: World) -> None:
    secretary(world)
    helped(world)
    brief = drawn_by(world, "jie", world.willow_street, ReportKind.QUARTERLY, so_far=True)
    texts = part_texts(brief)
    assert "辖区共有社区2个。" in texts[BASIC]
    assert "石桥社区没有党员报到。" in texts[PROBLEMS]
    links = PlaceLinks(brief)
    assert links.url("hosted").startswith("/tables/registration/990102001000/hosted/?as_of=")
    assert links.url("empty_communities").startswith("/tables/registration/990102001000/?")
    jie = browser(world, "jie")
    for place in ("hosted", "services_here", "needs_without_help", "teams", "orders_long"):
        assert jie.get(links.url(place)).status_code == 200, place
    submitted(world, "jie", brief, "介书记")
    came = f"/reports/received/?kind=quarterly&period={brief.period_text}"
    assert "柳荫街道" in text(browser(world, "fan").get(came))
    duties = drawn_by(world, "jie", world.willow_street, ReportKind.DUTIES)
    assert duties.period_text.isdecimal()
    assert "辖区共有社区2个。" in part_texts(duties)[BASIC]
    assert "述职报告" in text(jie.get("/reports/"))
    with pytest.raises(Absent):
        drawn_by(world, "an", world.willow_street, ReportKind.QUARTERLY)


def test_typical_cases_are_records_whose_result_is_told_in_words(world: World) -> None:
    helped(world, offer_title="清理楼道")
    secret = {"result": "联系19900001234", "began_at": served.at(8, day=clock.today())}
    served.record(world, **secret, served_on=clock.today())
    same = {"result": f"{RESULT}。", "began_at": served.at(10, day=clock.today())}
    served.record(world, **same, offer_title="又一次清理", served_on=clock.today())
    report = drawn(world, so_far=True)
    case = part_texts(report)[WORK].splitlines()[-1]
    assert case.endswith(f"柳荫社区“清理楼道”，1人参加。{RESULT}。")
    assert len(report.cases) == 1, "neither words with somebody's number, nor the same words twice"
    [work] = [part for part in shown_parts(report, world.actor("an")) if part.code == WORK]
    words, link = work.lines[-1]
    assert words.text == case
    assert browser(world, "an").get(link.url).status_code == 200
    assert "19900001234" not in str(report_lines(report))


def test_a_report_draws_the_hours_of_its_months_and_they_stay(world: World) -> None:
    helped(world, offer_title="清理楼道")
    report = drawn(world, so_far=True)
    chart = chart_of(report, world.actor("dai"))
    assert chart is not None
    marks = [mark for row in chart.rows for mark in row.marks if mark.value]
    assert marks
    for mark in marks:
        assert browser(world, "dai").get(mark.url).status_code == 200
    assert "chart" in browser(world, "dai").get(f"/reports/{report.pk}/").content.decode()
    months = report_facts(report, [], [])["months"]
    at = served.at(8, day=clock.today())
    served.record(world, began_at=at, served_on=clock.today(), minutes=90)
    report.refresh_from_db()
    assert report_facts(report, [], [])["months"] == months


def test_no_case_names_a_resident(world: World) -> None:
    today = clock.today()
    for hour, facts in enumerate(
        (
            {"result": "为独居的王奶奶修好了水管"},
            {"result": "给李某送药上门"},
            {"result": "陪同看病三次", "way": "pairing"},
        )
    ):
        at = served.at(8 + hour, day=today)
        served.record(world, **facts, began_at=at, served_on=today)
    helped(world, offer_title="清理楼道")
    report = drawn(world, so_far=True)
    assert [RESULT in one["text"] for one in report.cases] == [True]


def test_a_name_of_who_asked_is_noticed_in_words() -> None:
    assert names_somebody("郝大为家的灯修好了", ["郝大为"])
    assert names_somebody("看望欧阳大爷", [])
    assert not names_somebody("清理楼道，居民都说好，张贴公告十处", ["", "张"])
    assert not names_somebody("为十名老人理发，王府社区受益", [])


def test_own_words_carry_no_note_and_what_stands_as_counted_does(world: World) -> None:
    report = drawn(world)
    [problems] = [line for line in report_lines(report) if "名在职党员未报到。" in line]
    assert [piece["text"] for piece in problems if isinstance(piece, dict)] == ["1"]
    report.parts = {PROBLEMS: {"text": "尚有几名未报到。", "base": {}, "changes": []}}
    assert ["尚有几名未报到。"] in report_lines(report)


def test_a_period_that_is_over_is_compared_with_the_one_before(world: World) -> None:
    report = drawn(world)
    last = Report(
        writer=world.bureau, kind=ReportKind.SUMMARY, period_text="2020-H1", as_of=report.as_of
    )
    last.figures = {"services": 3, "services_before": 9}
    words = part_texts(last)[PROBLEMS]
    assert words == "服务人次由上期的9人次减少到3人次。"
    links = PlaceLinks(last)
    assert "period=2019-H2" in links.url("services_before")
    assert "period=2020-H1" in links.url("services")


def merged(world: World, gone: Organisation, into: Organisation) -> object:
    return done(world, gone, Aim(Reform.MERGED, successor_id=into.pk))


def test_what_a_merged_community_had_before_it_is_acknowledged_by_its_successor(
    world: World,
) -> None:
    partnered(world)
    report = sent(world)
    came = receipt(report, "柳荫社区")
    act = merged(world, world.willow, world.bridge)
    bao = world.actor("bao")
    assert unacknowledged(bao, world.bridge).answer() == 1
    acknowledge_reports(bao, receipt_ids=[came.pk])
    came.refresh_from_db()
    assert (came.receiver, came.acknowledged_by) == (world.bridge, "包平")
    assert act


def test_undone_it_waits_where_it_was(world: World) -> None:
    partnered(world)
    report = sent(world)
    undone(world, merged(world, world.willow, world.bridge))
    assert receipt(report, "柳荫社区").receiver == world.willow


def test_a_unit_that_ends_writes_nothing_anew_and_its_report_stays_as_it_was(world: World) -> None:
    partnered(world)
    draft, report = drawn(world, ReportKind.BRIEFING), sent(world)
    [item] = issued_items([report.pk], "work-summary")
    bridges = factories.organisation(world.bureau.kind, "区桥隧中心党总支", world.east)
    shares = {world.first.pk: world.commission.pk, world.second.pk: bridges.pk}
    aim = Aim(Reform.SPLIT, successor_id=world.commission.pk, shares=shares)
    done(world, world.bureau, aim)
    draft.refresh_from_db()
    assert draft.state == "aside"
    assert issued_items([report.pk], "work-summary") == [item]
    came, an = receipt(report, "柳荫社区").pk, world.actor("an")
    with pytest.raises(Refused) as refused:
        return_to_writer(an, receipt_id=came, reason="请补充")
    assert refused.value.code == "report.writer-closed"
    assert acknowledge_reports(an, receipt_ids=[came]).done
    assert reports(an).filter(pk=report.pk).exists()
    with pytest.raises(Refused) as refused:
        draft_again(operator(), report_id=report.pk)
    assert refused.value.code == "organisation.succeeded"


def test_what_was_returned_to_a_unit_that_ends_is_asked_for_no_more(world: World) -> None:
    partnered(world)
    report = sent(world)
    came = receipt(report, "柳荫社区").pk
    return_to_writer(world.actor("an"), receipt_id=came, reason="请补充")
    merged(world, world.bureau, factories.organisation(world.bureau.kind, "区住建局", world.east))
    report.refresh_from_db()
    assert report.state == "aside"


def test_what_a_dissolved_community_had_before_it_nobody_there_acknowledges(world: World) -> None:
    partnered(world)
    report = sent(world)
    done(world, world.willow, Aim(Reform.DISSOLVED))
    assert receipt(report, "柳荫社区").acknowledged_at is None
    assert receipt(report, "东岸区").receiver == world.east
    assert acknowledge_reports(world.actor("fan"), receipt_ids=[receipt(report, "东岸区").pk]).done


def test_a_unit_that_takes_over_from_another_acknowledges_the_feedback_to_both(
    world: World,
) -> None:
    partnered(world)
    helped(world)
    heir = factories.organisation(world.bureau.kind, "区住建局", world.east)
    report = drawn_by(world, "an", world.willow, ReportKind.FEEDBACK, so_far=True)
    report = submitted(world, "an", report, "季书")
    ReportReceipt.objects.create(report=report, receiver=heir)
    merged(world, world.bureau, heir)
    who = factories.account("路文", Role.UNIT_CLERK, heir, username="lu")
    world.accounts["lu"] = who
    lu = world.actor("lu")
    assert unacknowledged(lu, heir).answer() == 2
    for _ in range(2):
        [line] = round_of(lu, heir, ReportKind.FEEDBACK, report.period).lines
        assert line.receipt is not None
        acknowledge_reports(lu, receipt_ids=[line.receipt.pk])
    assert unacknowledged(lu, heir).answer() == 0


def test_counting_anew_keeps_what_the_draft_is_about(world: World) -> None:
    report = drawn_by(world, "an", world.willow, ReportKind.FEEDBACK)
    assert part_texts(report)[BASIC] == ""
    helped(world)
    report = refresh_figures(world.actor("an"), report_id=report.pk)
    assert "在册报到党员1名" in part_texts(report)[BASIC]
