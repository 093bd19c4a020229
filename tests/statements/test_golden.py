"""Exactly which facts of a record and its person each reader gets, and no others."""

from io import BytesIO

import openpyxl
import pytest
from django.http import HttpResponse
from django.urls import reverse

from baodao.ledger.commands.corrections import reverse as reverse_record
from baodao.statements.commands.sheets import renew_code
from tests.ledger.steps import hosted, record
from tests.registration.browsing import browser, text
from tests.world import World

COMMUNITY = [
    "姓名",
    "志愿服务编号",
    "服务日期",
    "服务时长",
    "时长（分钟）",
    "服务类型",
    "服务方式",
    "单位",
    "服务地点",
    "服务内容",
    "记录方式",
    "确认人",
    "冲销原因",
]
UNIT = [
    *COMMUNITY[:7],
    *("社区", "岗位或活动", "记录方式", "党支部"),
]
WHY = "李奶奶说那天没有人来过"
HIDDEN = ("19900001234", "199****", "柳荫街", "990101", "1980")
"""Telephone, ID number, date of birth: no page of the ledger shows them."""


def exported(world: World, who: str, name: str) -> list[list[str]]:
    answer = browser(world, who).get(reverse(f"statements:{name}"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    return [[str(cell.value or "") for cell in line] for line in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("who", "name", "columns"),
    [("an", "records", COMMUNITY), ("deng", "unit_records", UNIT)],
)
def test_the_exports_have_these_columns(
    world: World, who: str, name: str, columns: list[str]
) -> None:
    record(world)
    assert exported(world, who, name)[0] == columns


def test_no_page_of_the_ledger_shows_numbers_of_a_person(world: World) -> None:
    chen = hosted(world)
    made = record(world, chen)
    renew_code(world.actor("chen"))
    one = {"community_id": made.community_id, "record_id": made.id}
    pages = [
        ("an", reverse("statements:records")),
        ("an", reverse("statements:record", kwargs=one)),
        ("an", reverse("statements:person", args=[chen.pk])),
        ("an", reverse("statements:enter")),
        ("deng", reverse("statements:unit_records")),
        ("chen", reverse("statements:own")),
        ("chen", reverse("statements:own_year", args=[2026, "html"])),
        ("gu", reverse("statements:by_code", args=[_token(world)])),
    ]
    for who, url in pages:
        answer: HttpResponse = browser(world, who).get(url)
        assert answer.status_code == 200, url
        shown = text(answer)
        assert [secret for secret in HIDDEN if secret in shown.split("</head>")[1]] == [], url


def _token(world: World) -> str:
    answer = browser(world, "chen").get(reverse("statements:own"))
    return text(answer).split("/r/")[1].split("/")[0]


def test_a_stranger_with_the_code_learns_no_name_place_or_unit(world: World) -> None:
    hosted(world)
    record(world, place="柳荫里3号楼402室", result="为张大爷修灯")
    renew_code(world.actor("chen"))
    shown = text(browser(world, "gu").get(reverse("statements:by_code", args=[_token(world)])))
    assert "陈**" in shown
    assert [w for w in ("陈晓宇", "402室", "张大爷", "城建局", "党支部") if w in shown] == []


def test_a_unit_reads_what_its_member_did_and_nothing_that_tells_of_residents(
    world: World,
) -> None:
    hosted(world)
    row = record(world, place="柳荫里3号楼402室", result="为张大爷修灯")
    chen = world.people["chen"]
    pages = [
        reverse("statements:unit_records"),
        reverse("statements:person", args=[chen.pk]),
        reverse("statements:year_sheet", args=[chen.pk, row.served_on.year, "html"]),
        reverse("statements:record", args=[row.community_id, row.id]),
    ]
    for url in pages:
        answer: HttpResponse = browser(world, "deng").get(url)
        assert answer.status_code == 200, url
        assert [word for word in ("402室", "张大爷") if word in text(answer)] == [], url
    assert "402室" not in str(exported(world, "deng", "unit_records"))
    whole = text(browser(world, "an").get(pages[-1]))
    assert [word for word in ("402室", "张大爷", row.confirmed_by) if word not in whole] == []


def test_a_unit_reads_that_a_record_was_reversed_and_not_why(world: World) -> None:
    hosted(world)
    row = record(world)
    reverse_record(world.actor("an"), community_id=row.community_id, record_id=row.id, reason=WHY)
    pages = [
        reverse("statements:unit_records"),
        reverse("statements:person", args=[row.person_id]),
        reverse("statements:record", args=[row.community_id, row.id]),
    ]
    for url in pages:
        shown = text(browser(world, "deng").get(url))
        assert ("已冲销" in shown, "李奶奶" in shown) == (True, False), url
    assert "李奶奶" not in str(exported(world, "deng", "unit_records"))
    assert "李奶奶" in text(browser(world, "an").get(pages[-1]))
