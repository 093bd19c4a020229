"""The page of health: what needs attention stands first."""

import re
from datetime import time, timedelta

import pytest

from baodao.kernel import checks, clock
from baodao.kernel.jobs import DailyWork, LastRun
from tests.registration.browsing import browser, text
from tests.world import World


def test_what_needs_attention_stands_before_what_is_in_order(world: World) -> None:
    page = text(browser(world, "sun").get("/health/"))
    marks = re.findall(r'data-label="状态">(✓|!|✗)', page)
    assert set(marks) > {"✓"}
    assert re.search(r"本机时间 \d{4}年\d+月\d+日 \d+:\d\d", page)
    troubles = [mark for mark in marks if mark != "✓"]
    assert marks[: len(troubles)] == troubles


@pytest.mark.parametrize(
    ("overdue", "fact", "shown"),
    [(0, "20 项，均未逾期；最近一次", False), (2, "20 项中 2 项已逾期", True)],
)
def test_the_work_of_every_day_is_one_sentence_and_opens_to_its_parts(
    world: World, monkeypatch: pytest.MonkeyPatch, overdue: int, fact: str, *, shown: bool
) -> None:
    work = [DailyWork(f"work.{n}", time(3), "Service records are sealed", None) for n in range(20)]
    runs = [LastRun(one, clock.now() - timedelta(hours=2), False) for one in work]
    late = [LastRun(one, None, True) for one in work[:overdue]]
    monkeypatch.setattr(checks, "last_runs", lambda: [*runs[overdue:], *late])
    page = text(browser(world, "sun").get("/health/"))
    assert f'data-label="结果">{fact}' in page
    parts = page[page.index("每日例行工作：逐项") :]
    assert ("<details open>" in page) is shown
    names = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", parts)
    assert len(names) == 20
    assert [seen.endswith("（已逾期）") for _, seen in names] == [n < overdue for n in range(20)]
