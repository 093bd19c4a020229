"""The list on a phone in a real Chromium: without network, closed and opened, delivered once."""

from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Browser, Page, Route

from baodao.attendance.rules.lines import MOST_LINES, RULES
from baodao.attendance.rules.row_codes import TypedRow, typed_rows
from tests.attendance.lines import BOUNDS, CASES
from tests.environment import ROOT
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
RULES_OF_THE_PHONE = ROOT / "baodao" / "attendance" / "static" / "attendance" / "rules.js"
PLAIN_RULES = [
    {"code": rule.code, "field": rule.field, "relation": rule.relation, "bound": rule.bound}
    for rule in RULES
]
KEPT = """async () => {
  const names = await caches.keys();
  const stores = await Promise.all(names.map((name) => caches.open(name)));
  const requests = (await Promise.all(stores.map((store) => store.keys()))).flat();
  return requests.map((one) => new URL(one.url).pathname);
}"""
"""The addresses of all that the browser keeps for when there is no network."""

FIRST_CAME = """async ([offer, count]) => {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const opened = await done(indexedDB.open("along", 1));
  const store = opened.transaction("lists", "readwrite").objectStore("lists");
  const list = await done(store.get(offer));
  const [{ code }] = list.pack.rows;
  const at = Math.floor(Date.now() / 1000);
  for (let line = 0; line < count; line += 1) {
    const id = crypto.randomUUID();
    list.lines.push({ id, side: "arrival", at, ahead: list.ahead, state: "waits", code });
  }
  await done(store.put(list));
}"""
"""Writes so many times on the phone that the first of a list came."""

PUT_BACK = "() => { const right = Date.now.bind(Date); Date.now = () => right() - 3_600_000; }"
"""Puts the clock of the page back by an hour."""

MINUTES_OFF = """async (offer) => {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const opened = await done(indexedDB.open("along", 1));
  const { lines } = await done(opened.transaction("lists").objectStore("lists").get(offer));
  const right = (performance.timeOrigin + performance.now()) / 60_000;
  return lines.map(({ at, ahead }) => Math.round(((at - ahead) / 60 - right) / 30) * 30);
}"""
"""By how much each line differs from the true time, to the nearest half hour."""

DATABASES = "indexedDB.databases().then((found) => found.map((one) => one.name))"


@pytest.fixture(scope="module")
def offer(city: City) -> str:
    """An activity with twenty people that has just ended; each test takes its list along anew."""
    return str(city.done(("activity_of_twenty", "河边清理（手机）", 2))[0])


def test_the_script_decides_of_every_line_as_the_server_does(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=RULES_OF_THE_PHONE.read_text())
    decide = """([cases, bounds, rules]) =>
      cases.map((facts) => brokenRule(facts, bounds, rules)?.code ?? null)"""
    facts = [facts for facts, _code in CASES]
    assert page.evaluate(decide, [facts, BOUNDS, PLAIN_RULES]) == [code for _facts, code in CASES]
    page.close()


def test_what_waits_is_written_as_its_sheet_is_typed(browser: Browser) -> None:
    """For whoever keeps the list after the one whose phone it is on."""
    page = browser.new_page()
    page.add_script_tag(content=RULES_OF_THE_PHONE.read_text())
    lines = [
        {"code": "AB3DE5FGHJ", "at": "09:05", "state": "delivered"},
        {"code": "KMNPQ23456", "at": "09:06", "state": "delivered"},
        {"code": "AB3DE5FGHJ", "at": "10:00", "state": "waits"},
        {"code": "RSTUV23456", "at": "09:07", "state": "sent"},
        {"code": "WXYZ223456", "at": "05:00", "state": "refused"},
        {"name": "何新", "tail": "0012", "at": "09:08", "state": "waits"},
    ]
    rows = page.evaluate("lines => sheetRows(lines, ({ at }) => at)", lines)
    assert typed_rows("\n".join(rows["typed"])) == [
        TypedRow(1, "AB3DE5FGHJ", time(9, 5), time(10)),
        TypedRow(2, "RSTUV23456", time(9, 7)),
    ]
    assert rows["named"] == ["何新 0012 09:08"]
    page.close()


def check_in(page: Page, count: int) -> None:
    here = page.locator("[data-rows] .task:has([data-went]:not([hidden]))")
    for person in range(here.count(), here.count() + count):
        page.get_by_role("button", name="到了").first.click()
        here.nth(person).wait_for()


def test_a_leader_checks_twenty_people_in_with_the_network_off(walk: Walk, city: City) -> None:
    title = "河边清理（离线）"
    [offer, online] = city.done(
        ("activity_of_twenty", title, 2), ("activity_of_twenty", "河边清理（在线）", 5)
    )
    leader = walk("phone")
    leader.enter("anjing")
    leader.open(f"/offers/{offer}/sheet/")
    leader.tap("带到这部手机上")
    leader.page.locator("#lists[data-ready]").wait_for()
    assert leader.sees(title)
    leader.is_whole()

    phone = leader.page.context
    phone.set_offline(True)
    check_in(leader.page, 10)
    assert leader.sees("有 10 条登记未交回")
    leader.page.close()
    leader.page = phone.new_page()
    leader.open("/along/")
    leader.page.locator("#lists[data-ready]").wait_for()
    assert leader.sees("有 10 条登记未交回"), "the phone kept them while the page was closed"
    check_in(leader.page, 10)
    leader.waits_for("有 20 条登记未交回")
    kept = leader.page.evaluate(KEPT)
    assert "/along/" in kept
    assert all(path.startswith(("/along/", "/static/")) for path in kept), "nothing else is kept"
    assert not [path for path in kept if offer in path]

    phone.set_offline(False)
    leader.waits_for("没有未交回的登记")
    leader.open(f"/offers/{offer}/roll/")
    assert leader.page.locator("main input[name=ids]:checked").count() == 20
    leader.tap("登记")
    assert leader.sees("已登记 20 人的服务")
    leader.open("/along/")
    leader.waits_for("名单已从这部手机清除")
    assert leader.sees("这部手机上没有名单"), "who is recorded needs no name on the phone"
    city.done(("roll_of_twenty", online))
    [here, there] = city.done(("records_of", offer), ("records_of", online))
    assert len(here) == 20
    assert here == there


def test_what_waits_is_named_before_signing_out_and_the_names_are_gone_after_it(
    walk: Walk, offer: str
) -> None:
    leader = _with_list(walk, offer)
    leader.page.route("**/deliver/", lambda route: route.abort())
    check_in(leader.page, 1)
    _sign_out(leader)
    assert leader.page.url.endswith("/along/")
    leader.waits_for("有 1 条登记未交回")
    leader.page.unroute("**/deliver/")
    leader.page.evaluate("dispatchEvent(new Event('online'))")
    leader.waits_for("没有未交回的登记")
    assert "along" in leader.page.evaluate(DATABASES)
    _sign_out(leader)
    leader.open("/along/")
    leader.waits_for("这部手机上没有名单")


def test_more_lines_than_one_delivery_takes_all_arrive(walk: Walk, offer: str) -> None:
    leader = _with_list(walk, offer)
    leader.page.evaluate(FIRST_CAME, [offer, MOST_LINES + 1])
    leader.page.reload()
    leader.waits_for("没有未交回的登记")


def test_what_is_half_typed_stays_while_nothing_is_delivered(walk: Walk, offer: str) -> None:
    leader = _with_list(walk, offer)
    page = leader.page
    page.route("**/deliver/", lambda route: route.abort())
    check_in(page, 1)
    leader.tap("从这部手机清除")
    name, tail = page.locator("[name=name]"), page.locator("[name=tail]")
    name.fill("何新")
    with page.expect_event("requestfailed"):
        page.evaluate("dispatchEvent(new Event('online'))")
    leader.waits_for("没有网络")
    assert name.input_value() == "何新"
    assert name.evaluate("one => one === document.activeElement")
    assert leader.sees("1 条未交回"), "whether to remove the list is still asked"

    tail.fill("12")
    page.get_by_role("button", name="新增").click()
    leader.waits_for("后四位")
    said = page.locator("#notice")
    assert said.evaluate("one => one.getBoundingClientRect().top >= 0"), "seen from the last row"
    assert (name.input_value(), tail.input_value()) == ("何新", "12")
    tail.fill("0012")
    page.get_by_role("button", name="新增").click()
    page.locator("[data-rows] .task", has_text="何新").wait_for()
    assert (name.input_value(), tail.input_value()) == ("", "")


def test_a_clock_put_back_without_network_and_a_lost_answer_change_nothing(
    walk: Walk, offer: str
) -> None:
    leader = _with_list(walk, offer)
    page, phone = leader.page, leader.page.context
    page.route("**/pack/", lambda route: route.abort())
    page.evaluate(PUT_BACK)
    check_in(page, 1)
    assert page.evaluate(MINUTES_OFF, offer) == [0]
    page.unroute("**/pack/")
    page.route("**/deliver/", lambda route: (route.fetch(), route.abort()))
    with page.expect_event("requestfailed", lambda one: one.url.endswith("/deliver/")):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.close()
    leader.page = phone.new_page()
    leader.open("/along/")
    leader.waits_for("没有未交回的登记")
    assert not leader.sees("知道了"), (
        "the same batch is no second one, and nothing of it is refused"
    )


def test_a_list_that_is_removed_while_it_is_delivered_does_not_come_back(
    walk: Walk, offer: str
) -> None:
    leader = _with_list(walk, offer)
    page = leader.page
    requests: list[Route] = []
    page.route("**/deliver/", lambda route: requests.append(route))
    check_in(page, 1)
    with page.expect_request("**/deliver/"):
        page.evaluate("dispatchEvent(new Event('online'))")
    leader.tap("从这部手机清除")
    page.locator("button[data-remove]").click()
    leader.waits_for("名单已从这部手机清除")
    with page.expect_response("**/deliver/"):
        requests[0].continue_()
    leader.open("/along/")
    page.locator("#lists[data-ready]").wait_for(state="attached")
    assert leader.sees("这部手机上没有名单")


def test_no_name_stays_of_an_activity_that_is_over(walk: Walk, city: City) -> None:
    [over] = city.done(("activity_of_twenty", "河边清理（早上）", 9))
    leader = walk("phone")
    leader.enter("anjing")
    leader.open(f"/along/#{over}")
    leader.waits_for("活动已结束")
    assert leader.sees("这部手机上没有名单")


def _with_list(walk: Walk, offer: str) -> Walker:
    """A leader whose phone has taken the list along."""
    leader = walk("phone")
    leader.enter("anjing")
    leader.open(f"/along/#{offer}")
    leader.page.locator("#lists[data-ready]").wait_for()
    return leader


def _sign_out(leader: Walker) -> None:
    leader.open("/")
    leader.page.locator("details.who summary").click()
    leader.tap("退出登录")
