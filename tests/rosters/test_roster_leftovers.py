"""What a file left over, on the roster's page: told with the sum, and used with one tap."""

import html
import io
import re
from pathlib import Path

import openpyxl
from django.http import HttpResponse
from django.test import Client

from baodao.rosters.models import RosterImport
from baodao.vocabulary.models import TableWord
from tests.registration.browsing import browser, client_id, text
from tests.rosters import sheets
from tests.rosters.test_roster_pages import upload
from tests.world import World

FIELD = re.compile(r'<td data-label="文件中的列">([^<]*)</td>.*?name="(column-\d+)"', re.DOTALL)
"""A column of the page on which it is said what columns hold, and its field."""
CASES = Path(__file__).parents[1] / "rostersheets" / "cases"


def page_of(clerk: Client, name: str) -> str:
    (file,) = CASES.glob(f"{name}_*")
    return text(upload(clerk, file.read_bytes(), file.name))


def tap(clerk: Client, page: str, label: str) -> str:
    """The page after the button with this label was tapped."""
    buttons = re.findall(r'<button[^>]*name="([^"]+)" value="([^"]+)">([^<]+)</button>', page)
    (name, value), *_ = [(n, html.unescape(v)) for n, v, words in buttons if words == label]
    address = f"/people/rosters/{RosterImport.objects.latest('created_at').pk}/columns/"
    form: HttpResponse = clerk.get(address)
    return text(clerk.post(address, {"client_id": client_id(form), name: value}, follow=True))


def test_the_page_shows_the_sum_and_hidden_rows_go_out_and_in_with_a_tap(world: World) -> None:
    clerk = browser(world, "dai")
    page = page_of(clerk, "c03")
    assert "文件中共 10 人 = 没有问题 10 人 + 有问题 0 人 + 已离开 0 人；另有 0 行不是人员" in page
    assert "隐藏或筛掉的行，已读取" in page
    without = tap(clerk, page, "不读取这些行")
    assert "文件中共 6 人 = 没有问题 6 人 + 有问题 0 人 + 已离开 0 人；另有 4 行不是人员" in without
    assert "读到 10 人" in tap(clerk, without, "读取这些行")


def test_a_column_is_used_with_a_tap_and_remembered_by_its_whole_header(world: World) -> None:
    clerk = browser(world, "dai")
    page = tap(clerk, page_of(clerk, "f01"), "用作“联系电话”")
    assert RosterImport.objects.latest("created_at").columns["phone"] == "联系电话(家属)"
    assert "用作“联系电话”" in page
    assert dict(TableWord.objects.values_list("key", "meaning")) == {"联系电话(家属)": "phone"}


def test_a_second_list_is_read_with_a_tap(world: World) -> None:
    clerk = browser(world, "dai")
    page = page_of(clerk, "g02")
    assert "读到 4 人，其中 4 人没有问题" in page
    assert "同一批人员的另一张表" in page
    assert "读到 8 人" in tap(clerk, page, "一并读取此表")


def test_an_unknown_fact_is_not_taken(world: World) -> None:
    clerk = browser(world, "dai")
    page_of(clerk, "f01")
    address = f"/people/rosters/{RosterImport.objects.latest('created_at').pk}/columns/"
    for value in ("nothing|联系电话(家属)", "x"):
        body = {"client_id": client_id(clerk.get(address)), "use": value}
        assert clerk.post(address, body).status_code == 404
    assert not TableWord.objects.exists()


def said(clerk: Client, **meanings: str) -> str:
    """The page after the columns with these labels were said to hold these facts."""
    address = f"/people/rosters/{RosterImport.objects.latest('created_at').pk}/columns/"
    form = text(clerk.get(address))
    found = FIELD.findall(form)
    fields = {html.unescape(title).partition("（")[0]: name for title, name in found}
    body = dict.fromkeys(fields.values(), "")
    body |= {fields[label.replace("_", " ")]: fact for label, fact in meanings.items()}
    body |= {"client_id": client_id(clerk.get(address)), "form": "1", "remember": "1"}
    body |= {"before": re.findall(r'name="before" value="([^"]*)"', form)[0]}
    body["before"] = html.unescape(body["before"])
    return text(clerk.post(address, body, follow=True))


def test_columns_without_headings_are_said_by_their_place_for_this_file_alone(world: World) -> None:
    clerk = browser(world, "dai")
    rows = [[sheets.name(n), sheets.id_number(n), "第一党支部"] for n in range(3)]
    page = text(upload(clerk, sheets.xlsx(sheets.Tab("党员", rows))))
    assert "指明各列内容" in page
    page = said(clerk, 党员_A列="name", 党员_B列="id_number", 党员_C列="branch")
    assert "读到 3 人，其中 3 人没有问题" in page
    assert not TableWord.objects.exists()


def test_headings_in_unknown_words_are_said_and_remembered(world: World) -> None:
    clerk = browser(world, "dai")
    rows = [["同事", "证号码段", "归口"]]
    rows += [[sheets.name(n), sheets.id_number(n), "第一党支部"] for n in range(3)]
    upload(clerk, sheets.xlsx(sheets.Tab("党员", rows)))
    page = said(clerk, 同事="name", 证号码段="id_number", 归口="branch")
    assert "读到 3 人，其中 3 人没有问题" in page
    assert TableWord.objects.count() == 3
    again = text(upload(clerk, sheets.xlsx(sheets.Tab("党员", rows))))
    assert "读到 3 人，其中 3 人没有问题" in again


def test_every_row_that_was_not_read_stands_in_a_list(world: World) -> None:
    clerk = browser(world, "dai")
    marks = [[f"备注：第{n}条说明"] for n in range(1, 13)]
    page = text(upload(clerk, sheets.roster(sheets.person(1), *marks)))
    assert "第12条" not in page
    [address] = re.findall(r'href="(/people/rosters/[^"]*/left/\d+/)"', page)
    listed = text(clerk.get(address))
    assert "第12条" in listed
    assert ">14<" in listed
    assert "第12条" not in text(clerk.get(address, {"q": "第3条"}))
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(address, {"export": "xlsx"}).content))
    assert [row[0] for row in book.active.iter_rows(values_only=True)][-1] == 14
    assert clerk.get(address.replace("/left/0/", "/left/9/")).status_code == 404
