"""Neighbours who help each other, in a browser: an appointment with a shop, moved and rated by
residents without account; a talent who enters themselves and takes it back; a room of a place."""

import re
from collections.abc import Callable

import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]


def choose_hour(walker: Walker, number: int) -> None:
    """The first free hour of the day of this number, which is opened first."""
    day = walker.page.locator("details", has=walker.page.locator("[name=starts_at]")).nth(number)
    day.locator("summary").click()
    day.locator("label").first.click()


def test_a_resident_books_a_shop_moves_and_says_how_it_was(walk: Walk, city: City) -> None:
    resident, worker = walk("phone"), walk("desk")
    page = f"/ask/{city.residents_page_of('柳荫社区')}/"
    resident.open(page)
    resident.tap("预约邻居或商户的便民服务")
    resident.tap(resident.page.get_by_role("link", name="预约: 修小家电"))
    choose_hour(resident, 1)
    resident.fill("有什么要说明的", "电饭煲不通电")
    resident.tap(resident.page.get_by_role("button", name="预约"))
    assert resident.sees("已预约，等待确认")
    resident.is_whole()
    own = re.search(r"/appointment/[A-Z0-9-]+/", resident.page.url)
    assert own

    worker.enter("anjing")
    assert worker.sees("个预约待确认")
    worker.open("/appointments/?q=修小家电")
    worker.tap(worker.page.locator("main td a", has_text="修小家电").first)
    worker.tap("确认预约")
    worker.is_whole()
    resident.open(own.group())
    assert resident.sees("预约已确认")
    resident.tap("改期")
    choose_hour(resident, 2)
    resident.tap("改到这个时间")
    assert resident.sees("已改期，等待重新确认")
    resident.tap("取消预约")
    assert resident.sees("取消这次预约？")
    resident.tap("取消预约")
    assert resident.sees("预约已取消")

    worker.open("/appointments/?state=agreed")
    worker.tap(worker.page.locator("main td a", has_text="修小家电").first)
    worker.tap("已完成")
    [code] = re.findall(r"/appointment/[A-Z0-9-]+/", worker.page.content())[:1]
    resident.open(code)
    resident.tap(resident.page.get_by_role("button", name="满意", exact=True))
    assert resident.sees("您的评价：满意")
    worker.page.reload()
    assert worker.sees("满意")

    resident.open(page)
    resident.tap("我也能帮忙")
    resident.tap(resident.page.get_by_label("理发", exact=True))
    resident.fill("怎么称呼您？", "姚奶奶")
    resident.fill("您的电话", "19900000177")
    resident.tap("提交")
    assert resident.sees("请勾选同意")
    resident.tap(resident.page.get_by_label("我同意社区把我的姓名"))
    resident.tap("提交")
    assert resident.sees("社区已收到您的登记")
    worker.open("/talents/?state=offered&q=姚奶奶")
    worker.tap(worker.page.locator("main td a", has_text="姚奶奶"))
    worker.tap("核实入库")
    resident.tap("撤回同意并删除登记")
    assert resident.sees("撤回同意？")
    resident.tap("撤回同意并删除登记")
    assert resident.sees("您的登记已删除")
    worker.page.reload()
    assert not worker.sees("姚奶奶")
    assert resident.violations + worker.violations == []


def test_hours_are_earned_spent_for_a_mother_and_told_on_a_statement(
    walk: Walk, city: City
) -> None:
    worker, resident = walk("desk"), walk("phone")
    worker.enter("anjing")
    worker.open("/talents/?q=何巧云")
    worker.tap(worker.page.locator("main td a", has_text="何巧云"))
    [code] = re.findall(r"/talent/([A-Z0-9-]+)/", worker.page.content())[:1]
    number = worker.page.locator("dt", has_text="志愿服务编号").locator("+ dd").inner_text()
    worker.tap("记录一次服务")
    worker.fill("服务日期", f"{clock.today():%Y-%m-%d}")
    worker.fill("服务时长（不含路途）", "1小时")
    worker.page.get_by_label("服务类型").select_option(index=1)
    worker.fill("做了什么", "上门理发")
    worker.tap("登记")
    worker.open("/time-bank/find/")
    worker.fill("志愿服务编号", number)
    worker.tap("打开")
    worker.tap("代为申请服务")
    worker.fill("需要什么服务？", "陪同体检")
    worker.tap(worker.page.get_by_label("窗口代办"))
    worker.page.get_by_label("为谁申请？").select_option(index=1)
    worker.tap("提交申请")
    worker.is_whole()
    worker.tap("服务已完成")
    assert worker.sees("父母")
    resident.open(f"/talent/{code}/")
    resident.tap("时间银行账户")
    assert resident.sees("陪同体检")
    assert resident.sees("上门理发")
    assert not resident.sees("何家妈妈")
    resident.is_whole()


def test_a_room_is_booked_from_the_poster_confirmed_and_released(walk: Walk, city: City) -> None:
    resident, worker = walk("phone"), walk("desk")
    resident.open(f"/ask/{city.residents_page_of('柳荫社区')}/")
    resident.tap("附近的阵地和活动室")
    resident.tap(resident.page.get_by_role("link", name="查看详情: 柳荫社区党群服务站"))
    assert resident.sees("综合窗口")
    resident.is_whole()
    resident.tap(resident.page.get_by_role("link", name="预约: 议事厅"))
    choose_hour(resident, 1)
    resident.fill("用途", "楼栋议事")
    resident.tap(resident.page.get_by_role("button", name="预约"))
    assert resident.sees("已预约，等待确认")
    resident.is_whole()

    worker.enter("anjing")
    worker.open("/bookings/?q=议事厅")
    worker.tap(worker.page.locator("main td a", has_text="议事厅").first)
    worker.tap("确认预约")
    worker.is_whole()
    resident.page.reload()
    assert resident.sees("预约已确认")
    worker.open("/venues/")
    worker.tap("柳荫社区党群服务站")
    worker.is_whole()
    worker.tap(worker.page.get_by_role("link", name="不再提供: 议事厅"))
    worker.tap(worker.page.get_by_role("button", name="不再提供"))
    resident.page.reload()
    assert resident.sees("该活动室不再提供")
    assert resident.violations + worker.violations == []
