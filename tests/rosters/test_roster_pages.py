"""The import wizard as a clerk meets it, without JavaScript."""

import re
from collections.abc import Sequence
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from baodao.people.models import Membership, Person
from baodao.rosters.commands import roster as commands
from baodao.rosters.models import RosterImport
from baodao.spreadsheets.workbooks import source_sheets
from tests.registration.browsing import browser, client_id, text
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, Tab, person
from tests.world import World


def upload(clerk: Client, content: bytes, name: str = "名册.xlsx") -> HttpResponse:
    form = clerk.get("/people/rosters/")
    body = {"client_id": client_id(form), "file": SimpleUploadedFile(name, content)}
    return clerk.post("/people/rosters/", body, follow=True)


def messy() -> bytes:
    rows = [person(order) for order in range(6)]
    rows[2] = person(2, 身份证号="123")
    rows[3] = person(3, 手机="换号了")
    return sheets.xlsx(Tab("名册", [["某局党员名册"], HEADER, *rows], ["A1:G1"]))


def held() -> RosterImport:
    return RosterImport.objects.latest("created_at")


def apply(clerk: Client, what: str, rows: Sequence[str] = (), left: Sequence[UUID] = ()) -> str:
    page = clerk.get(f"/people/rosters/{held().pk}/")
    body = {"client_id": client_id(page), "what": what, "rows": rows, "left": left}
    return text(clerk.post(f"/people/rosters/{held().pk}/apply/", body, follow=True))


def test_a_messy_file_shows_problems_with_remedy_and_what_would_change(world: World) -> None:
    page = text(upload(browser(world, "dai"), messy()))
    assert "读到 6 人，其中 4 人没有问题" in page
    assert "身份证号应为 18 位，此处为 3 位，请对照证件核对。" in page
    assert "请填写 11 位手机号，或留空。" in page
    assert '<td data-label="行" class="numeric">5</td>' in page
    assert "导入 4 人" in page
    assert "陈晓宇已离开本单位" in page
    assert Person.objects.count() == 2


def test_all_good_rows_are_taken_over_once_and_the_report_stays(world: World) -> None:
    clerk = browser(world, "dai")
    upload(clerk, messy())
    applied = apply(clerk, "all")
    assert "已导入：新增 4 人，变更 0 人" in applied
    assert re.search(r'class="btn btn-primary" href="/letters/issue/">给 \d 人开介绍信', applied)
    assert Person.objects.count() == 6
    assert Membership.objects.filter(person=world.people["chen"], closed_at=None).exists()
    page = text(clerk.get(f"/people/rosters/{held().pk}/"))
    assert "身份证号应为 18 位" in page
    assert sheets.id_number(1) not in page
    assert "新增 4 人，变更 0 人，离开 0 人" in text(clerk.get("/people/rosters/"))
    assert text(upload(clerk, messy())).count("文件中没有新增或变更的人员") == 1


def test_a_second_tap_takes_nothing_over_again(world: World) -> None:
    clerk = browser(world, "dai")
    upload(clerk, messy())
    body = {"client_id": client_id(clerk.get(f"/people/rosters/{held().pk}/")), "what": "all"}
    for _ in range(3):
        assert clerk.post(f"/people/rosters/{held().pk}/apply/", body).status_code == 302
    assert Membership.objects.filter(branch__parent=world.bureau).count() == 5


def test_only_ticked_rows_and_who_has_left(world: World) -> None:
    clerk = browser(world, "dai")
    upload(clerk, messy())
    page = apply(clerk, "chosen", ["3|名册"], [world.people["chen"].pk])
    assert "已导入：新增 1 人，变更 0 人" in page
    live = Membership.objects.filter(branch__parent=world.bureau, closed_at=None)
    assert [row.person.name for row in live] == [sheets.name(0)]


def test_a_corrected_column_is_used_and_remembered(world: World) -> None:
    clerk = browser(world, "dai")
    header = ["序号", "人名", *HEADER[2:]]
    content = sheets.roster(*(person(order) for order in range(3)), header=header)
    page = text(upload(clerk, content))
    assert "此工作表没有“姓名”列" in page
    address = f"/people/rosters/{held().pk}/columns/"
    form = clerk.get(address)
    assert text(form).count("<select") == len(header)
    body = {"client_id": client_id(form), "column-1": "name", "column-2": "id_number"}
    body |= {"form": "1", "remember": "1"}
    body |= {"column-4": "branch"}
    assert "导入 3 人" in text(clerk.post(address, body, follow=True))
    assert "导入 3 人" in text(upload(clerk, content))


def test_hidden_sheets_are_asked_about(world: World) -> None:
    clerk = browser(world, "dai")
    tabs = [Tab("在册", [HEADER, person(1)]), Tab("另册", [HEADER, person(2)], hidden=True)]
    page = text(upload(clerk, sheets.xlsx(*tabs)))
    assert "隐藏工作表，未读取" in page
    assert '<td data-label="工作表">另册</td>' in page
    address = f"/people/rosters/{held().pk}/columns/"
    form = clerk.get(address)
    fields = {"column-1": "name", "column-2": "id_number", "column-4": "branch"}
    body = fields | {"client_id": client_id(form), "include_hidden": "1"}
    assert "读到 2 人" in text(clerk.post(address, body, follow=True))


def test_the_file_comes_back_with_remarks_in_the_same_rows(world: World) -> None:
    clerk = browser(world, "dai")
    upload(clerk, messy())
    reply = clerk.get(f"/people/rosters/{held().pk}/remarks.xlsx")
    with source_sheets(reply.content) as found:
        rows = list(next(found).rows)
    assert len(rows) == 8
    assert rows[4][1][-1] == "身份证号：身份证号应为 18 位，此处为 3 位，请对照证件核对。"
    assert rows[3][1][-1] == ""
    assert rows[3][1][2] == sheets.id_number(1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "这不是电子表格"),
        (sheets.ole("EncryptedPackage", b"x" * 9_000), "文件有密码保护"),
        ("姓某,其他\n甲,乙\n".encode(), "没有找到含姓名、身份证号等列名的表头行"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    world: World, content: bytes, said: str
) -> None:
    page = text(upload(browser(world, "dai"), content))
    assert said in page
    assert "另选文件" in page


def test_an_empty_form_says_what_is_missing(world: World) -> None:
    clerk = browser(world, "dai")
    assert "请先选择文件" in text(clerk.post("/people/rosters/", {}))
    assert "文件中没有内容" in text(upload(clerk, b""))


def test_markup_in_a_file_is_text_on_the_page(world: World) -> None:
    row = person(1, 所在党支部="<script>alert(1)</script>")
    page = text(upload(browser(world, "dai"), sheets.roster(row), "<b>名册</b>.xlsx"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<b>名册" not in page


def test_a_long_file_waits_for_the_worker_and_can_be_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 100)
    clerk = browser(world, "dai")
    page = text(upload(clerk, messy()))
    assert "文件等待读取，您可以离开本页。" in page
    address = f"/people/rosters/{held().pk}/"
    part = clerk.get(address, headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert 'id="progress"' in text(part)
    commands.read(world.actor("dai"), held().pk)
    assert "导入 4 人" in text(clerk.get(address))
    clerk.post(f"{address}cancel/", {"client_id": client_id(clerk.get(address))})
    assert held().state == "cancelled"
    assert held().file_sealed is None
    assert "已取消" in text(clerk.get(address))


def test_a_file_with_nobody_good_leads_to_another_file_or_is_cancelled(world: World) -> None:
    clerk = browser(world, "deng")
    upload(clerk, sheets.roster(person(1, 身份证号="1")))
    answer = clerk.get(f"/people/rosters/{held().pk}/").content.decode()
    primary = re.findall(r'class="btn btn-primary"[^>]*>([^<]+)', answer)
    assert primary == ["另选文件"]
    assert f"/people/rosters/{held().pk}/cancel/" in answer


def test_the_list_is_empty_at_first_and_tells_what_to_do(world: World) -> None:
    assert "还没有导入过名册" in text(browser(world, "dai").get("/people/rosters/"))


@pytest.mark.parametrize("who", ["an", "chen", "fan", "gu", "su", "sun"])
def test_nobody_else_sees_or_applies_it(world: World, who: str) -> None:
    upload(browser(world, "dai"), messy())
    other = browser(world, who)
    address = f"/people/rosters/{held().pk}/"
    assert other.get("/people/rosters/").status_code == 404
    for page in (address, f"{address}columns/", f"{address}remarks.xlsx"):
        assert other.get(page).status_code == 404
    assert other.post(f"{address}apply/", {"what": "all"}).status_code == 404
    assert other.post(f"{address}cancel/", {}).status_code == 404
    assert held().state == "read"


def test_what_dates_and_dittos_mean_is_a_tap_and_told_before_anything_is_applied(
    world: World,
) -> None:
    clerk = browser(world, "dai")
    rows = [person(0, 入党时间="5/1/2005"), person(1, 入党时间="6/7/2006", 手机="同上")]
    page = text(upload(clerk, sheets.roster(*rows)))
    for asked in ("是2005年1月5日", "是2005年5月1日", "就是上一行的号码"):
        assert asked in page
    assert "其中 0 人没有问题" in page
    columns = f"/people/rosters/{held().pk}/columns/"
    clerk.post(columns, {"phone-above": "1"})
    read = text(clerk.post(columns, {"dates": "long|day"}, follow=True))
    assert "“5/1/2005”按2005年1月5日读取，是您说明的。" in read
    assert "手机写“同上”的，按上一行的号码读取，是您说明的。" in read
    assert "其中 2 人没有问题" in read
    assert "“同上”按上一行的内容读取：这一列共 1 格（第 3 行）。" in read
    apply(clerk, "all")
    assert len({one.phone for one in Person.objects.filter(joined_on__year__lt=2007)}) == 1
