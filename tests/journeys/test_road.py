"""The road from the roster to the table, walked by everybody in turn in one city.

The tests of this module are one day and run in order: what one person does, the next one sees.
Limits on taps and typed fields stand beside the paper way: a clerk fills a letter by hand with
thirteen fields, a member carries it to the community and the receipt back, a worker writes each
name into a register and each receipt by hand.
"""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from baodao.ui.listing import PAGE_SIZE
from tests.journeys.city import City
from tests.journeys.walker import Walker, dialogs_of
from tests.rosters import sheets

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
RETURNED = "谈话后再来：请先补正介绍信上的住址"


def messy_roster() -> bytes:
    """As it comes: title and note above, three new people, a wrong number, totals and signature."""
    branch = {"所在党支部": "执法大队党支部"}
    people = [sheets.person(order, **branch) for order in range(900, 903)]
    mistyped = sheets.id_number(903)[:-1] + ("0" if sheets.id_number(903)[-1] == "1" else "1")
    wrong = sheets.person(903, **branch, 身份证号=mistyped)
    above = [["市发展委机关党委党员名册"], ["填报日期：2026年11月"]]
    below = [["合计", 4], ["填表人：邓敏"]]
    return sheets.xlsx(sheets.Tab("名册", [*above, sheets.HEADER, *people, wrong, *below]))


def test_who_was_unticked_stays_so_when_one_community_is_written_for_all(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    clerk.open("/letters/issue/")
    boxes = clerk.page.locator("main tbody input[name=ids]")
    assert boxes.count() == 2
    boxes.first.uncheck()
    clerk.page.locator("summary", has_text="全部开到同一个社区").click()
    clerk.page.get_by_label("全部开到同一个社区").press_sequentially("石桥社区")
    clerk.page.locator("h1").click()
    assert "(1)" in clerk.page.locator("[data-count-of=issue]").inner_text()
    assert not boxes.first.is_checked()
    questions = dialogs_of(clerk)
    clerk.tap(clerk.page.locator("nav a").first)
    assert questions == ["beforeunload"], "the community typed is not lost in silence"


def test_a_clerk_imports_a_messy_roster_and_sends_letters(walk: Walk, tmp_path: Path) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    assert clerk.sees("70 名在职党员，66 人已报到")

    file = tmp_path / "名册.xlsx"
    file.write_bytes(messy_roster())
    clerk.tap("名册")
    clerk.tap("导入名册")
    clerk.upload("名册文件", file)
    clerk.tap("上传并检查")
    clerk.waits_for("读到 4 人")
    assert clerk.sees("校验码")
    clerk.picture("unit/roster")
    clerk.tap("导入 3 人")
    clerk.waits_for("新增")

    clerk.tap("首页")
    assert clerk.sees("73 名在职党员，66 人已报到")
    before = clerk.taps
    clerk.tap("给 5 人开介绍信")
    clerk.fill("社区", "柳荫社区")
    clerk.tap("开出介绍信")
    assert clerk.sees("已开出 5 封介绍信")
    assert clerk.taps - before == 2
    letters = pypdf.PdfReader(io.BytesIO(clerk.download("打印 PDF")))
    assert len(letters.pages) >= 5
    assert clerk.taps <= 8
    assert clerk.fields <= 2


def test_a_member_opens_the_letter_on_the_phone_and_presents_it(walk: Walk, city: City) -> None:
    token, tail = city.letter_of("陈晓宇")
    member = walk("phone")
    member.open(f"/l/{token}/")
    assert member.sees("此介绍信有效")
    assert not member.sees("陈晓宇")
    member.fill("身份证号后六位", tail)
    member.tap("打开我的介绍信")
    assert member.sees("陈晓宇")
    member.picture("member/letter")
    member.tap("出示介绍信")
    assert member.sees("柳荫社区正在接收")
    assert (member.taps, member.fields) <= (2, 1)


def test_a_worker_accepts_five_at_once_and_returns_one(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    assert worker.sees("11\n人待接收")
    worker.tap("逐个核对或一并接收")
    worker.tap(worker.page.get_by_role("link", name="退回方一鸣"))
    worker.fill("退回原因", RETURNED)
    worker.tap("退回")
    assert worker.sees("10 人待接收")
    worker.tap(worker.page.get_by_role("button", name="接收勾选的人"))
    assert worker.sees("没有人等待接收")
    assert worker.taps <= 4
    assert worker.fields == 1


def test_everybody_in_no_grid_and_no_team_is_placed_in_five_taps(walk: Walk) -> None:
    """A choice from a list counts; all of them stand on two pages of the list."""
    worker = walk("desk")
    worker.enter("anjing")
    worker.tap("去编入")
    everybody = worker.page.get_by_label(re.compile("^本列表全部"))
    count = int(re.findall("[0-9]+", worker.page.locator(".list-count").inner_text())[0])
    assert count > PAGE_SIZE
    worker.tap(everybody)
    grid, team = (worker.page.locator(f"#placement select[name={one}]")
                  for one in ("grid", "team"))  # fmt: skip
    for choice in (grid, team):
        choice.select_option(index=2)
        worker.fields += 1
    worker.tap(worker.page.get_by_role("button", name=re.compile("^编入")))
    assert worker.sees(f"已编入 {count} 人")
    assert worker.sees("没有符合条件的记录")
    assert worker.taps + worker.fields == 5
    worker.tap("撤销")
    assert worker.sees(f"共 {count} 条")


def test_the_member_sees_that_the_community_has_received_them(walk: Walk) -> None:
    member = walk("phone")
    member.enter("chenxiaoyu")
    assert member.sees("您已在柳荫社区报到")
    member.tap("大字")
    member.picture("member/large-text")
    member.tap("我的")
    assert member.sees("回执")


def test_the_clerk_sees_the_receipt_and_prints_the_table(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    assert clerk.sees("73 名在职党员，67 人已报到")
    clerk.open("/receipts/")
    assert clerk.sees("陈晓宇")
    clerk.picture("unit/receipts")
    clerk.open("/tables/")
    table = pypdf.PdfReader(io.BytesIO(clerk.download("PDF")))
    words = "".join(page.extract_text() for page in table.pages).replace("\n", "")
    assert "在职党员报到情况统计表" in words
    assert "67" in words


def test_a_supervisor_opens_a_number_down_to_a_person_s_timeline(walk: Walk) -> None:
    supervisor = walk("desk")
    supervisor.enter("fanli")
    supervisor.tap("柳荫街道")
    here = supervisor.page.get_by_role("row", name="柳荫社区")
    supervisor.tap(here.locator("td[data-label=在此报到的党员] a"))
    supervisor.fill("搜索", "cxy")
    supervisor.tap("查找")
    supervisor.tap("陈晓宇")
    assert supervisor.sees("开具致柳荫社区的介绍信")
    assert supervisor.sees("安静")
    assert supervisor.taps <= 4
    assert supervisor.fields <= 1
