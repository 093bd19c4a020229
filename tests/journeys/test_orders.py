"""三单制 in a browser: ordered, dispatched, taken on, recorded and rated by those who do it."""

import re
from collections.abc import Callable

import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
MOST_TAPS = {"resident": 4, "worker": 7, "member": 3}
"""What each does: order and rate; dispatch and record; find, take and read whom it is for."""


def test_an_order_goes_from_the_menu_to_the_word_of_who_ordered(walk: Walk, city: City) -> None:
    resident, worker, member = walk("phone"), walk("desk"), walk("phone")
    resident.open(f"/ask/{city.residents_page_of('柳荫社区')}/")
    resident.picture("resident/menu")
    resident.tap(resident.page.locator("main a.btn", has_text="代买药品"))
    resident.fill("在哪里？", "9号楼")
    resident.fill("还有什么要说明", "降压药，下午都在家")
    resident.fill("怎么称呼您？", "何大爷")
    resident.fill("您的电话", "19900000188")
    resident.tap(resident.page.get_by_label("我同意社区留存我的电话").first)
    resident.tap("点单")
    found = re.search(r"/asked/([A-Z0-9-]+)/", resident.page.url)
    assert found

    worker.enter("anjing")
    worker.open("/needs/orders/?stage=asked")
    row = worker.page.locator("main tr", has_text="降压药").last
    worker.tap(row.get_by_role("link", name="下单"))
    worker.tap("党员抢单")
    assert worker.sees("已下单")

    member.enter("qiumin")
    member.open("/find/")
    member.tap(member.page.get_by_role("button", name=re.compile("^认领：代买药品")).first)
    assert not member.sees("何大爷")
    member.open("/me/claims/")
    card = member.page.locator("section.card", has_text="代买药品")
    member.tap(card.get_by_role("link", name="联系本人").last)
    member.tap(member.page.locator("main button[type=submit]").first)
    assert member.sees("19900000188")

    resident.open(found.group())
    assert resident.sees("已有人接单")

    worker.open("/needs/orders/?stage=taken")
    taken = worker.page.locator("main tr", has_text="降压药").last
    assert "仇敏" in taken.inner_text()
    worker.picture("community/orders")
    worker.tap(taken.get_by_role("link", name="查看"))
    worker.tap("登记服务")
    worker.fill("日期", f"{clock.today():%Y-%m-%d}")
    worker.fill("服务时长（不含路途）", "30")
    worker.tap("登记")

    resident.open(found.group())
    resident.tap("满意")
    assert resident.sees("满意")
    counts = {"resident": resident.taps, "worker": worker.taps, "member": member.taps}
    assert {who: taps for who, taps in counts.items() if taps > MOST_TAPS[who]} == {}
    assert resident.violations + worker.violations + member.violations == []
