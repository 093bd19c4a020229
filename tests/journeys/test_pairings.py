"""结对帮扶 in a browser: opened, taken on, visited, left with the community's word, handed over."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
MOST_TAPS = {"worker": 8, "member": 7}
"""What each does: open, approve, let go and ask another; claim, read, visit and ask to leave."""


def test_a_household_is_paired_visited_and_handed_over(walk: Walk, city: City) -> None:
    worker, member = walk("desk"), walk("phone")
    worker.enter("anjing")
    worker.open("/offers/pairings/")
    worker.tap("发起结对")
    worker.fill("公开的结对名称", "陪伴高龄老人")
    worker.choose("困难类别", "孤寡老人")
    worker.fill("帮扶对象", "郑奶奶")
    worker.fill("联系电话", "19900000177")
    worker.fill("住址", "8号楼2单元401")
    worker.fill("困难情况", "高龄独居，眼睛不好")
    worker.tap("发布")
    assert worker.sees("陪伴高龄老人")
    pairing = re.search(r"/offers/pairings/[0-9a-f-]+/", worker.page.url)
    assert pairing

    member.enter("qiumin")
    member.open("/find/")
    member.tap(member.page.get_by_role("button", name=re.compile("^认领：陪伴高龄老人")).first)
    assert not member.sees("郑奶奶")
    member.open("/me/claims/")
    card = member.page.locator("section.card", has_text="陪伴高龄老人")
    assert card.get_by_role("link", name="走访与帮扶对象").count() == 0

    worker.open("/offers/claims/")
    assert worker.sees("陪伴高龄老人")
    worker.tap(worker.page.locator("button[form=decide][value=approve]"))

    member.open("/me/claims/")
    member.tap(card.get_by_role("link", name="走访与帮扶对象"))
    visits = member.page.url
    member.tap("联系本人")
    member.tap(member.page.locator("main button[type=submit]").first)
    assert member.sees("郑奶奶")
    assert member.sees("8号楼2单元401")
    member.page.goto(visits)
    member.fill("服务时长（不含路途）", "60")
    member.fill("服务内容", "读报，代买菜")
    member.tap("提交社区")
    assert member.sees("读报，代买菜")
    member.open("/me/claims/")
    member.tap(card.get_by_role("link", name=re.compile("^申请退出")).first)
    member.fill("理由", "调到外地工作")
    member.tap(member.page.locator("main button[type=submit]").first)

    worker.open(pairing.group())
    assert worker.sees("申请解除结对")
    worker.tap("审批解除申请")
    worker.tap(worker.page.locator("button[form=decide][value=approve]"))
    member.page.goto(visits)
    assert not member.sees("郑奶奶")
    worker.open(pairing.group())
    assert worker.sees("读报，代买菜")
    worker.tap("找人结对")
    worker.tap(worker.page.locator("main input[name=ids]").first)
    worker.tap("指派给勾选的党员")
    worker.open(pairing.group())
    assert worker.sees("待本人确认")
    counts = {"worker": worker.taps, "member": member.taps}
    assert {who: taps for who, taps in counts.items() if taps > MOST_TAPS[who]} == {}
    assert worker.violations + member.violations == []
