"""应急集结 in a browser: a flood drill calls five hundred, from the call to the stand-down."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

PEOPLE, ABLE, PLACES = 500, 300, 100
MOST_TAPS = {"worker": 14, "member": 1}
"""The worker calls, fills a shift, keeps the supplies, ticks two who came without checking in,
records the list and stands down; the member answers."""


def _line(worker: Walker, side: str, amount: str, party: str) -> None:
    worker.choose("收入或发出", side)
    for label, words in (
        ("物资名称", "沙袋"), ("数量", amount), ("单位", "只"), ("来源或去向", party),
    ):  # fmt: skip
        worker.fill(label, words)
    worker.tap("登记")


def _call(worker: Walker, day: str) -> None:
    """Prepared in a few words, and sent to everybody after a look at how many they are."""
    worker.open("/callups/")
    worker.tap("准备集结")
    for label, words in (
        ("事项", "防汛演练"), ("理由", "上游暴雨"), ("服务内容", "装沙袋、巡堤"),
        ("集合地点", "社区广场"), ("从哪天起", day), ("从几点起", "08:00"),
    ):  # fmt: skip
        worker.fill(label, words)
    worker.tap("查看集结对象")
    worker.tap(f"集结 {PEOPLE} 人")
    worker.waits_for("进行中")


def _fill_a_shift(worker: Walker, day: str) -> None:
    worker.tap("设置岗位")
    for label, words in (
        ("岗位名称", "装沙袋一班"), ("日期", day), ("开始时间", "09:00"), ("结束时间", "11:00"),
        ("需要人数", str(PLACES)),
    ):  # fmt: skip
        worker.fill(label, words)
    worker.tap(worker.page.locator("main form button[type=submit]").last)
    worker.tap(f"安排最合适的 {PLACES} 人")
    assert worker.sees(f"已安排 {PLACES} 人")


def test_a_flood_drill_calls_five_hundred(walk: Callable[..., Walker], city: City) -> None:
    [(works, serves)] = city.done(("flood_crowd", "澄湖社区", "西岸区水务站党总支", PEOPLE))
    worker, member = walk("desk"), walk("phone")
    worker.sit(works)
    member.sit(serves)
    day = f"{clock.today() + timedelta(days=2):%Y-%m-%d}"
    _call(worker, day)
    page = urlsplit(worker.page.url).path
    call = page.strip("/").rpartition("/")[2]
    city.done(("require_check_in", "澄湖社区"))
    member.open("/me/today/")
    assert member.sees("防汛演练")
    member.picture("member/call-up")
    member.tap("能来")
    member.open(f"/me{page}")
    assert member.sees("本次应急必须签到")
    city.done(("most_answer", call, ABLE))
    worker.waits_for(f"{ABLE + 1} 人")
    _fill_a_shift(worker, day)
    member.open("/notices/")
    assert member.sees("装沙袋一班")

    worker.open(page)
    worker.tap("物资")
    _line(worker, "收入", "200", "街道仓库")
    _line(worker, "发出", "160", "东堤")
    assert worker.sees("结存 40")

    [offer] = city.done(("shift_over", call, "巡堤员甲"))
    worker.open(f"/offers/{offer}/roll/")
    boxes = worker.page.locator("main input[name=ids]")
    ticked = worker.page.locator("main input[name=ids]:checked")
    assert (boxes.count(), ticked.count()) == (PLACES, 1), "who checked in, and nobody else"
    for box in worker.page.locator("main input[name=ids]:not(:checked)").all()[:2]:
        worker.tap(box)
    worker.tap("登记")
    worker.open(page)
    assert worker.sees("3 人")
    worker.picture("community/call-up")
    worker.tap("解除集结")
    worker.fill("理由", "演练结束")
    worker.tap(worker.page.locator("main form button[type=submit]").last)
    assert worker.sees("演练结束")
    worker.open("/records/")
    assert worker.sees("装沙袋一班")
    assert worker.taps <= MOST_TAPS["worker"]
    assert member.taps <= MOST_TAPS["member"]
