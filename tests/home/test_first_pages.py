"""The first page of each role: what waits, with its number, and nothing of anybody else's."""

import re

import pytest
from django.test import Client

from baodao.accounts.commands.switches import propose_switch
from baodao.accounts.rules import UNIT_ORDER
from baodao.home.queries.days import day_of, served_this_year
from baodao.home.queries.units import served_by_branch
from baodao.home.tables.days import tasks_of
from baodao.home.tables.tasks import FIRST, NextAct, Task, WaitingTasks
from baodao.kernel import clock
from baodao.needs.commands.requests import collect
from baodao.needs.rules.requests import NeedFacts
from baodao.statements.queries.statements import waiting_statements
from tests.ledger import steps as ledger
from tests.offers import steps as offers
from tests.people.steps import proposed
from tests.permissions.cast import BACKEND
from tests.registration import steps as registration
from tests.statements.steps import stated
from tests.world import World


def opened(world: World, name: str, address: str) -> str:
    """The page as that person sees it; a 404 is an empty string."""
    client = Client()
    client.force_login(world.accounts[name], backend=BACKEND)
    answer = client.get(address)
    assert answer.status_code in (200, 404)
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.fixture
def busy(world: World) -> World:
    """In An's community: a letter, a claim, a statement and a need wait."""
    [member] = offers.registered(world, 1)
    offers.claimed(offers.published(world, "post"), member)
    ledger.hosted(world)
    stated(world)
    collect(
        world.actor("an"),
        community_id=world.willow.pk,
        facts=NeedFacts("路灯不亮，晚上不好走", "patrol", urgency="urgent"),
    )
    registration.submitted(world, registration.members(world, 1)[0])
    return world


def test_today_tells_each_thing_that_waits_with_its_number(busy: World) -> None:
    day = day_of(busy.actor("an"), busy.willow)
    told = [(task.number, task.act.url) for task in tasks_of(day)]
    assert (1, "/desk/") in told
    assert (1, "/offers/claims/") in told
    assert (1, "/records/statements/") in told
    assert (1, f"/needs/{day.unhelped[0].pk}/") in told
    assert [need.text for need in day.unhelped] == ["路灯不亮，晚上不好走"]


def test_the_community_next_door_has_nothing_to_do(busy: World) -> None:
    assert tasks_of(day_of(busy.actor("bao"), busy.willow)) == []
    page = opened(busy, "an", "/today/")
    assert "路灯不亮" in page
    month = f"{clock.today():%Y-%m}"
    assert f'href="/records/?month={month}"' in page, "who served this month opens to this month"
    assert "路灯不亮" not in opened(busy, "bao", "/today/")
    assert opened(busy, "deng", "/today/") == ""


def test_an_activity_that_nobody_claimed_is_told_as_one_and_not_as_nobody(world: World) -> None:
    offers.published(world, title="楼道清扫")
    with clock.at(offers.hour(8)):
        page = opened(world, "an", "/today/")
    assert "没有人认领的活动待登记：楼道清扫" in page
    assert "人的活动待登记：楼道清扫" not in page.replace("没有人认领的活动待登记", "")


def test_what_was_done_waits_no_longer(busy: World) -> None:
    before = {task.act.url for task in tasks_of(day_of(busy.actor("an"), busy.willow))}
    client = Client()
    client.force_login(busy.accounts["an"], backend=BACKEND)
    waiting = waiting_statements(busy.actor("an"), busy.willow)
    client.post("/records/statements/confirm/", {"ids": [str(row.pk) for row in waiting]})
    after = {task.act.url for task in tasks_of(day_of(busy.actor("an"), busy.willow))}
    assert before - after == {"/records/statements/"}


def test_a_member_s_year_is_their_own_records_and_claims(world: World) -> None:
    chen = offers.chen(world)
    offers.claimed(offers.published(world), chen)
    today = clock.today()
    ledger.recorded(world, ledger.entry(world.people["chen"].pk, served_on=today, minutes=90))
    ledger.recorded(world, ledger.entry(world.people["hao"].pk, served_on=today))
    served = served_this_year(world.actor("chen"))
    assert (served.records, served.minutes) == (1, 90)
    page = opened(world, "chen", "/me/today/")
    assert "今年已服务 1 次 · 1 小时 30 分钟" in page
    assert "楼道清洁" in page
    assert opened(world, "an", "/me/today/") == ""


def test_a_unit_sees_the_hours_of_its_branches_and_of_no_other(world: World) -> None:
    today = clock.today()
    ledger.recorded(world, ledger.entry(world.people["chen"].pk, served_on=today, minutes=150))
    ledger.recorded(world, ledger.entry(world.people["hao"].pk, served_on=today))
    served = served_by_branch(world.actor("deng"), world.bureau).answer()
    assert {branch: (one.persons, one.minutes) for branch, one in served.items()} == {
        world.first.pk: (1, 150)
    }
    assert "2.5" in opened(world, "deng", "/unit/")
    assert opened(world, "an", "/unit/") == ""


def test_a_unit_sees_who_waits_to_be_taken_in_and_which_of_its_own_wait(world: World) -> None:
    assert "/people/transfers/" not in opened(world, "dai", "/unit/").split("<main")[-1]
    proposed(world)
    assert "1 名党员待接收" in opened(world, "lin", "/unit/")
    giving = opened(world, "dai", "/unit/")
    assert "本单位 1 名党员待对方单位接收" in giving
    assert "名党员待接收" not in giving


def test_the_papers_of_a_member_are_on_a_page_of_their_own(world: World) -> None:
    registration.accepted(world)
    page = opened(world, "chen", "/me/")
    assert "回执" in page
    assert "您在社区参加的服务登记后会自动显示在这里" in page
    assert opened(world, "gu", "/me/") == ""


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/today/", "今日"),
        ("/records/statements/", "服务纪实"),
        ("/offers/claims/", "服务供给"),
        ("/tables/service/{code}/", "统计表"),
    ],
)
def test_the_menu_of_a_desk_marks_where_one_is(world: World, address: str, marked: str) -> None:
    page = opened(world, "an", address.format(code=world.willow.code))
    menu = page.split('class="side-menu"')[1].split("</nav>")[0]
    assert re.findall(r'aria-current="page">([^<]+)<', menu) == [marked]


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/me/today/", "首页"),
        ("/me/", "我的"),
        ("/me/services/", "我的"),
        ("/me/claims/", "我的"),
        ("/find/", "找服务"),
    ],
)
def test_the_bar_of_a_member_marks_where_they_are(world: World, address: str, marked: str) -> None:
    page = opened(world, "chen", address)
    [here] = re.findall(r'aria-current="page">([^<]+)<', page)
    assert here == marked


def test_the_papers_are_listed_for_units_and_communities_with_blank_ones(world: World) -> None:
    for name in ("dai", "an"):
        assert "/papers/blank/introduction-letter.pdf" in opened(world, name, "/papers/")
        assert "在职党员报到介绍信" in opened(world, name, "/papers/blank/introduction-letter.html")
    for name in ("fan", "chen", "gu", "su"):
        assert opened(world, name, "/papers/") == ""


def test_a_blank_table_has_the_columns_of_the_level_of_who_prints_it(world: World) -> None:
    address = "/papers/blank/registration-table.html"
    assert "党员所在单位" in opened(world, "an", address)
    assert "所属党员总数" in opened(world, "dai", address)


def test_an_administrator_is_told_first_what_waits_for_them(world: World) -> None:
    page = opened(world, "sun", "/administration/")
    assert re.search(r"<h1>\d 件事等您处理", page)
    assert 'class="btn btn-primary" href="/health/"' in page, "no backup was ever made"
    assert "现在没有要处理的事" in opened(world, "shen", "/administration/")
    propose_switch(
        world.actor("sun"),
        key=UNIT_ORDER,
        organisation_id=world.east.pk,
        basis="区委文件",
        approver="王书记",
        ends_on=clock.today(),
    )
    page = opened(world, "shen", "/administration/")
    assert "1 件事等您处理" in page
    assert 'class="btn btn-primary" href="/switches/"' in page
    assert "btn-primary" not in opened(world, "su", "/administration/").split("<main")[-1]


def line(words: str, *, pressing: bool = True, due: bool = False) -> Task:
    return Task(1, words, "", NextAct("", ""), pressing=pressing, due=due)


def test_a_first_page_shows_the_most_urgent_and_folds_the_rest_with_its_number() -> None:
    later = [line(f"later {number}", pressing=False) for number in range(4)]
    awaited = [line(f"awaited {number}") for number in range(FIRST)]
    waiting = WaitingTasks.of([*later, *awaited, line("today", pressing=False, due=True)])
    assert [task.words for task in waiting.first] == [
        "today",
        *(task.words for task in awaited[:-1]),
    ]
    assert [list(group.tasks) for group in waiting.folds] == [awaited[-1:], later]
    few = WaitingTasks.of(awaited)
    assert (list(few.first), list(few.folds)) == (awaited, [])
