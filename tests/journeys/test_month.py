"""A month of service, walked by resident, worker, member, secretary and unit in one city.

The tests run in order: what one person does, the next one sees. On paper a worker writes twenty
names into a register and each member's card by hand; a member fills a claim form with eight
fields and a record sheet with seven.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
ASKED = "社区门口的长椅松动了，老人不敢坐"
REMEMBERED: dict[str, str] = {}
"""What somebody of this story holds in their hand: the resident's code."""


def test_a_resident_asks_for_help_without_an_account(walk: Walk, city: City) -> None:
    resident = walk("phone", script=False)
    resident.open(f"/ask/{city.residents_page_of('柳荫社区')}/")
    assert resident.sees("不用账号")
    resident.fill("需要帮什么忙？", ASKED)
    resident.tap("提交")
    found = re.search(r"/asked/([A-Z0-9-]+)/", resident.page.url)
    assert found is not None
    REMEMBERED["code"] = found.group(1)
    assert resident.sees(REMEMBERED["code"])
    resident.picture("resident/asked")
    assert (resident.taps, resident.fields) <= (1, 1)


def test_a_worker_makes_an_activity_of_the_need(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    worker.tap("需求")
    worker.fill("搜索", "长椅")
    worker.tap("查找")
    worker.tap("转为活动")
    day = clock.today() + timedelta(days=3)
    worker.fill("日期", f"{day:%Y-%m-%d}")
    worker.tap("保存")
    worker.tap("发布")
    assert worker.sees("社区门口的长椅松动了")
    assert worker.taps <= 5
    assert worker.fields <= 2


def test_the_resident_sees_that_somebody_comes(walk: Walk) -> None:
    resident = walk("phone")
    resident.open(f"/asked/{REMEMBERED['code']}/")
    assert resident.sees("社区门口的长椅松动了")
    assert not resident.sees("安静")


def test_a_member_claims_in_two_taps(walk: Walk) -> None:
    member = walk("phone")
    member.enter("qiumin")
    member.tap("找服务")
    member.tap(member.page.get_by_role("button", name=re.compile("^认领：社区门口的长椅")))
    assert member.sees("您已认领") or member.sees("已认领")
    assert (member.taps, member.fields) <= (2, 0)


def test_a_worker_approves_what_can_be_approved_in_two_taps(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    worker.tap(worker.page.locator("main a[href='/offers/claims/']").first)
    boxes = worker.page.locator("main input[name=ids]")
    ticked = worker.page.locator("main input[name=ids]:checked").count()
    assert 0 < ticked < boxes.count()
    assert worker.sees("个名额已满")
    worker.tap(worker.page.get_by_role("button", name=re.compile("^通过勾选的认领")))
    assert worker.sees(f"已通过 {ticked} 项认领")
    assert (worker.taps, worker.fields) == (2, 0)


def test_a_member_states_a_service_and_a_worker_confirms_all(walk: Walk) -> None:
    member = walk("phone")
    member.enter("qiumin")
    member.open("/me/services/")
    member.tap("填报服务")
    member.fill("服务时长", "1.5 小时")
    member.choose("服务类型", "便民服务")
    member.tap("提交社区")
    assert member.sees("便民服务")
    assert member.taps <= 2
    assert member.fields <= 2

    worker = walk("desk")
    worker.enter("anjing")
    worker.tap("核实")
    assert worker.sees("便民服务")
    worker.picture("community/statements")
    worker.tap(worker.page.get_by_role("button", name=re.compile("^核实勾选的填报")))
    assert worker.taps <= 2
    assert worker.fields == 0

    member.open("/me/services/")
    assert member.sees("本人填报")


def test_a_member_states_what_they_claimed_in_one_tap_from_the_claim(walk: Walk) -> None:
    member = walk("phone")
    member.enter("qiumin")
    assert member.sees("社区大扫除")
    member.tap(member.page.get_by_role("button", name=re.compile("^填报：2 小时，社区大扫除")))
    assert member.sees("社区大扫除")
    assert (member.taps, member.fields) == (1, 0)


def test_a_worker_records_twenty_people_in_six_taps(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    assert worker.sees("社区大扫除")
    worker.tap("登记到场")
    worker.picture("community/roll")
    boxes = worker.page.locator("main input[name=ids]")
    assert boxes.count() == 20
    worker.tap(boxes.nth(3))
    worker.tap(boxes.nth(7))
    questions: list[str] = []
    worker.page.once("dialog", lambda one: (questions.append(one.type), one.dismiss()))
    worker.page.locator("nav a").first.click(no_wait_after=True)
    worker.page.wait_for_timeout(200)
    assert questions == ["beforeunload"], "the list was left in silence"
    worker.tap("登记")
    assert worker.sees("18")
    worker.open("/records/?q=")
    assert worker.sees("社区大扫除")
    assert worker.taps <= 6
    assert worker.fields == 0
    worker.open("/records/statements/")
    assert not worker.sees("社区大扫除")


def test_a_secretary_signs_the_year_and_the_unit_opens_a_tick(walk: Walk) -> None:
    secretary = walk("desk")
    secretary.enter("linyue")
    secretary.tap("反馈")
    secretary.picture("community/feedback")
    secretary.tap(secretary.page.get_by_role("button", name=re.compile("^全部签发")))
    secretary.waits_for("张，单位和党员本人已收到通知")
    assert secretary.taps <= 2

    unit = walk("desk")
    unit.enter("daiwen")
    unit.open("/unit/feedback/?q=仇敏")
    unit.tap(unit.page.get_by_role("link", name="仇敏").first)
    assert unit.page.get_by_role("button", name="签收", exact=True).count() == 1, "not read yet"
    unit.picture("unit/feedback-card")
    unit.tap(unit.page.locator("main a[href*='/kinds/']").first)
    assert unit.page.locator("main tbody tr").count() >= 1
    assert unit.taps <= 2
    unit.open("/notices/")
    unit.tap(unit.page.get_by_role("link", name=re.compile("送来 .* 张社区表现反馈卡")).first)
    unit.tap(unit.page.get_by_role("button", name=re.compile("^全部签收")))
    assert unit.sees("张反馈卡，已全部签收")
    unit.open("/notices/")
    assert unit.page.get_by_role("row", name=re.compile(r"请查看并签收。\s*已办理")).count() >= 1
    assert unit.taps <= 4


def test_a_supervisor_sees_needs_without_help_first(walk: Walk) -> None:
    supervisor = walk("desk")
    supervisor.enter("fanli")
    assert supervisor.sees("件需求还没有人帮助")
    supervisor.tap("服务情况统计表")
    supervisor.picture("supervisor/service-table")
    assert supervisor.taps == 1
