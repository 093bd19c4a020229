"""The list on a phone in a real Chromium: without network, closed and opened, delivered once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from baodao.attendance.rules.lines import RULES
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

DATABASES = "indexedDB.databases().then((found) => found.map((one) => one.name))"


def test_the_script_decides_of_every_line_as_the_server_does(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=RULES_OF_THE_PHONE.read_text())
    decide = """([cases, bounds, rules]) =>
      cases.map((facts) => brokenRule(facts, bounds, rules)?.code ?? null)"""
    facts = [facts for facts, _code in CASES]
    assert page.evaluate(decide, [facts, BOUNDS, PLAIN_RULES]) == [code for _facts, code in CASES]
    page.close()


def _check_in(page: Page, count: int) -> None:
    for _person in range(count):
        page.get_by_role("button", name="到了").first.click()
        page.locator("[data-rows] .task:has([data-went]:not([hidden]))").nth(0).wait_for()


def test_a_leader_checks_twenty_people_in_with_the_network_off(walk: Walk, city: City) -> None:
    title = "河边清理（离线）"
    [offer, online] = city.done(
        ("activity_of_twenty", title, 1), ("activity_of_twenty", "河边清理（在线）", 4)
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
    _check_in(leader.page, 10)
    assert leader.sees("有 10 条登记未交回")
    leader.page.close()
    leader.page = phone.new_page()
    leader.open("/along/")
    leader.page.locator("#lists[data-ready]").wait_for()
    assert leader.sees("有 10 条登记未交回"), "the phone kept them while the page was closed"
    _check_in(leader.page, 10)
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
    city.done(("roll_of_twenty", online))
    [here, there] = city.done(("records_of", offer), ("records_of", online))
    assert len(here) == 20
    assert here == there


def test_what_waits_is_named_before_signing_out_and_the_names_are_gone_after_it(
    walk: Walk, city: City
) -> None:
    [offer] = city.done(("activity_of_twenty", "河边清理（退出）", 2))
    leader = walk("phone")
    leader.enter("anjing")
    leader.page.route("**/deliver/", lambda route: route.abort())
    leader.open(f"/along/#{offer}")
    leader.page.locator("#lists[data-ready]").wait_for()
    _check_in(leader.page, 1)
    _sign_out(leader)
    assert leader.page.url.endswith("/along/")
    leader.waits_for("有 1 条登记未交回")
    leader.page.unroute("**/deliver/")
    leader.tap("交回")
    leader.waits_for("没有未交回的登记")
    assert "along" in leader.page.evaluate(DATABASES)
    _sign_out(leader)
    leader.open("/along/")
    leader.waits_for("这部手机上没有名单")


def _sign_out(leader: Walker) -> None:
    leader.open("/")
    leader.page.locator("details.who summary").click()
    leader.tap("退出登录")
