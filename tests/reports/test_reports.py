"""A report from its figures to its acknowledgement, through the commands that people use."""

import pytest

from baodao.documents.queries import issue_of, issued_items
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.undo import take_back
from baodao.notices.models import Notice
from baodao.notices.queries.notices import notices_to
from baodao.notices.queries.pending import with_closed
from baodao.orgs.models import Organisation
from baodao.reports.commands.drafts import draft_again, refresh_figures, write_parts
from baodao.reports.commands.submissions import (
    acknowledge_reports,
    return_to_writer,
)
from baodao.reports.models import Report
from baodao.reports.queries.figures import part_texts
from baodao.reports.queries.reports import reports
from baodao.sentences.rules.sentences import ReportPart
from tests.registration import steps as registration
from tests.registration.browsing import browser
from tests.registration.browsing import text as text_of
from tests.reports.steps import drawn, partnered, receipt, sent, submitted
from tests.world import World

BASIC, PROBLEMS, STEPS = ReportPart.BASIC, ReportPart.PROBLEMS, ReportPart.STEPS


def closed(world: World, who: str, place: Organisation) -> dict[str, bool]:
    """By kind whether what was told there is closed."""
    rows = with_closed(notices_to(world.actor(who), place)).filter(kind__startswith="report-")
    return {row.kind: row.closed for row in rows.order_by("show_at", "pk")}


def test_one_tap_draws_up_what_the_figures_say(world: World) -> None:
    report = drawn(world)
    texts = part_texts(report)
    assert "设党支部2个，共有党员1名，其中在职党员1名。" in texts[BASIC]
    assert texts[PROBLEMS].splitlines()[:2] == [
        "尚有1名在职党员未报到。",
        "未报到的在职党员在第一党支部。",
    ]
    assert texts[STEPS].startswith("对未报到的1名在职党员逐人核实原因")
    assert texts[ReportPart.WORK] == "", "nothing was done, so nothing is said"
    assert drawn(world).pk == report.pk, "a second tap opens the same draft"


def test_nobody_else_reads_a_draft(world: World) -> None:
    report = drawn(world)
    for who in ("an", "fan", "qin", "chen"):
        assert not reports(world.actor(who)).filter(pk=report.pk).exists()


def test_own_words_outlive_a_new_count_and_the_change_is_told(world: World) -> None:
    report, dai = drawn(world), world.actor("dai")
    shown = part_texts(report)[PROBLEMS]
    own = shown.replace("未报到的在职党员在第一党支部。", "第一党支部正在补办。")
    write_parts(dai, report_id=report.pk, words={PROBLEMS: own}, before={PROBLEMS: shown})
    registration.accepted(world)
    report = refresh_figures(dai, report_id=report.pk)
    text = part_texts(report)[PROBLEMS]
    assert "第一党支部正在补办。" in text
    assert "尚有1名在职党员未报到。" not in text
    assert "报到党员1名，尚无人认领服务岗位。" in text
    told = {change["was"]: change["at_once"] for change in report.parts[PROBLEMS]["changes"]}
    assert told["未报到的在职党员在第一党支部。"] is False
    assert "在职党员1名全部到社区报到。" in part_texts(report)[BASIC]
    page, address = browser(world, "dai"), f"/reports/{report.pk}/"
    assert "您的文字保留；数据现在是：" in text_of(page.get(address))
    submitted(world, "dai", report)
    read = text_of(page.get(address))
    assert "第一党支部正在补办。" in read
    assert "数据现在是：" not in read, "what a draft was changed by is no part of the report"


def test_what_another_wrote_meanwhile_is_not_overwritten(world: World) -> None:
    report = drawn(world)
    shown = part_texts(report)[STEPS]
    words = {"report_id": report.pk, "before": {STEPS: shown}}
    write_parts(world.actor("dai"), words={STEPS: "逐人联系。"}, **words)
    with pytest.raises(Refused) as refused:
        write_parts(world.actor("deng"), words={STEPS: "开会研究。"}, **words)
    assert refused.value.code == "report.part-overwritten"
    report.refresh_from_db()
    assert part_texts(report)[STEPS] == "逐人联系。"
    emptied = write_parts(
        world.actor("deng"),
        report_id=report.pk,
        words={STEPS: ""},
        before={STEPS: "逐人联系。"},
    )
    assert part_texts(emptied)[STEPS] == shown, "an emptied part says what the figures say"


def test_a_submitted_report_has_its_number_and_prints_as_it_was(world: World) -> None:
    partnered(world)
    report = sent(world)
    [item] = issued_items([report.pk], "work-summary")
    assert (item["report_signer"], item["addressees"]) == ("邓敏", "东岸区、柳荫社区")
    assert item["number"] == report.number_text
    title, basic = item["report_text"][:2]
    assert title == ["一、基本情况"]
    notes = {piece["place"]: piece for piece in basic if isinstance(piece, dict)}
    assert notes["in_service"]["text"] == "1"
    assert notes["in_service"]["note"].startswith(f"在职党员数（截至{clock.today().year}年")
    registration.accepted(world)
    assert issued_items([report.pk], "work-summary") == [item]
    with pytest.raises(Refused) as refused:
        write_parts(world.actor("dai"), report_id=report.pk, words={BASIC: "另写"}, before={})
    assert refused.value.code == "report.submitted"


def test_receivers_are_asked_until_they_acknowledge_and_may_take_it_back(world: World) -> None:
    partnered(world)
    report, an = sent(world), world.actor("an")
    assert closed(world, "an", world.willow) == {"report-submitted": False}
    batch = acknowledge_reports(an, receipt_ids=[receipt(report, "柳荫社区").pk])
    assert closed(world, "an", world.willow) == {"report-submitted": True}
    assert closed(world, "fan", world.east) == {"report-submitted": False}
    assert "report-acknowledged" in closed(world, "dai", world.bureau)
    assert batch.undo_id is not None
    take_back(an, undo_id=batch.undo_id)
    assert closed(world, "an", world.willow) == {"report-submitted": False}
    assert "report-acknowledged" not in closed(world, "dai", world.bureau), "nobody had read it"
    batch = acknowledge_reports(an, receipt_ids=[receipt(report, "柳荫社区").pk])
    Notice.objects.filter(kind="report-acknowledged").update(read_at=clock.now())
    take_back(an, undo_id=batch.undo_id or report.pk)
    assert "report-acknowledgement-undone" in closed(world, "dai", world.bureau)
    with pytest.raises(Absent):
        acknowledge_reports(world.actor("bao"), receipt_ids=[receipt(report, "柳荫社区").pk])


def test_a_returned_report_asks_for_a_new_version_that_replaces_it(world: World) -> None:
    partnered(world)
    old = sent(world)
    an, dai = world.actor("an"), world.actor("dai")
    return_to_writer(an, receipt_id=receipt(old, "柳荫社区").pk, reason="请补充下一步打算")
    assert closed(world, "dai", world.bureau) == {"report-returned": False}
    new = draft_again(dai, report_id=old.pk)
    assert (new.version, new.replaces_id) == (2, old.pk)
    assert draft_again(dai, report_id=old.pk).pk == new.pk
    submitted(world, "dai", new)
    old.refresh_from_db()
    issue = issue_of(old.pk, "work-summary")
    assert issue is not None
    assert (old.state, issue.replaced_by.about) == ("replaced", new.pk)
    assert closed(world, "dai", world.bureau) == {"report-returned": True}
    assert reports(an).count() == 2, "what came stays readable"
    assert Report.objects.filter(state="submitted").get().pk == new.pk
