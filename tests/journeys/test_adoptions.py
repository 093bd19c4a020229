"""A stricter policy in a browser: the unit's secretary adopts it where the city allows; member and
unit see what follows of it, community and district what follows of the city's."""

from collections.abc import Callable

import pytest

from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
NAME = "机关党委志愿服务要求"
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
