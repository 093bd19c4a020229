"""A contact cadre on the phone in a real Chromium: a visit without network becomes a problem."""

from collections.abc import Callable

import pytest

from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
KEPT = """async () => {
  const names = await caches.keys();
  const stores = await Promise.all(names.map((name) => caches.open(name)));
  const requests = (await Promise.all(stores.map((store) => store.keys()))).flat();
  return requests.map((one) => new URL(one.url).pathname);
}"""
TEXT = "9号楼东侧路面塌陷，雨天积水"


def test_a_visit_without_network_becomes_a_problem_of_the_community(walk: Walk) -> None:
    cadre = walk("phone")
    cadre.enter("qiumin")
    cadre.open("/")
    assert cadre.sees("我的联系点")
    cadre.tap("登记走访")
    cadre.page.locator("#kept[data-ready]").wait_for(state="attached")
    cadre.is_whole()

    phone = cadre.page.context
    phone.set_offline(True)
    cadre.page.close()
    cadre.page = phone.new_page()
    cadre.open("/visits/along/")
    cadre.page.locator("#visit:not([hidden])").wait_for()
    write = cadre.page.get_by_role("button", name="登记", exact=True)
    write.click()
    cadre.waits_for("看、听、说、办至少填写一项")
    cadre.fill("听", "写到别处了")
    write.click()
    cadre.waits_for("未交回")
    cadre.page.get_by_role("button", name="修改").click()
    cadre.waits_for("正在修改")
    cadre.page.reload()
    cadre.waits_for("写到别处了")
    cadre.page.get_by_role("button", name="修改").click()
    cadre.waits_for("正在修改")
    cadre.fill("办", "当场说明")
    write.click()
    cadre.waits_for("写到别处了 · 当场说明")
    assert cadre.page.locator("#lines .task").count() == 1, "the changed one stands for the former"
    cadre.page.get_by_role("button", name="删除").click()
    cadre.page.get_by_role("button", name="尚未交回，确定删除？").click()
    cadre.page.locator("#kept").wait_for(state="hidden")
    assert not cadre.sees("已登记在这部手机上"), "nothing is on it any more"
    cadre.fill("听", TEXT)
    write.dblclick()
    cadre.waits_for("未交回")
    assert cadre.page.locator("#lines .task").count() == 1, "a double tap is one visit"
    kept = cadre.page.evaluate(KEPT)
    assert "/visits/along/" in kept
    assert all(path.startswith(("/visits/along/", "/static/")) for path in kept)

    phone.set_offline(False)
    cadre.waits_for("已交回")
    cadre.tap("查看")
    assert cadre.sees(TEXT)
    cadre.tap("列入问题清单")
    cadre.tap(cadre.page.get_by_role("button", name="列入问题清单"))
    assert cadre.sees("已列入社区问题清单")

    desk = walk("desk")
    desk.enter("anjing")
    desk.open("/problems/?q=路面塌陷")
    desk.tap(TEXT)
    desk.tap("来自走访")
    assert desk.sees("仇敏")
    desk.is_whole()
    desk.open("/visits/contacts/")
    desk.is_whole()
    assert desk.sees("本周走访 1 次")
