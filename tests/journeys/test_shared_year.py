"""共驻共建 in a browser: a unit and a community agree on a year from their lists, and see it go."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from baodao.kernel import clock
from tests.days import NEXT_YEAR
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
UNIT = "市发展委机关党委"
MOST_TAPS = {"unit": 17, "worker": 15}
"""What each does: offer, answer, take part, draft, sign; claim, propose, agree, plan, sign."""
"""They agree on the next year; of this one the demo has an agreement, in which counts what is done
now."""
CLAIMS = "main .task a[href='/resources/claims/']"
"""The button of a first page that leads to what waits for an answer."""
HALL, PROJECT = "一楼报告厅", "老楼加装电梯协商"


def test_a_unit_and_a_community_agree_on_a_year_and_see_it_go_on(walk: Walk, city: City) -> None:
    unit, worker = walk("desk"), walk("phone")
    unit.enter("dengmin")
    unit.open("/resources/")
    unit.tap("新增资源")
    unit.choose("资源类别", "场地")
    unit.fill("资源名称", HALL)
    unit.fill("使用条件", "提前三天约")
    unit.tap("存为草稿")
    unit.tap("发布")
    hall = unit.page.url

    worker.enter("anjing")
    worker.page.goto(hall)
    worker.tap("借用日历")
    assert worker.sees("本月都空闲")
    worker.tap(worker.page.locator(".page-actions").get_by_role("link", name="认领"))
    assert worker.sees("提前三天约"), "the conditions stand beside the question"
    worker.fill("日期", f"{clock.today() + timedelta(days=5):%Y-%m-%d}")
    worker.fill("开始时间", "09:00")
    worker.fill("结束时间", "11:00")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    assert worker.sees(f"待{UNIT}答复")
    worker.open("/resources/projects/")
    worker.tap("提出项目")
    worker.fill("项目名称", PROJECT)
    worker.choose("年度", str(NEXT_YEAR))
    worker.tap(worker.page.locator("main button[type=submit]").first)
    project = worker.page.url

    unit.open("/")
    unit.tap(unit.page.locator(CLAIMS))
    unit.tap(unit.page.locator(f".task:has-text('{HALL}')").get_by_role("button", name="同意"))
    unit.page.goto(project)
    unit.tap("参与")
    unit.tap(unit.page.locator("main button[type=submit]").first)
    worker.open("/")
    worker.tap(worker.page.locator(CLAIMS))
    worker.tap(
        worker.page.locator(f".task:has-text('{PROJECT}')").get_by_role("button", name="同意")
    )

    unit.open("/agreements/")
    unit.tap("起草协议书")
    unit.choose("年度", str(NEXT_YEAR))
    unit.tap(unit.page.locator("main button[type=submit]").first)
    agreement = unit.page.url
    worker.page.goto(agreement)
    worker.tap("全部同意")
    worker.tap(worker.page.locator("a[href$='/plan/12/']"))
    worker.fill("计划内容", "走访老党员")
    worker.tap("保存")
    worker.tap("签订")
    assert worker.sees(f"{PROJECT}")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    unit.open("/")
    unit.tap("阅读并签订")
    unit.tap("签订")
    assert unit.sees("走访老党员")
    unit.picture("unit/agreement-to-sign")
    unit.tap(unit.page.locator("main button[type=submit]").first)
    assert unit.sees("已签订")

    worker.page.goto(project)
    worker.tap("项目完成")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    for one in (unit, worker):
        one.open("/agreements/")
        mine = f"tbody tr:has(td:text-is('{NEXT_YEAR - 1}')):has-text('{UNIT}') a"
        one.open(one.page.locator(mine).first.get_attribute("href") or "")
        assert one.sees("全年要求不少于")
        if one is worker:
            one.page.get_by_role("heading", name="年度进展").scroll_into_view_if_needed()
            one.picture("community/agreement-progress")
        one.tap(one.page.locator("a[href$='/progress/projects/']"))
        assert one.sees(PROJECT)
    counts = {"unit": unit.taps, "worker": worker.taps}
    print(counts, unit.fields, worker.fields)
    assert {who: taps for who, taps in counts.items() if taps > MOST_TAPS[who]} == {}
    assert unit.violations + worker.violations == []
