"""Reports on their pages: from the list to the number with no figure typed, and a round at once."""

import re
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest

from baodao.kernel import clock
from baodao.kernel.spans import PeriodSpan, due_period
from baodao.orgs.models import Organisation
from baodao.reports.commands.drafts import write_parts
from baodao.reports.models import Report
from baodao.reports.queries.figures import part_texts
from baodao.sentences.rules.sentences import ReportPart
from tests.ledger import steps as served
from tests.registration.browsing import browser, seen_in, text
from tests.reports.steps import drawn, partnered, receipt, sent, submitted
from tests.world import World

STEPS = ReportPart.STEPS


@pytest.mark.parametrize(
    ("page", "readers"),
    [
        ("/reports/", {"deng", "dai", "an", "ji", "bao", "fan"}),
        ("/reports/received/", {"deng", "dai", "an", "ji", "bao", "fan"}),
    ],
)
def test_a_page_opens_for_its_people_and_for_nobody_else(
    world: World, page: str, readers: set[str]
) -> None:
    for who in ("deng", "dai", "qin", "an", "ji", "bao", "fan", "chen", "gu", "su"):
        expected = 200 if who in readers else 404
        assert browser(world, who).get(page, follow=True).status_code == expected, who


def test_an_authority_that_writes_no_report_is_led_to_those_that_came(world: World) -> None:
    assert browser(world, "fan").get("/reports/")["Location"] == "/reports/received/"


def test_a_clerk_submits_the_half_years_report_in_three_taps_without_a_figure(world: World) -> None:
    partnered(world)
    dai = browser(world, "dai")
    page = text(dai.get("/reports/"))
    assert "工作总结" in page
    body = {
        "client_id": uuid4(),
        "kind": "summary",
        "period": due_period(PeriodSpan.HALF, clock.today()).text,
    }
    draft = dai.post("/reports/draft/", body)
    report = Report.objects.get()
    assert draft["Location"] == f"/reports/{report.pk}/"
    page = text(dai.get(draft["Location"]))
    links = re.findall(r'href="(/tables/[^"]+)"', page)
    assert links, "figures open to their rows"
    for link in links:
        assert dai.get(link.replace("&amp;", "&")).status_code == 200, link
    assert re.search(r'href="/tables/registration/[^"]+">党支部数&nbsp;[1-9]', page), (
        "a count opens too"
    )
    address = f"/reports/{report.pk}/submit/"
    asked = text(dai.get(address))
    assert 'value="邓敏"' in asked, "the secretary is known"
    body = {"client_id": uuid4(), "signer": "邓敏", "seen": seen_in(asked)}
    before = {STEPS: part_texts(report)[STEPS]}
    words = {STEPS: "逐人联系。"}
    write_parts(world.actor("deng"), report_id=report.pk, words=words, before=before)
    refused = text(dai.post(address, body))
    assert "打开后文本有改动，请重新阅读后再签署。" in refused
    assert "逐人联系。" in refused, "what it says now is there to be read"
    assert "已报送" not in text(dai.get(f"/reports/{report.pk}/"))
    dai.post(address, body | {"client_id": uuid4(), "seen": seen_in(refused)})
    assert "已报送" in text(dai.get(f"/reports/{report.pk}/"))
    assert 'name="seen"' not in text(dai.get(address)), "what is submitted is not asked about again"
    for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = dai.get(f"/reports/{report.pk}/paper.{ending}")
        assert b"".join(file).startswith(begins)


def test_a_reader_is_offered_no_number_that_does_not_open(world: World) -> None:
    partnered(world)
    done = {"served_on": clock.today(), "result": "清运楼道杂物两车"}
    served.record(world, served.hosted(world), **done)
    page = f"/reports/{submitted(world, 'dai', drawn(world, so_far=True)).pk}/"
    for who, opens in (("dai", True), ("an", False)):
        reader = browser(world, who)
        shown = unescape(reader.get(page).content.decode())
        links = set(re.findall(r'href="(/(?:tables|records)/[^"]+)"', shown))
        assert "在职党员" in shown
        assert any("/tables/" in link for link in links) is opens
        assert any("/records/" in link for link in links)
        for link in links:
            assert reader.get(link).status_code == 200, link


def test_a_part_is_saved_on_leaving_it_and_anothers_words_stay(world: World) -> None:
    report = drawn(world)
    dai, deng = browser(world, "dai"), browser(world, "deng")
    shown = re.search(
        r'name="before-steps" value="([^"]*)"', dai.get(f"/reports/{report.pk}/").content.decode()
    )
    assert shown
    address = f"/reports/{report.pk}/parts/steps/"
    saved = dai.post(address, {"words-steps": "逐人联系。", "before-steps": shown[1]})
    assert (saved.status_code, "已保存" in text(saved)) == (200, True)
    refused = deng.post(address, {"words-steps": "另写。", "before-steps": shown[1]})
    assert (refused.status_code, "没有保存" in text(refused)) == (422, True)
    assert browser(world, "an").post(address, {"words-steps": "x"}).status_code == 404
    whole = {
        "client_id": uuid4(),
        "words-steps": "逐人联系，月底办结。",
        "before-steps": "逐人联系。",
    }
    assert deng.post(f"/reports/{report.pk}/", whole).status_code == 302
    assert "逐人联系，月底办结。" in text(dai.get(f"/reports/{report.pk}/"))


def test_an_authority_finds_what_waits_and_is_overdue_on_its_first_page(world: World) -> None:
    partnered(world)
    fan = browser(world, "fan")
    assert "工作报告待签收" not in text(fan.get("/overview/"))
    sent(world)
    page = text(fan.get("/overview/"))
    assert "1 份工作报告待签收" in page
    assert 'href="/reports/received/"' in page
    with clock.at(datetime(2027, 8, 25, 12, tzinfo=clock.ZONE)):
        later = browser(world, "fan")
        assert "1 个单位逾期未报：区城建局机关党委" in text(later.get("/overview/"))
        assert "工作报告待签收" not in text(later.get("/overview/990102001000/"))
        today = text(browser(world, "an").get("/today/"))
    assert "份工作报告逾期未报" in today


def test_a_round_is_acknowledged_at_once_or_returned_with_remarks(world: World) -> None:
    Organisation.objects.update(opened_at=clock.now() - timedelta(days=400))
    partnered(world)
    report = sent(world)
    an, fan = browser(world, "an"), browser(world, "fan")
    page = text(an.get("/reports/received/"))
    assert "应报 1 份，已报 1 份" in page
    assert "工作报告待签收" in text(an.get("/today/"))
    ids = [str(receipt(report, "柳荫社区").pk)]
    an.post("/reports/received/acknowledge/", {"client_id": uuid4(), "ids": ids})
    assert receipt(report, "柳荫社区").acknowledged_by == "安静"
    came = receipt(report, "东岸区").pk
    address = f"/reports/received/{came}/return/"
    assert an.get(address).status_code == 404
    led = fan.post(address, {"client_id": uuid4(), "reason": "请补充"})["Location"]
    assert f"kind={report.kind}&period={report.period_text}" in led, "to the round of the report"
    page = text(browser(world, "dai").get(f"/reports/{report.pk}/"))
    assert "请补充" in page
    assert re.search(r"东岸区</dt>\s*<dd>[^<]*日退回</dd>", page)
    page = text(fan.get("/reports/received/"))
    assert ("已报 0 份" in page, "请补充" in page, "前报送" in page) == (True, True, True)
    with clock.at(clock.now() + timedelta(days=200)):
        late = browser(world, "fan")
        query = {"kind": report.kind, "period": report.period_text}
        page = text(late.get("/reports/received/", query))
        assert ("1 份逾期未报" in page, "请补充" in page) == (True, True)
