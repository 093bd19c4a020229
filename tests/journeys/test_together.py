"""A month in which others take part, in a browser: a wish that a unit makes come true and whoever
wished confirms, an order of the grid for which a unit is whistled, an activity of a team.

On paper a wish is a form of nine fields and a signature for its receipt; a whistle is a letter and
its answer; a team is rung up one by one.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
WISH, BROKEN = "想要一台放大镜读报", "洗衣机不脱水"
TAPS_OF_A_WISH = {"worker": 8, "unit": 4, "resident": 1}
"""Take down, make a wish, publish and record; find, tick and claim; say how it was."""
TAPS_OF_A_WHISTLE = {"worker": 10, "unit": 3, "resident": 1}
"""Take down in the grid, whistle and record; answer with who comes; say how it was."""
TAPS_OF_A_TEAM = 7
"""Take who asks into the team; find, choose, tick two and claim; have it on the phone."""


def row_of(walker: Walker, words: str) -> Locator:
    return walker.page.locator("main tr", has_text=words).last


def code_on(walker: Walker) -> str:
    """The code of the need whose page is open, as whoever asked is given it."""
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", walker.page.inner_text("main"))
    assert found
    return found.group()


def take_down(worker: Walker, source: str, asker: str, phone: str) -> None:
    """Who asks, by which way it came, and that the telephone may be kept."""
    worker.tap(worker.page.get_by_label(source, exact=True))
    worker.fill("需求人", asker)
    worker.fill("需求人电话", phone)
    worker.tap(worker.page.locator("main input[name=consent]"))


def record(worker: Walker, minutes: str) -> None:
    """What was done today, by whoever has a place in what is open."""
    worker.tap("登记服务")
    worker.fill("日期", f"{clock.today():%Y-%m-%d}")
    worker.fill("服务时长（不含路途）", minutes)
    worker.tap("登记")


def too_many(most: dict[str, int], **walkers: Walker) -> dict[str, int]:
    """Who tapped more often than `most` says."""
    return {name: one.taps for name, one in walkers.items() if one.taps > most[name]}


def test_a_unit_makes_a_wish_come_true_and_whoever_wished_confirms_it(
    walk: Walk, city: City
) -> None:
    worker, unit, resident = walk("desk"), walk("desk"), walk("phone", script=False)
    worker.enter("anjing")
    worker.open("/needs/new/")
    worker.fill("需要什么", WISH)
    worker.choose("需求类别", "扶贫济困")
    take_down(worker, "走访", "贺奶奶", "19900000166")
    worker.tap("保存")
    need, code = worker.page.url, code_on(worker)
    worker.tap("做成微心愿")
    worker.choose("困难类别", "孤寡老人")
    worker.tap("保存")
    worker.tap("发布")
    wish = worker.page.url

    unit.enter("daiwen")
    unit.open("/unit/services/")
    unit.tap(row_of(unit, WISH).get_by_role("link", name="选择参加的人"))
    assert not unit.sees("贺奶奶"), "read before it was taken on"
    unit.tap(unit.page.locator("main input[name=ids]").nth(2))
    unit.tap(unit.page.get_by_role("button", name=re.compile("^为所选的人认领")))
    assert unit.sees(WISH)

    resident.open(f"/asked/{code}/")
    assert resident.sees(WISH)
    worker.page.goto(wish)
    record(worker, "40")
    resident.open(f"/asked/{code}/")
    resident.tap("满意")
    assert resident.sees("您的评价：满意")
    worker.open(need)
    assert re.search(r"居民评价\s+满意", worker.page.inner_text("main"))
    assert too_many(TAPS_OF_A_WISH, worker=worker, unit=unit, resident=resident) == {}


def test_a_unit_answers_the_whistle_for_an_order_of_the_grid(walk: Walk, city: City) -> None:
    worker, unit, resident = walk("desk"), walk("desk"), walk("phone", script=False)
    worker.enter("anjing")
    worker.open("/needs/menu/")
    item = worker.page.locator("main .task", has_text="家电小修")
    worker.tap(item.get_by_role("link", name=re.compile("代为点单")))
    worker.fill("还有什么要说明？什么时间方便？", BROKEN)
    take_down(worker, "网格上报", "吕大伯", "19900000155")
    worker.tap("保存")
    code = code_on(worker)
    worker.tap("下单")
    worker.tap(worker.page.get_by_label("市发展委机关党委"))
    worker.tap("向勾选的单位吹哨")
    assert worker.sees("已下单")

    unit.enter("daiwen")
    unit.open("/unit/whistles/")
    unit.tap(unit.page.get_by_role("link", name="派人报到").first)
    unit.tap(unit.page.locator("main input[name=ids]").nth(4))
    unit.tap(unit.page.get_by_role("button", name=re.compile("^为所选的人认领")))
    worker.open("/needs/whistles/")
    assert worker.sees("已派人报到")
    worker.open("/needs/orders/?stage=taken")
    worker.tap(row_of(worker, BROKEN).get_by_role("link", name="查看"))
    record(worker, "60")
    resident.open(f"/asked/{code}/")
    resident.tap("满意")
    worker.open("/needs/orders/?stage=rated")
    assert "市发展委" in row_of(worker, BROKEN).inner_text()
    assert too_many(TAPS_OF_A_WHISTLE, worker=worker, unit=unit, resident=resident) == {}


def test_a_leader_takes_somebody_in_claims_for_the_team_and_its_calendar_has_it(
    walk: Walk, city: City
) -> None:
    leader = walk("phone")
    leader.enter("qiumin")
    leader.open("/me/team/")
    leader.tap("同意加入")
    leader.tap("服务队可认领")
    card = leader.page.locator("section.card", has_text="党员固定服务日").last
    day = re.search(r"(\d{4})年(\d+)月", card.inner_text())
    assert day
    leader.tap(card.get_by_role("link", name=re.compile("^选择参加的人")))
    for place in (0, 1):
        leader.tap(leader.page.locator("main input[name=ids]").nth(place))
    leader.tap(leader.page.get_by_role("button", name=re.compile("^为所选的人认领")))
    leader.open("/me/team/")
    team = leader.page.get_by_role("link", name="队员和服务").get_attribute("href")
    leader.open(f"{team}calendar/?month={day[1]}-{int(day[2]):02}")
    assert leader.sees("党员固定服务日")
    leader.tap("生成日历地址")
    address = leader.page.get_by_label("日历地址").input_value()
    feed = leader.page.request.get(f"{city.address}/c/{address.rsplit('/', 1)[1]}")
    assert "党员固定服务日" in feed.text()
    assert leader.taps <= TAPS_OF_A_TEAM
