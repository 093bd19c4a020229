"""A good table to download: empty, or filled with one's own people and nobody else's."""

import pytest
from django.http import HttpResponse
from django.test import Client

from baodao.kernel.models import JournalEntry
from baodao.spreadsheets.workbooks import source_sheets
from tests.registration.browsing import browser, client_id, text
from tests.rosters import sheets
from tests.rosters.sheets import person
from tests.rosters.test_roster_pages import apply, upload
from tests.world import World


def own(clerk: Client, reason: str) -> HttpResponse:
    body = {"client_id": client_id(clerk.get("/people/rosters/own/")), "reason": reason}
    reply: HttpResponse = clerk.post("/people/rosters/own/", body)
    return reply


def test_the_own_people_come_back_unchanged(world: World) -> None:
    clerk = browser(world, "dai")
    changes = {"人员状态": "退休", "入党时间": "2001-03-04"}
    upload(clerk, sheets.roster(*(person(order, **changes) for order in range(4))))
    apply(clerk, "all")
    reply = own(clerk, "上报年度名册")
    assert "no-store" in reply["Cache-Control"]
    page = text(upload(clerk, reply.content))
    assert "读到 5 人，其中 5 人没有问题" in page
    assert "文件中没有新增或变更的人员" in page
    acts = JournalEntry.objects.filter(verb="person.unmasked")
    assert {act.facts["reason"] for act in acts} == {"上报年度名册"}
    assert {(act.facts["field"]) for act in acts} == {"id-number", "phone"}
    assert len({act.about for act in acts}) == 5


def test_it_asks_what_for_and_is_given_once(world: World) -> None:
    clerk = browser(world, "dai")
    assert own(clerk, "x").status_code == 422
    assert not JournalEntry.objects.filter(verb="person.unmasked").exists()
    body = {"client_id": client_id(clerk.get("/people/rosters/own/")), "reason": "上报年度名册"}
    assert clerk.post("/people/rosters/own/", body).status_code == 200
    assert clerk.post("/people/rosters/own/", body).status_code == 302


def test_the_empty_table_has_the_columns_that_are_understood(world: World) -> None:
    clerk = browser(world, "dai")
    reply = clerk.get("/people/rosters/template.xlsx")
    with source_sheets(reply.content) as found:
        rows = [cells for _, cells in next(found).rows]
    assert rows[1][:3] == ["姓名", "身份证号", "手机"]
    assert len(rows) == 2


@pytest.mark.parametrize("who", ["an", "chen", "fan", "gu", "su", "sun"])
def test_nobody_else_has_a_table_of_them(world: World, who: str) -> None:
    other = browser(world, who)
    assert other.get("/people/rosters/own/").status_code == 404
    assert other.get("/people/rosters/template.xlsx").status_code == 404
