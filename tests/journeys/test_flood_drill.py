"""应急集结 in a browser: a flood drill calls five hundred, and answers are counted live."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

PEOPLE = 500
MOST_TAPS = {"worker": 3, "member": 1}
"""The worker prepares, looks and calls; the member answers."""


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
    worker.waits_for("已答复")


def test_a_flood_drill_calls_five_hundred_and_counts_the_answers_live(
    walk: Callable[..., Walker], city: City
) -> None:
    [(works, serves)] = city.done(("flood_crowd", "澄湖社区", "西岸区水务站党总支", PEOPLE))
    worker, member = walk("desk"), walk("phone")
    worker.sit(works)
    member.sit(serves)
    day = f"{clock.today() + timedelta(days=2):%Y-%m-%d}"
    _call(worker, day)
    member.open("/me/today/")
    assert member.sees("防汛演练")
    member.tap("能来")
    worker.waits_for("1 人")
    assert worker.taps <= MOST_TAPS["worker"]
    assert member.taps <= MOST_TAPS["member"]
