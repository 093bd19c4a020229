"""大党委 in a browser: a meeting that took place is entered, its decision becomes a task, which a
unit does and a community closes; the minutes say so by themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
UNIT = "市发展委机关党委"
MOST_TAPS = {"worker": 19, "unit": 4}
"""What each does: form, take in, enter, decide, divide, note who came, draft, close; read and end
the task."""


def test_a_decision_of_a_committee_becomes_a_task_that_is_closed(walk: Walk, city: City) -> None:
    worker, unit = walk("desk"), walk("phone")
    worker.enter("anjing")
    worker.open("/committees/")
    worker.tap("成立委员会或联席会议")
    worker.choose("类别", "社区大党委")
    worker.fill("名称", "柳荫社区大党委")
    worker.tap("成立")
    worker.tap(worker.page.get_by_role("link", name="吸收成员"))
    worker.fill("单位、社区或街道", UNIT)
    worker.fill("职务", "兼职委员")
    worker.fill("任期自", f"{clock.today() - timedelta(days=30):%Y-%m-%d}")
    worker.tap(worker.page.locator("main button[type=submit].btn-primary"))
    assert worker.sees(UNIT)
    worker.tap("补录会议")
    worker.fill("日期", f"{clock.today() - timedelta(days=1):%Y-%m-%d}")
    worker.fill("时间", "15:00")
    worker.fill("地点", "二楼会议室")
    worker.fill("其他议题，每行一个", "小区东门交通拥堵")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    assert worker.sees("小区东门交通拥堵")
    worker.tap(worker.page.get_by_role("link", name="会议决定: 小区东门交通拥堵"))
    worker.fill("会议决定", "东门限时通行，由单位派人引导")
    worker.tap("保存")
    worker.tap(worker.page.get_by_role("link", name="分解任务: 小区东门交通拥堵"))
    assert worker.page.get_by_label("任务").input_value() == "东门限时通行，由单位派人引导"
    worker.fill("任务", "早晚高峰派人引导")
    worker.fill("责任单位", UNIT)
    worker.tap("新增")
    assert worker.sees("早晚高峰派人引导")
    worker.tap("起草纪要")
    worker.tap(worker.page.get_by_label(UNIT))
    worker.tap("记录到会")
    draft = worker.page.locator("textarea[name=words]").input_value()
    assert f"出席：{UNIT}" in draft
    assert f"任务：早晚高峰派人引导，由{UNIT}于" in draft
    worker.picture("community/committee-meeting")
    worker.tap(worker.page.get_by_role("link", name="小区东门交通拥堵", exact=True))
    problem = worker.page.url

    unit.enter("dengmin")
    unit.open("/committees/ours/")
    assert unit.sees("柳荫社区大党委")
    unit.open("/problems/ours/")
    unit.tap(unit.page.get_by_role("link", name="“早晚高峰派人引导”已完成"))
    unit.fill("完成情况", "两周来每天四人引导")
    unit.tap("完成")

    worker.page.goto(problem)
    worker.tap("已经解决")
    said = worker.page.get_by_label("做了什么，从哪里看出已经解决")
    assert said.input_value() == "两周来每天四人引导"
    worker.fill("做了什么，从哪里看出已经解决", "东门早晚高峰不再堵，现场查看两次")
    worker.tap("销号")
    assert worker.sees("已解决")
    worker.picture("community/task-closed")
    counts = {"worker": worker.taps, "unit": unit.taps}
    assert {who: taps for who, taps in counts.items() if taps > MOST_TAPS[who]} == {}
    assert worker.violations + unit.violations == []
