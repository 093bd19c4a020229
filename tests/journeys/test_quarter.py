"""双报告 in a browser: a clerk hands up the quarter's two tables and the half-year's report without
typing a figure, and the secretary of the street opens a number in it down to a record."""

import re
import time
from collections.abc import Callable

import pytest

from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
MOST_TAPS = 12
UNIT, STREET, COMMUNITY = "云水街道机关党总支", "云水街道", "云水社区"


def test_a_clerk_hands_up_the_quarter_and_the_street_opens_its_numbers(
    walk: Walk, city: City
) -> None:
    clerk, street = walk("desk"), walk("desk")
    clerk_session, street_session, _ = city.done(
        ("session", "田佳怡"), ("supervisor", STREET), ("service_of", UNIT, COMMUNITY)
    )
    began = time.monotonic()
    clerk.sit(clerk_session)
    clerk.open("/")
    clerk.tap("统计表")
    clerk.tap("上报统计表")
    for title in ("制度落实情况统计表", "为社区解决问题情况统计表"):
        clerk.tap(clerk.page.get_by_role("link", name=re.compile(title)))
        assert re.search(r"20\d\d年第[1-4]季度", clerk.page.locator("main").inner_text())
        assert clerk.download("PDF").startswith(b"%PDF")
        if title.startswith("制度"):
            clerk.tap(clerk.page.locator("main").get_by_role("link", name="上报统计表"))
    clerk.tap("工作报告")
    clerk.tap(clerk.page.get_by_role("button", name=re.compile("起草.*工作总结")))
    assert clerk.sees(UNIT)
    clerk.tap("报送")
    clerk.tap("报送")
    assert clerk.sees("已报送")
    print(f"{time.monotonic() - began:.1f} s, {clerk.taps} taps, {clerk.fields} fields")
    assert clerk.taps <= MOST_TAPS
    assert clerk.fields == 0, "no figure is typed, and nothing else"

    street.sit(street_session)
    street.open("/")
    assert street.sees("工作报告待签收")
    street.tap("查看报告")
    street.tap(street.page.get_by_role("link", name=UNIT, exact=True))
    number = street.page.locator("main a[href*='/services/']").first
    counted = int(number.inner_text())
    street.tap(number)
    rows = street.page.locator("main tbody tr")
    assert rows.count() == min(counted, 50)
    street.tap(rows.locator("a[href*='/records/']").first)
    assert "/records/" in street.page.url


def test_a_table_nobody_coded_is_made_in_the_browser_and_printed(walk: Walk, city: City) -> None:
    secretary = walk("desk")
    (session,) = city.done(("session", "戴文"))
    secretary.sit(session)
    secretary.open("/settings/tables/")
    secretary.tap("新建统计表")
    secretary.page.get_by_label("表名").fill("报到与服务对照表")
    lines = (("报到", "已报到党员数"), ("人均次数", "=服务人次/报到"))
    for at, (heading, formula) in enumerate(lines, start=1):
        secretary.page.locator(f"#id_heading_{at}").fill(heading)
        secretary.page.locator(f"#id_formula_{at}").fill(formula)
    secretary.tap("预览")
    assert secretary.sees("人均次数")
    secretary.tap("保存统计表")
    secretary.tap("统计表")
    secretary.tap("上报统计表")
    secretary.tap("报到与服务对照表")
    assert secretary.download("PDF").startswith(b"%PDF")


def test_a_community_answers_a_district_with_two_fields(walk: Walk, city: City) -> None:
    community, district = walk("phone"), walk("desk")
    mine, above = city.done(("session", "安静"), ("session", "范立"))
    community.sit(mine)
    community.open("/today/")
    community.tap("去填报")
    community.fill("走访慰问困难党员人数", "5")
    community.fill("需要上级帮助解决的问题", "无")
    community.fill("签发人", "安静")
    community.is_whole()
    community.tap("报送")
    assert community.sees("走访慰问困难党员人数")
    assert community.fields == 3
    district.sit(above)
    for path in ("/requests/new/", "/burden/"):
        district.open(path)
        district.is_whole()
    district.tap("工作报告")
    district.tap("报送要求")
    district.tap("困难党员走访慰问情况")
    district.is_whole()
    assert district.sees("已报 2 个")
