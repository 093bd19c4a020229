"""评优 in a browser: a list is in publicity, an objection is upheld and the list says so; another
is issued with its number, and a certificate of it is verified by whoever has the paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]


def _round(walker: Walker, title: str) -> Locator:
    """The round of this kind in the list of rounds."""
    return walker.page.locator("tbody a", has_text=title).first


def test_a_list_is_objected_to_and_changed_and_another_is_final(walk: Walk, city: City) -> None:
    member, secretary = walk("phone"), walk("desk")
    member.enter("qiumin")
    member.open("/me/honours/")
    assert member.sees("最美在职党员")
    member.tap("提出异议")
    member.fill("异议内容和依据", "我只参加了两次，不够评选条件")
    member.tap(member.page.locator("main button[type=submit]").first)
    assert member.sees("仇敏")

    secretary.enter("linyue")
    secretary.open("/honours/")
    secretary.tap(_round(secretary, "最美在职党员"))
    secretary.tap("答复")
    secretary.fill("核实情况", "经核实，本人说明属实。")
    secretary.tap(secretary.page.get_by_label("本次未入选"))
    secretary.tap(secretary.page.locator("main button[type=submit]").first)
    assert secretary.sees("异议成立")
    member.open("/honours/list/")
    member.tap("查看")
    assert member.sees("名单已作调整：减少1个")
    assert not member.sees("仇敏")

    secretary.open("/honours/")
    secretary.tap(_round(secretary, "共驻共建先进党组织"))
    secretary.tap("公布名单")
    secretary.tap(secretary.page.locator("main button[type=submit]").first)
    assert secretary.sees("已公布")
    assert re.search(r"〔20\d\d〕\d{3}号", secretary.page.inner_text("main"))
    secretary.tap(secretary.page.locator("main table tbody a").first)
    secretary.tap("荣誉证书")
    assert secretary.sees("扫码核验本证书的真伪")
    stranger = walk("phone")
    stranger.open(f"/v/{city.last_paper('honour-certificate')}/")
    assert stranger.sees("荣誉证书")
    assert stranger.sees("核验有效，文书真实")
    assert member.violations + secretary.violations == []
