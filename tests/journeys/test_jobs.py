"""Long jobs, each followed in a real browser to its end: a page of its own with the next step."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Route

from baodao.kernel import clock
from baodao.rosters.commands.roster import READ_AT_ONCE
from tests.journeys.walker import Walker
from tests.rosters import sheets

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]


def long_table(file: Path, *rows: Sequence[object]) -> Path:
    """These rows, in a file so long that the worker reads it: its second sheet is hidden."""
    noise = Random(file.name)
    ballast = [[noise.getrandbits(512) / 7] for _ in range(READ_AT_ONCE // 8)]
    tabs = sheets.Tab("名册", rows), sheets.Tab("旧稿", ballast, hidden=True)
    file.write_bytes(sheets.xlsx(*tabs))
    assert file.stat().st_size > READ_AT_ONCE
    return file


def long_roster(folder: Path, first: int) -> Path:
    """Three new people."""
    people = [sheets.person(order, 所在党支部="办公室党支部") for order in range(first, first + 3)]
    return long_table(folder / "名册.xlsx", sheets.HEADER, *people)


def uploaded(clerk: Walker, file: Path) -> None:
    """On the page that follows the reading."""
    clerk.enter("zengning")
    clerk.open("/people/rosters/")
    clerk.upload("名册文件", file)
    clerk.tap("上传并检查")


def is_one_page(clerk: Walker) -> bool:
    """Whether the page has one heading, one menu, and nothing that still waits."""
    counts = [clerk.page.locator(part).count() for part in ("h1", "header", "main", "#progress")]
    return counts == [1, 1, 1, 0]


def lost_if_asked_in_passing(route: Route) -> None:
    """The connection is cut for what the page asks by itself."""
    if route.request.headers.get("hx-request"):
        route.abort()
    else:
        route.continue_()


def undone(clerk: Walker) -> None:
    clerk.tap("撤销这份名册")
    clerk.tap("撤销")
    assert clerk.sees("这份名册已撤销")


def test_a_roster_is_read_and_taken_over_and_the_next_step_is_the_red_button(
    walk: Walk, tmp_path: Path
) -> None:
    clerk = walk("desk")
    uploaded(clerk, long_roster(tmp_path, 700))
    clerk.waits_for("读到 3 人")
    assert is_one_page(clerk)
    assert clerk.page.evaluate("document.activeElement.tagName") == "H1"
    clerk.tap("导入 3 人")
    clerk.waits_for("已导入：新增 3 人")
    assert is_one_page(clerk)
    assert clerk.page.locator("main .btn-primary").all_inner_texts() == ["给 3 人开介绍信"]
    clerk.tap("给 3 人开介绍信")
    assert clerk.page.url.endswith("/letters/issue/")
    clerk.page.go_back()
    undone(clerk)


def test_it_ends_without_scripts_too(walk: Walk, tmp_path: Path) -> None:
    clerk = walk("desk", script=False)
    uploaded(clerk, long_roster(tmp_path, 710))
    for label, end in (("", "读到 3 人"), ("导入 3 人", "已导入：新增 3 人")):
        if label:
            clerk.tap(label)
        for _ in range(60):
            if clerk.sees(end):
                break
            clerk.tap("刷新")
            clerk.page.wait_for_timeout(500)
        assert clerk.sees(end)
    undone(clerk)


def test_a_table_of_services_is_read_and_recorded_and_the_records_are_the_red_button(
    walk: Walk, tmp_path: Path
) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    worker.open("/members/")
    name, number = worker.page.locator("main tbody tr").first.inner_text().split()[:2]
    day = clock.today() - timedelta(days=1)
    rows = ("姓名", "志愿服务编号", "日期", "时长"), (name, number, day.isoformat(), "2小时")
    worker.open("/records/import/")
    worker.upload("服务记录表格", long_table(tmp_path / "服务.xlsx", *rows))
    worker.tap("上传并检查")
    worker.waits_for("1 条服务可以登记")
    assert is_one_page(worker)
    worker.tap("登记 1 条服务")
    worker.waits_for("已登记 1 条服务")
    assert is_one_page(worker)
    assert worker.page.locator("main .btn-primary").all_inner_texts() == ["查看服务记录"]
    worker.tap("撤销这张表")
    worker.fill("理由", "上传错了")
    worker.tap("整表撤销")
    assert worker.sees("已撤销，并已将原因告知党员本人")


def test_who_is_signed_out_meanwhile_is_asked_to_sign_in_on_a_page_of_its_own(
    walk: Walk, tmp_path: Path
) -> None:
    clerk = walk("desk")
    clerk.page.route("**/people/rosters/*/", lost_if_asked_in_passing)
    uploaded(clerk, long_roster(tmp_path, 720))
    assert clerk.page.locator("#progress").count() == 1
    clerk.page.context.clear_cookies()
    clerk.page.unroute("**/people/rosters/*/")
    clerk.page.wait_for_url("**/sign-in/**")
    assert is_one_page(clerk)
