"""One worker's month with all five kinds, in a browser: a unit and a team take part, a resident
orders, confirms and rates, and a leader checks twenty people in with the network off.

On paper this is a register of wishes, a book of orders, a file of each household, a list of twenty
names and a table of hours, and each of them is added up at the end of the month.
"""

import re
from collections.abc import Callable

import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.test_offline_list import check_in
from tests.journeys.test_together import code_on, record, row_of, take_down
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
WISH, ORDER, PAIRING = "想要一个带灯的拐杖", "血压计不准，想请人看看", "陪伴失能老人"
POST, ACTIVITY = "图书角整理岗", "小广场清扫"
MOST_TAPS = {"worker": 23, "unit": 2, "leader": 7, "resident": 4}
"""The worker taps for five kinds; the twenty at the activity are a tap each besides."""


def test_a_month_of_all_five_kinds_ends_in_its_records(walk: Walk, city: City) -> None:
    worker, unit, resident = walk("desk"), walk("desk"), walk("phone", script=False)
    leader = walk("phone")
    resident.open(f"/ask/{city.residents_page_of('柳荫社区')}/")
    resident.tap(resident.page.locator("main a.btn", has_text="家电小修"))
    resident.fill("还有什么要说明", ORDER)
    resident.fill("怎么称呼您？", "施大妈")
    resident.tap("点单")
    asked = re.search(r"/asked/([A-Z0-9-]+)/", resident.page.url)
    assert asked

    worker.enter("anjing")
    wish, code = _published_wish(worker)
    _open_pairing(worker)
    post = _published_post(worker)
    worker.open("/needs/orders/?stage=asked")
    worker.tap(row_of(worker, ORDER).get_by_role("link", name="下单"))
    worker.tap(worker.page.get_by_label("市发展委机关党委"))
    worker.tap("向勾选的单位吹哨")

    unit.enter("daiwen")
    for page, link, of in (("services", "选择参加的人", WISH), ("whistles", "派人报到", "")):
        unit.open(f"/unit/{page}/")
        if page == "whistles":
            unit.picture("unit/whistles")
        place = row_of(unit, of) if of else unit.page.locator("main")
        unit.page.goto(place.get_by_role("link", name=link).first.evaluate("one => one.href"))
        unit.page.locator("main input[name=ids]").nth(6 if of else 8).check()
        unit.tap(unit.page.get_by_role("button", name=re.compile("^为所选的人认领")))
    leader.enter("qiumin")
    leader.open("/team/services/")
    card = leader.page.locator("section.card", has_text=POST).last
    leader.tap(card.get_by_role("link", name=re.compile("^选择参加的人")))
    for place in (0, 1):
        leader.tap(leader.page.locator("main input[name=ids]").nth(place))
    assert "(2)" in leader.page.locator("[data-count-of]").inner_text()
    leader.tap(leader.page.get_by_role("button", name=re.compile("^为所选的人认领")))
    leader.open("/find/")
    leader.tap(leader.page.get_by_role("button", name=re.compile(f"^认领：{PAIRING}")).first)
    worker.open("/offers/claims/")
    worker.tap(worker.page.locator("button[form=decide][value=approve]"))

    leader.open("/me/claims/")
    card = leader.page.locator("section.card", has_text=PAIRING)
    leader.tap(card.get_by_role("link", name="走访与帮扶对象"))
    leader.fill("服务时长（不含路途）", "50")
    leader.fill("服务内容", "量血压，聊天")
    leader.tap("提交社区")
    worker.open("/records/statements/")
    worker.tap(worker.page.get_by_role("button", name=re.compile("^核实勾选的填报")))
    worker.open("/needs/orders/?stage=taken")
    worker.tap(row_of(worker, ORDER).get_by_role("link", name="查看"))
    record(worker, "30")
    worker.page.goto(wish)
    record(worker, "40")
    worker.page.goto(post)
    worker.tap("登记服务")
    worker.fill("日期", f"{clock.today():%Y-%m-%d}")
    worker.fill("服务时长（不含路途）", "40")
    for box in worker.page.locator("main input[name=ids]").all():
        worker.tap(box)
    worker.tap("登记")
    for where in (asked.group(), f"/asked/{code}/"):
        resident.open(where)
        resident.tap("满意")
        assert resident.sees("您的评价：满意")

    [activity] = city.done(("activity_of_twenty", ACTIVITY, 2))
    spot = walk("phone")
    spot.enter("anjing")
    spot.open(f"/along/#{activity}")
    spot.page.locator("#lists[data-ready]").wait_for()
    spot.page.context.set_offline(True)
    check_in(spot.page, 20)
    assert spot.sees("有 20 条登记未交回")
    spot.picture("community/offline-list")
    spot.page.context.set_offline(False)
    spot.waits_for("没有未交回的登记")
    spot.open(f"/offers/{activity}/roll/")
    spot.tap("登记")
    assert spot.sees("已登记 20 人的服务")
    worker.open("/records/")
    titles = (WISH, "家电小修", PAIRING, POST, ACTIVITY)
    assert [title for title in titles if not worker.sees(title)] == []
    walkers = {"worker": worker, "unit": unit, "leader": leader, "resident": resident}
    counts = {name: one.taps for name, one in walkers.items()}
    assert {who: taps for who, taps in counts.items() if taps > MOST_TAPS[who]} == {}, counts


def _published_wish(worker: Walker) -> tuple[str, str]:
    """Taken down at a visit and published; its address, and the code that who wished is given."""
    worker.open("/needs/new/")
    worker.fill("需要什么", WISH)
    worker.choose("需求类别", "扶贫济困")
    take_down(worker, "走访", "葛爷爷", "19900000144")
    worker.tap("保存")
    code = code_on(worker)
    worker.tap("做成微心愿")
    worker.choose("困难类别", "孤寡老人")
    worker.tap("保存")
    worker.tap("发布")
    return worker.page.url, code


def _open_pairing(worker: Walker) -> None:
    worker.open("/offers/pairings/new/")
    worker.fill("公开的结对名称", PAIRING)
    worker.choose("困难类别", "孤寡老人")
    worker.fill("帮扶对象", "傅奶奶")
    worker.fill("联系电话", "19900000133")
    worker.fill("住址", "2号楼3单元102")
    worker.fill("困难情况", "行动不便")
    worker.tap("发布")


def _published_post(worker: Walker) -> str:
    worker.open("/offers/new/post/")
    for label, text in (("名称", POST), ("需要人数", "2")):
        worker.fill(label, text)
    worker.choose("服务类型", "便民服务")
    worker.tap("存为草稿")
    worker.tap("发布")
    return worker.page.url
