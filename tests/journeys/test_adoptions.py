"""Policies in a browser: a stricter one that the unit's secretary adopts where the city allows;
and one of a district's own, begun with what the manual teaches, tried on last year and adopted.
Whoever it is about sees what follows of it."""

import re
from collections.abc import Callable

import pytest

from tests.environment import ROOT
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
NAME = "机关党委志愿服务要求"
UNIT = "东岸区城建局机关党委"
TEXT = f"""format: 1
name: {NAME}
amounts:
  services: {{count: service, label: 志愿服务}}
  hours: {{count: service, label: 服务时长, worth: {{hour: 1}}}}
  projects: {{count: project, label: 认领服务项目, unit: 个, once: offer}}
outcome:
  pass:
    all:
      - {{amount: services, at_least: 1, every: half-year}}
      - {{amount: hours, at_least: 300}}
      - {{amount: projects, at_least: 1}}
"""


def test_a_unit_adopts_a_stricter_policy_and_each_sees_what_follows(walk: Walk, city: City) -> None:
    desk, member = walk("desk"), walk("phone")
    city.done(("policy_of_unit", "daiwen", TEXT))
    desk.enter("daiwen")
    desk.open("/adoptions/")
    desk.tap(desk.page.get_by_label(f"采用 {NAME}"))
    assert desk.sees("要求不得低于它")
    desk.fill("依据文件", "机党发〔2026〕3号")
    desk.tap(desk.page.locator("main button[type=submit]").first)
    assert desk.sees("要求不低于上级办法")
    city.done(("night_of_policies",))
    for seat in ("daiwen", "wenqiao"):
        desk.enter(seat)
        desk.open("/adoptions/")
        desk.tap(desk.page.get_by_role("link", name=NAME).first)
        assert desk.sees("要求 300 小时"), seat
    for seat in ("anjing", "fanli"):
        desk.enter(seat)
        desk.open("/adoptions/")
        assert not desk.sees(NAME), seat
        desk.tap(desk.page.get_by_role("link", name="每半年至少一次、全年至少 10 小时").first)
        assert desk.sees("人达到要求"), seat
    member.enter("chenxiaoyu")
    member.open("/me/today/")
    member.tap(member.page.get_by_role("link", name=NAME).first)
    assert member.sees("要求 300 小时")
    assert member.sees("服务时长")
    assert desk.violations + member.violations == []


def _text_of_the_manual() -> str:
    """The district's policy that the manual writes: services, and hours or activities."""
    page = (ROOT / "docs/manual/supervisor/policies.md").read_text()
    return str(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[1])


def test_a_district_writes_its_own_policy_and_each_sees_what_follows(
    walk: Walk, city: City
) -> None:
    desk, member = walk("desk"), walk("phone")
    name = "东岸区在职党员服务办法"
    desk.enter("fanli")
    desk.open("/policies/")
    desk.tap("起草办法")
    desk.fill("办法正文", _text_of_the_manual())
    desk.tap("查看说明")
    assert desk.sees("每半年志愿服务不少于 1 次")
    desk.picture("supervisor/policy")
    desk.tap("保存")
    desk.tap("用记录试算")
    desk.tap(desk.page.locator("main button[type=submit]").first)
    desk.waits_for(f"{UNIT} 机关党支部")
    desk.tap("采用")
    desk.fill("依据文件", "东岸组发〔2026〕8号")
    desk.tap(desk.page.get_by_label("本办法的要求不低于上级办法"))
    desk.tap(desk.page.locator("main button[type=submit]").first)
    assert desk.sees("已采用")
    member.sit(city.done(("night_of_policies",), ("member_received", UNIT, "柳荫社区"))[1])
    member.open("/me/today/")
    member.tap(member.page.get_by_role("link", name=name).first)
    assert member.sees("志愿服务")
    assert member.sees("服务时长")
    for session in city.done(("session", "龚志国"), ("session", "安静"), ("session", "范立")):
        desk.sit(session)
        desk.open("/adoptions/")
        desk.tap(desk.page.get_by_role("link", name=name).first)
        assert desk.sees("人达到要求")
    assert desk.violations + member.violations == []
