"""The pages for who has not reported: the list, reminders, letters for who has none."""

import re
from uuid import uuid4

from baodao.registration.models import Letter, Registration
from tests.registration import steps
from tests.registration.browsing import browser, text
from tests.world import World


def test_the_same_form_twice_issues_once(world: World) -> None:
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "ids": [world.people["chen"].pk]}
    clerk.post("/letters/issue/", body)
    clerk.post("/letters/issue/", body)
    assert Letter.objects.count() == 1


def test_a_chosen_community_is_found_by_its_name(world: World) -> None:
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "ids": [world.people["chen"].pk], "community": "北门社区"}
    clerk.post("/letters/issue/", body)
    assert Registration.objects.get().community == world.north


def test_an_unknown_community_is_refused_beside_the_field(world: World) -> None:
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "ids": [world.people["chen"].pk], "community": "没有社区"}
    page = text(clerk.post("/letters/issue/", body))
    assert "没有可选的组织“没有社区”" in page
    assert Letter.objects.count() == 0


def test_who_cannot_be_done_is_named_with_the_reason(world: World) -> None:
    steps.issued(world)
    others = steps.members(world, 1)
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "ids": [world.people["chen"].pk, others[0].pk]}
    page = text(clerk.post("/letters/issue/", body, follow=True))
    assert "已开出 1 封介绍信" in page
    assert "陈晓宇（第一党支部）：" in page


def test_a_member_of_another_unit_cannot_get_a_letter_here(world: World) -> None:
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "ids": [world.people["hao"].pk]}
    assert clerk.post("/letters/issue/", body).status_code == 404
    assert Letter.objects.count() == 0


def test_the_check_list_says_why_and_narrows(world: World) -> None:
    steps.submitted(world)
    steps.members(world, 2, world.second)
    clerk = browser(world, "dai")
    page = text(clerk.get("/check-list/"))
    assert "2 名党员未报到" in page
    assert "另有 1 名正等社区接收" in page
    assert "待社区接收" in page
    narrowed = text(clerk.get("/check-list/?reason=waiting"))
    assert "陈晓宇" in narrowed
    assert "党员甲" not in narrowed
    assert "没有符合条件" in text(clerk.get("/check-list/?q=zzz"))


def test_filters_of_the_check_list_are_called_as_their_columns(world: World) -> None:
    steps.members(world, 2, world.second)
    page = text(browser(world, "dai").get("/check-list/"))
    heads = set(re.findall(r'<th scope="col">([^<]+)</th>', page))
    filters = re.findall(r'for="(?:branch|reason|lives)">([^<]+)<', page)
    chosen = re.findall(r'<option value="">([^<]+)：全部</option>', page)
    assert len(filters) == 3
    assert filters == chosen
    assert set(filters) <= heads


def test_the_check_list_is_exported(world: World) -> None:
    made = browser(world, "dai").get("/check-list/?export=xlsx")
    assert "spreadsheetml" in made["Content-Type"]


def test_a_reminder_names_who_gets_none(world: World) -> None:
    steps.issued(world)
    others = steps.members(world, 1)
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "ids": [world.people["chen"].pk, others[0].pk]}
    page = text(clerk.post("/check-list/remind/", body, follow=True))
    assert "将提醒 1 人" in page
    assert "党员甲（第一党支部）：" in page


def test_all_of_the_filter_are_reminded_and_not_only_the_page(world: World) -> None:
    persons = steps.members(world, 120)
    for person in persons[:110]:
        steps.issued(world, person)
    clerk = browser(world, "dai")
    page = text(clerk.get("/check-list/?reason=not-presented"))
    assert "本列表全部 110 条" in page
    address = "/check-list/remind/?reason=not-presented"
    sent = clerk.post(address, {"client_id": uuid4(), "all": "1"}, follow=True)
    assert sent.redirect_chain == [("/check-list/?reason=not-presented", 302)]
    assert "将提醒 110 人" in text(sent)
