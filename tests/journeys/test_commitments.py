"""承诺 in a browser: a member commits with few taps, agrees, and takes it back."""

from collections.abc import Callable

import pytest

from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
TAPS_TO_COMMIT = 4
"""From the first page: My commitment, Commit, one tick, Commit."""


def test_a_member_commits_agrees_and_takes_it_back(walk: Walk, city: City) -> None:
    member, worker = walk("phone"), walk("desk")
    member.enter("qiumin")
    member.open("/me/today/")
    before = member.taps
    member.tap("我的承诺")
    member.tap("作出承诺")
    member.tap(member.page.get_by_label("同意在社区公示我的姓名和承诺。"))
    member.tap(member.page.locator("main button[type=submit]").first)
    assert member.taps - before == TAPS_TO_COMMIT
    assert member.sees("不少于6次")

    worker.enter("anjing")
    worker.open("/commitments.html")
    assert worker.sees("仇敏")
    member.tap("撤回同意")
    worker.open("/commitments.html")
    assert not worker.sees("仇敏")
    assert member.violations + worker.violations == []
