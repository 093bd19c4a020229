"""A member's own copy: every slice's part of it, nobody else's, in both forms and on the page."""

import json
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from baodao.appraisal.commands.objections import object_to
from baodao.statements.commands.disputes import dispute
from tests.appraisal import steps as feedback
from tests.commitments.steps import committed
from tests.honours import steps as honours
from tests.offers import steps as offers
from tests.registration import steps as registration
from tests.registration.browsing import browser
from tests.statements.steps import stated
from tests.world import World

KINDS = (
    *("个人信息", "组织关系", "报到", "认领", "公开承诺"),
    *("服务纪实", "本人填报", "异议", "反馈卡", "对反馈卡的异议", "我的评优评议"),
)
PAPERS = "开具的关于您的文书"


@pytest.fixture
def lived(world: World) -> World:
    """A year of Chen's, with everything that can be kept about somebody, and a colleague's."""
    chen, other = world.people["chen"], registration.members(world, 1)[0]
    feedback.registered(world, chen, other)
    offers.claimed(offers.published(world), world.actor("chen"), offers.actor_for(other))
    committed(world.actor("chen"))
    made = feedback.served(world)
    feedback.served(world, other)
    stated(world, minutes=45)
    dispute(world.actor("chen"), community_id=made.community_id, record_id=made.id, text="少记了")
    for card in feedback.signed(world):
        if card.person_id == chen.pk:
            object_to(world.actor("chen"), card_id=card.pk, text="少记一次")
    honours.final(world, honours.published(world, "deng", "陈晓宇"))
    return world


def test_the_copy_holds_everything_about_oneself_and_nobody_else(lived: World) -> None:
    made = browser(lived, "chen").get("/me/copy.json")
    copy = json.loads(made.content)
    papers = copy.pop(PAPERS)
    assert {kind: len(rows) for kind, rows in copy.items() if rows} == dict.fromkeys(KINDS, 1)
    named = [paper["文书"] for paper in papers]
    assert named[:3] == ["在职党员报到介绍信", "在职党员报到介绍信回执", "社区在职党员报到登记卡"]
    assert sorted(named[3:]) == ["在职党员社区表现反馈卡", "荣誉证书"], "the card is of 2026"
    assert "姓名：陈晓宇" in papers[0]["所列内容"]
    assert "199****1234" in papers[0]["所列内容"]
    assert copy["个人信息"][0]["姓名"] == "陈晓宇"
    assert copy["认领"][0]["服务项目"] == "楼道清洁"
    assert copy["服务纪实"][0]["时长（分钟）"] == 60
    assert copy["反馈卡"][0]["评价意见"] == feedback.LINE
    assert copy["对反馈卡的异议"][0]["异议"] == "少记一次"
    assert "党员甲" not in made.content.decode()


def test_the_workbook_has_a_sheet_for_each_and_the_page_shows_the_same(lived: World) -> None:
    chen = browser(lived, "chen")
    book = CalamineWorkbook.from_filelike(BytesIO(chen.get("/me/copy.xlsx").content))
    assert book.sheet_names == [*KINDS, PAPERS]
    page = chen.get("/me/records/").content.decode()
    assert [kind for kind in KINDS if f"<h2>{kind}</h2>" not in page] == []


@pytest.mark.parametrize("address", ["records/", "copy.json", "copy.xlsx"])
def test_only_a_member_has_one(world: World, address: str) -> None:
    assert browser(world, "chen").get(f"/me/{address}").status_code == 200
    assert browser(world, "an").get(f"/me/{address}").status_code == 404
