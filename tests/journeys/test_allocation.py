"""均衡调配 in a browser: a district adopts half of a proposal and sees the weak places helped."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

HELPED = re.compile(r"(\d+) 个薄弱社区中，(\d+) 个已增加力量")


def _helped(district: Walker) -> tuple[int, int]:
    """How many communities are weak, and how many of them have more helpers than before."""
    match = HELPED.search(district.page.locator("h1").inner_text())
    assert match is not None
    weak, helped = match.groups()
    return int(weak), int(helped)


def test_a_district_adopts_half_of_a_proposal_and_sees_the_weak_places_helped(
    walk: Callable[..., Walker], city: City
) -> None:
    district = walk("desk")
    district.enter("fanli")
    district.tap("均衡调配")
    district.tap("测算方案")
    district.tap(district.page.get_by_label("重点考虑").first)
    district.tap("开始测算")
    district.waits_for("方案效果")
    weak, helped = _helped(district)
    assert (weak > 1, helped) == (True, 0)
    boxes = district.page.locator("input[name=ids]")
    rows = boxes.count()
    for number in range(1, rows, 2):
        boxes.nth(number).check()
    district.tap("采纳勾选的")
    assert district.sees(f"已采纳 {rows // 2} 条并发出邀请")
    assert city.done(("agreed_and_received",)) == [rows // 2]
    district.page.reload()
    assert _helped(district)[1] > 0
    assert district.sees("已同意")
    assert district.sees("未采纳")
    district.picture("supervisor/allocation")
