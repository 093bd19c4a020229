"""民情档案 in a browser: a file is made, a measure done, a need made of it, shown to the household,
deleted when it asks; a register is filed and undone."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pypdf
import pytest

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.test_together import record, row_of
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]


def test_a_household_has_a_file_that_it_sees_and_that_ends(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    worker.open("/households/")
    assert worker.sees("鲁*")
    assert not worker.sees("鲁桂香")
    worker.tap("新建档案")
    worker.fill("户主", "尤兰英")
    worker.fill("联系电话", "19900000188")
    worker.fill("住址", "4号楼1单元201")
    worker.fill("困难情况", "独居，冬天取暖困难")
    worker.page.get_by_label("独居老人").check()
    worker.choose("帮扶等级", "重点帮扶")
    worker.choose("建档依据", "本户同意")
    worker.fill("同意情况或文件名称", "本人书面同意，告知书第1版")
    worker.fill("保存至", f"{clock.today() + timedelta(days=365):%Y-%m-%d}")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    assert worker.sees("尤**")
    assert not worker.sees("尤兰英")
    file = worker.page.url
    worker.tap("安排措施")
    worker.choose("措施类别", "房屋修缮和适老化改造")
    worker.fill("具体措施", "检修暖气")
    worker.fill("或其他责任人", "网格员 小周")
    worker.fill("时限", f"{clock.today() + timedelta(days=9):%Y-%m-%d}")
    worker.tap(worker.page.locator("main button[type=submit]").last)
    worker.tap("完成")
    worker.fill("完成情况", "暖气已修好")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    assert not worker.sees("检修暖气")

    worker.tap(worker.page.locator("main a[href$='/need/']").first)
    worker.fill("需要什么", "给独居老人送取暖器")
    worker.choose("需求类别", "扶贫济困")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    assert worker.sees("给独居老人送取暖器")

    worker.page.goto(file)
    assert worker.sees("给独居老人送取暖器")
    worker.tap("打开档案")
    worker.fill("用途", "上门走访前核对")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    assert worker.sees("4号楼1单元201")
    assert worker.sees("检修暖气")
    worker.page.goto(file)
    worker.tap("向本户出示")
    worker.fill("用途", "本户到窗口要求查阅")
    card = worker.download(worker.page.locator("main button[type=submit]").first)
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(card)).pages)
    assert "尤兰英" in re.sub(r"\s", "", words)
    assert "安静于" in re.sub(r"\s", "", words)
    worker.page.goto(file)
    assert worker.sees("本户到窗口要求查阅")
    worker.tap("销档")
    worker.fill("说明（不写姓名）", "本户要求销档")
    worker.tap("销毁档案")
    assert not worker.sees("尤**")
    assert worker.sees("已销档")
    _file_a_register(worker)
    assert worker.violations == []


def test_a_community_keeps_thirty_households_for_a_quarter(walk: Walk, city: City) -> None:
    [(first, last)] = city.done(("thirty_households", "安静", "仇敏"))
    worker, helper, unit = walk("desk"), walk("phone"), walk("desk")
    worker.enter("anjing")
    assert worker.sees("户家庭走访到期")
    worker.open("/households/?state=due")
    assert worker.sees("闵**")
    worker.open("/help-groups/")
    worker.tap("三十户帮扶小组")
    assert worker.sees("第10户")
    worker.is_whole()

    helper.enter("qiumin")
    helper.open("/me/help-groups/")
    helper.is_whole()
    helper.tap(helper.page.locator("main a.btn", has_text="我去帮了").first)
    house = helper.page.url
    helper.tap(helper.page.get_by_role("button", name="提交社区"))
    assert helper.sees("已提交，等社")
    helper.page.goto(house)
    assert not helper.sees("秀珍")
    helper.tap("联系本人")
    helper.tap(helper.page.locator("main button[type=submit]").first)
    assert helper.sees("秀珍")
    assert helper.sees("检修水电")
    assert not helper.sees("独居")

    worker.open(f"/households/?q={first}")
    worker.tap(worker.page.locator("main td a", has_text=first))
    file = worker.page.url
    worker.tap(worker.page.locator("main a[href$='/need/']").first)
    worker.fill("需要什么", "给独居老人送取暖器")
    worker.choose("需求类别", "扶贫济困")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    worker.tap("做成微心愿")
    worker.choose("困难类别", "孤寡老人")
    worker.tap("保存")
    worker.tap("发布")
    wish = worker.page.url
    unit.enter("daiwen")
    unit.open("/unit/services/")
    place = row_of(unit, "给独居老人送取暖器")
    unit.page.goto(place.get_by_role("link", name="选择参加的人").first.evaluate("one => one.href"))
    unit.page.locator("main input[name=ids]").nth(6).check()
    unit.tap(unit.page.get_by_role("button", name=re.compile("^为所选的人认领")))
    worker.page.goto(wish)
    record(worker, "40")
    worker.page.goto(file)
    worker.tap("找人结对")
    worker.fill("公开的结对名称", "陪伴独居老人")
    worker.choose("困难类别", "孤寡老人")
    worker.tap(worker.page.locator("main button[type=submit]").first)
    worker.page.goto(file)
    assert worker.sees("结对")
    assert worker.sees("三十户帮扶小组")
    worker.tap("向本户出示")
    worker.fill("用途", "本户到窗口要求查阅")
    card = worker.download(worker.page.locator("main button[type=submit]").first)
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(card)).pages)
    assert "给独居老人送取暖器" in re.sub(r"\s", "", words)

    city.done(("night_of_deletion",))
    worker.open(f"/households/?state=deleted&q={last}")
    assert worker.sees("已销档")
    assert worker.violations + helper.violations + unit.violations == []


def _file_a_register(worker: Walker) -> None:
    worker.open("/households/")
    worker.tap("导入台账")
    table = {"name": "台账.xlsx", "mimeType": "application/octet-stream", "buffer": _register()}
    worker.page.set_input_files("#id_file", table)  # type: ignore[arg-type]
    worker.tap("上传并检查")
    assert worker.sees("可建档 2 户")
    assert worker.sees("读不出出生年份")
    worker.is_whole()
    worker.choose("建档依据", "法定职责")
    worker.fill("同意情况或文件名称", "民政救助台账")
    worker.fill("保存至", f"{clock.today() + timedelta(days=365):%Y-%m-%d}")
    worker.choose("表中没写帮扶等级的，一律记为", "经常联系")
    worker.tap(worker.page.get_by_role("button", name="建档", exact=True))
    assert worker.sees("已建档 2 户")
    worker.open("/households/")
    assert worker.sees("柏**")
    assert not worker.sees("柏秀兰")
    worker.open("/households/import/")
    worker.tap(worker.page.get_by_role("link", name="打开 台账.xlsx"))
    worker.tap("撤销这张表")
    worker.fill("理由", "传错了表")
    worker.tap("整表撤销")
    assert worker.sees("这份台账建的档案已销档")


def _register() -> bytes:
    """Two households, the first of two people in merged cells, and one with a fault."""
    workbook = openpyxl.Workbook()
    rows = (
        ("户主", "姓名", "与户主关系", "出生年份", "家庭住址", "困难类别"),
        ("柏秀兰", "柏秀兰", "户主", 1950, "6号楼101", "低保"),
        ("", "柏建华", "子", 1975, "", ""),
        ("水大有", "水大有", "户主", 1948, "6号楼202", "独居老人"),
        ("窦长顺", "窦长顺", "户主", "八十多岁", "6号楼303", "大病"),
    )
    for row in rows:
        workbook.active.append(row)
    workbook.active.merge_cells("A2:A3")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
