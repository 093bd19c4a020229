"""The paper sheet photographed: its codes are read in a real Chromium, and nothing is uploaded."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Request

from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

HELD_ASKEW = """() => {
  document.querySelector(".paper-list tbody tr:nth-child(3) svg").remove();
  const { style } = document.querySelector(".paper-list");
  Object.assign(style, { zoom: 2, transform: "rotate(2deg)" });
}"""
"""The sheet as a hand holds it, with a thumb on the code of the third row, at the two thousand
pixels across of a plain telephone: a code reads surely there, and at half of it by chance."""


def _photograph(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def test_a_photographed_sheet_ticks_its_rows_and_says_what_could_not_be_read(
    walk: Callable[..., Walker], city: City
) -> None:
    [offer] = city.done(("activity_of_twenty", "河边清理（照片）", 2))
    leader = walk("desk")
    leader.enter("anjing")
    page = leader.page
    leader.open(f"/offers/{offer}/sheet.html")
    assert page.locator(".paper-coded svg").count() == 20
    page.evaluate(HELD_ASKEW)
    sheet = _photograph("签到表", page.locator(".paper-list").screenshot())
    nothing = _photograph("桌子", page.locator("header").first.screenshot())

    leader.open(f"/offers/{offer}/sheet/")
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.method} {request.url.removeprefix(city.address)}")

    page.on("request", note)
    page.get_by_label("签到表照片").set_input_files([sheet, nothing])
    leader.waits_for("20 行中已勾选 19 行")
    assert leader.sees("桌子 中没有读出行码")
    assert [one for one in sent if not one.startswith("GET /static/zxing/reader.")] == []
    leader.is_whole()

    ticks = page.locator("[data-rows] input")
    assert not ticks.nth(2).is_checked()
    ticks.nth(2).check()
    ticks.nth(5).uncheck()
    leader.tap("在名单上勾选")
    assert leader.sees("签到表上的 19 人已勾选")
    assert page.locator("main input[name=ids]:checked").count() == 19
    assert not page.locator("main input[name=ids]").nth(5).is_checked()
