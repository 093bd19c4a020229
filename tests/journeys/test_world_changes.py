"""The world changes: a street is reorganised, two communities merge, a unit is renamed and another
dissolved, members change units, one dies and one identity number is corrected.

The tests run in order: what was printed, counted and posted before is looked at again on the day on
which everything changes, and a day later, after the work of a night.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from baodao.demo.places import codes
from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.readings import (
    Figures,
    acts,
    figures,
    letters,
    opened,
    papers,
    statuses,
    table,
)
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
GONE, HEIR = "北门社区", "松风社区"
GONE_WORKER, HEIR_WORKER = "单文静", "乐海燕"
UNIT, NEW_NAME = "市发展委机关党委", "市发展改革委机关党委"
MOVED, FROM, STREET = "槐安社区", "柳荫街道", "望江里街道"
HOST, HOST_NOW, HOST_WORKER = "和顺路社区", "和顺里社区", "翟素贞"
DISSOLVED, ITS_CLERK = "西岸区文化馆党总支", "严若曦"
TAKER, TAKER_CLERK = "滨河市第二中学党总支", "彭秀英"
COMMISSION_MEMBER, THE_DEAD, THE_MERGED = "仇敏", "黎海娜", "蒋秀英"
CLERK, SECRETARY_ELSEWHERE, CLERK_ELSEWHERE = "邓敏", "武景行", "曾宁"
STAFF = (
    CLERK,
    CLERK_ELSEWHERE,
    SECRETARY_ELSEWHERE,
    HOST_WORKER,
    GONE_WORKER,
    HEIR_WORKER,
    ITS_CLERK,
    TAKER_CLERK,
    COMMISSION_MEMBER,
)
CODES = codes()
LEVELS = ("滨河市", "东岸区", "西岸区", FROM, STREET)
"""The places whose supervisors compare their tables before, on and after the day."""
OPENED = ("东岸区", FROM, STREET)
"""Those who open the numbers as well."""
HREFS = "links => [...new Set(links.map(one => one.getAttribute('href')))]"
COUNTED = ("registered", "hosted")
"""The numbers that they open."""
BEFORE: dict[str, Any] = {}
"""What somebody wrote down before anything changed."""
ON_THE_DAY: dict[str, Any] = {}
"""What they wrote down when everything had changed."""
LATER: dict[str, str] = {}
"""Where the same city is seen a day later."""


def before() -> str:
    """The last day on which nothing had changed."""
    return f"{clock.today() - timedelta(days=1)}"


def person(walker: Walker, name: str) -> None:
    """The page of a member of a unit or community that the walker works for or once did."""
    walker.open(f"/persons/{BEFORE['people'][name]}/")


def organisation(administrator: Walker, name: str) -> None:
    """The page of an organisation, found in the list."""
    administrator.open(f"/organisations/?q={name}")
    administrator.tap(administrator.page.get_by_role("link", name=name, exact=True).first)


def rows_of(supervisor: Walker, place: str, as_of: str = "") -> Mapping[str, list[str]]:
    """The rows behind the numbers of the table that is open, of those who open them."""
    return opened(supervisor, COUNTED, as_of) if place in OPENED else {}


def test_what_is_counted_and_printed_before(walk: Walk, city: City) -> None:
    sessions = city.done(
        *(("session", name) for name in STAFF), *(("supervisor", place) for place in LEVELS)
    )
    BEFORE["sessions"] = dict(zip((*STAFF, *LEVELS), sessions, strict=True))
    supervisor = walk("desk")
    for place in LEVELS:
        supervisor.sit(BEFORE["sessions"][place])
        BEFORE[place, "now"] = figures(table(supervisor, CODES[place]))
        BEFORE[place] = table(supervisor, CODES[place], before())
        BEFORE[place, "rows"] = rows_of(supervisor, place)
        assert re.search(r"[1-9]", BEFORE[place])
    assert DISSOLVED in BEFORE["西岸区"]
    BEFORE["poster"] = city.residents_page_of(GONE)


def test_letters_and_the_four_papers_of_one_member_are_issued_before(
    walk: Walk, city: City
) -> None:
    holding, BEFORE["served"], commission, culture, BEFORE["letters"] = city.done(
        ("papers", HOST, HOST_WORKER),
        ("minutes", DISSOLVED),
        ("members", UNIT),
        ("members", DISSOLVED),
        ("letters", UNIT, COMMISSION_MEMBER, THE_DEAD, THE_MERGED),
    )
    BEFORE["holder"], BEFORE["papers"] = holding
    BEFORE["people"] = {**commission, **culture}
    worker, clerk, member = walk("desk"), walk("desk"), walk("phone")
    worker.sit(BEFORE["sessions"][HOST_WORKER])
    BEFORE["words"] = papers(worker, BEFORE["papers"])
    clerk.sit(BEFORE["sessions"][CLERK])
    BEFORE["printed"] = letters(clerk, BEFORE["letters"])
    assert all(UNIT in words for words in BEFORE["printed"])
    assert GONE in BEFORE["printed"][2]
    member.sit(BEFORE["sessions"][COMMISSION_MEMBER])
    member.open("/me/")
    BEFORE["hours"] = member.page.get_by_text("今年已服务").first.inner_text()
    assert HOST in BEFORE["words"]["receipt printed"]
    assert HOST in BEFORE["words"]["card verified"]


def test_a_community_is_merged_after_a_look_at_what_happens(walk: Walk) -> None:
    administrator = walk("desk")
    administrator.enter("sunqiming")
    organisation(administrator, GONE)
    administrator.tap("改名、移动、合并、拆分、撤销")
    administrator.tap("合并")
    administrator.fill("由谁承接", HEIR)
    administrator.tap("预览")
    administrator.picture("administrator/reorganisation")
    administrator.fill("理由", "社区合并，街道文件〔2026〕8 号")
    administrator.tap("确认办理")
    assert administrator.sees(HEIR)
    assert administrator.fields == 2


def test_a_street_is_reorganised_and_people_change_units(walk: Walk, city: City) -> None:
    city.done(("moved", MOVED, STREET), ("renamed", HOST, HOST_NOW), ("renamed", UNIT, NEW_NAME))
    clerk = walk("desk")
    clerk.sit(BEFORE["sessions"][CLERK])
    clerk.open(f"/people/{BEFORE['people'][COMMISSION_MEMBER]}/transfer/")
    assert clerk.sees(NEW_NAME)
    propose(clerk)
    clerk.sit(BEFORE["sessions"][ITS_CLERK])
    first = next(iter(BEFORE["served"]))
    clerk.open(f"/people/{BEFORE['people'][first]}/transfer/")
    propose(clerk)
    receiver = walk("desk")
    receiver.sit(BEFORE["sessions"][TAKER_CLERK])
    for _ in range(2):
        receiver.open("/people/transfers/")
        receiver.tap(receiver.page.get_by_role("link", name="接收", exact=True).first)
        receiver.page.get_by_label("党支部").first.select_option(index=1)
        receiver.tap("接收")
        assert receiver.sees("这名党员现已属于你单位")
    [count] = city.done(("all_transferred", DISSOLVED, ITS_CLERK, TAKER, TAKER_CLERK))
    assert count == 14


def propose(clerk: Walker) -> None:
    """The member of this page goes to the unit that takes everybody."""
    clerk.fill("转往单位", TAKER)
    clerk.fill("自何日起", f"{clock.today():%Y-%m-%d}")
    clerk.tap("提出转出")


def test_a_unit_without_members_is_dissolved(walk: Walk) -> None:
    administrator = walk("desk")
    administrator.enter("sunqiming")
    organisation(administrator, DISSOLVED)
    administrator.tap("改名、移动、合并、拆分、撤销")
    administrator.tap("撤销")
    administrator.picture("administrator/dissolution")
    administrator.fill("理由", "机构改革，职责并入学校")
    administrator.tap("确认办理")
    assert administrator.sees("已停用")


def test_one_dies_and_nothing_is_asked_of_them(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.sit(BEFORE["sessions"][CLERK])
    clerk.open(f"/people/{BEFORE['people'][THE_DEAD]}/departure/")
    clerk.tap("去世")
    clerk.fill("日期", f"{clock.today():%Y-%m-%d}")
    clerk.tap("登记")
    person(clerk, THE_DEAD)
    assert clerk.sees(THE_DEAD)
    assert acts(clerk) == [], "papers as they were issued, and no act"


def test_a_number_is_put_right_by_two(walk: Walk, city: City) -> None:
    [number] = city.done(("another_number",))
    clerk, secretary = walk("desk"), walk("desk")
    clerk.sit(BEFORE["sessions"][CLERK_ELSEWHERE])
    clerk.open(f"/people/{BEFORE['holder']}/identity/")
    clerk.fill("证件上的身份证号", number)
    clerk.fill("原号码为何有误", "名册录入错误")
    clerk.fill("号码依据", "查看身份证原件")
    clerk.tap("提出更正")
    assert clerk.sees("尚未提出")
    clerk.tap("提出更正")
    secretary.sit(BEFORE["sessions"][SECRETARY_ELSEWHERE])
    secretary.open("/people/corrections/")
    secretary.tap("确认")
    secretary.fill("证件上的身份证号", number)
    secretary.tap("确认")
    assert secretary.sees("号码已更正")


def test_the_figures_of_today_are_right(walk: Walk) -> None:
    """柳荫街道 gave 槐安社区 with its 18 members to 望江里街道; of 听松街道 one community is gone
    and one of its members died; 第二中学 took in the 15 of the dissolved unit, of whom 13 serve
    and all those are registered, and one of the commission who is registered, too."""
    supervisor = walk("desk")
    for place in LEVELS:
        supervisor.sit(BEFORE["sessions"][place])
        assert table(supervisor, CODES[place], before()) == BEFORE[place], "it stays as it was"
        ON_THE_DAY[place] = table(supervisor, CODES[place])
        ON_THE_DAY[place, "rows"] = rows_of(supervisor, place)
    assert DISSOLVED not in ON_THE_DAY["西岸区"]
    then, now = BEFORE["东岸区", "now"], figures(ON_THE_DAY["东岸区"])
    taken = [16, 14, 14, 14, 14, 0, 0, 0, 0, 0]
    assert differences(then, now, TAKER) == taken
    assert differences(then, now, FROM) == [-18, 0, 0, -1, 0]
    assert differences(then, now, STREET) == [18, 0, 0, 1, 0]
    assert differences(then, now, "听松街道") == [-1, 0, 0, -1, 0]


def differences(then: Figures, now: Figures, name: str) -> list[int]:
    """By how much each number of a row has grown."""
    return [new - old for old, new in zip(then[name], now[name], strict=True)]


def test_every_paper_says_and_verifies_what_it_said(walk: Walk) -> None:
    worker = walk("desk")
    worker.sit(BEFORE["sessions"][HOST_WORKER])
    worker.open("/today/")
    assert worker.sees(HOST_NOW)
    assert papers(worker, BEFORE["papers"]) == BEFORE["words"]


def test_the_worker_of_what_is_gone_has_no_power_and_the_successors_has(walk: Walk) -> None:
    former, worker = walk("desk"), walk("desk")
    former.sit(BEFORE["sessions"][GONE_WORKER])
    path = f"/persons/{BEFORE['people'][THE_MERGED]}/"
    assert statuses(former, path, "/members/", "/records/enter/") <= {403, 404}
    worker.sit(BEFORE["sessions"][HEIR_WORKER])
    worker.open(path)
    assert worker.sees("已报到")
    worker.open(f"/records/enter/?q={THE_MERGED}")
    worker.page.locator("main input[name=ids]").first.check()
    worker.fill("服务时长", "1.5 小时")
    worker.choose("服务类型", "便民服务")
    worker.tap("登记")
    assert worker.sees("已登记 1")
    worker.open(path)
    assert worker.sees(f"{HEIR} · ")


def test_who_changed_units_sees_the_new_one_and_keeps_the_hours(walk: Walk, city: City) -> None:
    member, receiver, former = walk("phone"), walk("desk"), walk("desk")
    member.sit(BEFORE["sessions"][COMMISSION_MEMBER])
    member.open("/me/")
    assert member.sees(TAKER)
    assert member.sees(BEFORE["hours"])
    receiver.sit(BEFORE["sessions"][TAKER_CLERK])
    person(receiver, next(iter(BEFORE["served"])))
    assert receiver.sees(TAKER)
    [served] = city.done(("minutes", TAKER))
    assert BEFORE["served"].items() <= served.items()
    former.sit(BEFORE["sessions"][CLERK])
    person(former, COMMISSION_MEMBER)
    assert former.sees("此人已不在本单位或本社区")
    assert not former.sees("更正信息")
    gone = walk("desk")
    gone.sit(BEFORE["sessions"][ITS_CLERK])
    assert statuses(gone, "/people/") <= {403, 404}


@pytest.fixture
def later(walk: Walk, city: City) -> Walk:
    """Make walkers who work there, by name, or pass by, and see the same city a day later."""
    if not LATER:
        [LATER["address"]] = city.done(("next_day",))

    def start(kind: str, name: str = "", *, script: bool = True) -> Walker:
        walker = walk(kind, script=script)
        walker.address = LATER["address"]
        if name:
            walker.sit(city.done(("on_next_day", "session", name))[0])
        return walker

    return start


def test_a_day_later_the_tables_of_each_day_and_their_rows_say_what_they_said(
    later: Walk, city: City
) -> None:
    """What has moved away stays in the table of its day: its number is read, and opened no more."""
    supervisor = later("desk")
    today, tomorrow = (f"{clock.today() + timedelta(days=days)}" for days in (0, 1))
    for place in LEVELS:
        supervisor.sit(city.done(("on_next_day", "supervisor", place))[0])
        assert table(supervisor, CODES[place], before()) == BEFORE[place]
        rows = BEFORE[place, "rows"]
        kept = {cell: rows[cell] for cell in rows if place != FROM or CODES[MOVED] not in cell}
        assert rows_of(supervisor, place) == kept
        assert (len(kept) < len(rows)) is (place == FROM)
        if place == FROM:
            supervisor.picture("supervisor/day-before")
        assert table(supervisor, CODES[place], today) == ON_THE_DAY[place]
        assert rows_of(supervisor, place) == ON_THE_DAY[place, "rows"]
        assert table(supervisor, CODES[place]) == ON_THE_DAY[place]
        assert rows_of(supervisor, place, tomorrow) == ON_THE_DAY[place, "rows"]


def test_a_day_later_every_paper_is_the_one_that_was_issued(later: Walk) -> None:
    """Who moved took theirs along, printed by the new unit as the former one wrote it."""
    clerk, worker, taker = (later("desk", name) for name in (CLERK, HOST_WORKER, TAKER_CLERK))
    of_moved, *rest = BEFORE["letters"]
    assert letters(taker, [of_moved]) + letters(clerk, rest) == BEFORE["printed"]
    assert statuses(clerk, of_moved) == {404}
    assert papers(worker, BEFORE["papers"]) == BEFORE["words"]
    stranger = later("phone")
    checks = {name: {"verified": paths["verified"]} for name, paths in BEFORE["papers"].items()}
    assert papers(stranger, checks).items() <= BEFORE["words"].items()


def test_a_day_later_what_is_over_shows_an_outline_or_nothing_and_has_no_power(
    later: Walk,
) -> None:
    of_moved, of_merged, *_ = (
        f"/persons/{BEFORE['people'][name]}/" for name in (COMMISSION_MEMBER, THE_MERGED)
    )
    first = BEFORE["people"][next(iter(BEFORE["served"]))]
    for name, paths in {
        GONE_WORKER: (of_merged, "/today/", "/members/", "/needs/", "/records/enter/", "/tables/"),
        ITS_CLERK: (f"/persons/{first}/", "/unit/", "/people/", "/letters/", "/people/transfers/"),
        f"{FROM}的督导": (f"/tables/registration/{CODES[MOVED]}/", f"/overview/{CODES[MOVED]}/"),
    }.items():
        assert statuses(later("desk", name), *paths) <= {403, 404}, name
    former = later("desk", CLERK)
    former.open(of_moved)
    assert former.sees("此人已不在本单位或本社区")
    assert acts(former) == []
    links = former.page.locator("main a[href^='/']").evaluate_all(HREFS)
    assert statuses(former, *links) == {200}, "no link leads to what is over"
    edits = ("edit", "departure", "transfer", "identity")
    past = (COMMISSION_MEMBER, THE_DEAD)
    paths = [f"/people/{BEFORE['people'][one]}/{edit}/" for one in past for edit in edits]
    assert statuses(former, *paths) == {404}


def test_a_day_later_who_took_over_goes_on(later: Walk) -> None:
    first = next(iter(BEFORE["served"]))
    of_first, of_merged = (f"/persons/{BEFORE['people'][name]}/" for name in (first, THE_MERGED))
    for name, path, act in (
        (HEIR_WORKER, of_merged, "结束报到"),
        (TAKER_CLERK, of_first, "更正信息"),
    ):
        heir = later("desk", name)
        heir.open(path)
        assert act in acts(heir)
    street = later("desk", f"{STREET}的督导")
    street.open(f"/tables/registration/{CODES[MOVED]}/")
    assert street.sees(MOVED)
    member = later("phone", COMMISSION_MEMBER)
    member.open("/me/")
    assert member.sees(TAKER)
    assert member.sees(BEFORE["hours"])


def test_a_day_later_the_old_poster_brings_a_request_to_who_took_over(later: Walk) -> None:
    resident, worker = later("phone", script=False), later("desk", HEIR_WORKER)
    resident.open(f"/ask/{BEFORE['poster']}/")
    resident.tap(f"向{HEIR}提出需求")
    resident.fill("需要帮什么忙？", "楼道的灯坏了，晚上看不见台阶")
    resident.tap("提交")
    worker.open("/needs/")
    assert worker.sees("楼道的灯坏了")
