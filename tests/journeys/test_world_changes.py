"""The world changes: a street is reorganised, two communities merge, a unit is renamed and another
dissolved, members change units, one dies and one identity number is corrected.

The tests run in order: what was printed, counted and posted before is looked at again afterwards.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
GONE, HEIR = "北门社区", "松风社区"
UNIT, NEW_NAME = "市发展委机关党委", "市发展改革委机关党委"
MOVED, FROM, STREET = "槐安社区", "柳荫街道", "望江里街道"
HOST, HOST_NOW, HOST_WORKER = "和顺路社区", "和顺里社区", "翟素贞"
DISSOLVED, ITS_CLERK = "西岸区文化馆党总支", "严若曦"
TAKER, TAKER_CLERK = "滨河市第二中学党总支", "彭秀英"
COMMISSION_MEMBER, THE_DEAD, THE_MERGED = "仇敏", "黎海娜", "蒋秀英"
BEFORE: dict[str, Any] = {}
"""What somebody wrote down before anything changed."""


def letters(clerk: Walker) -> str:
    """The words on all letters of the unit, printed again."""
    answer = clerk.page.request.get(f"{clerk.address}/letters/print/?format=pdf")
    assert answer.ok, answer.status
    pages = PdfReader(BytesIO(answer.body())).pages
    return "".join(page.extract_text() for page in pages)


def table(supervisor: Walker) -> str:
    """The district's table as of yesterday, with the names of yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    supervisor.open("/tables/")
    supervisor.open(f"{supervisor.page.url.partition('?')[0]}?as_of={yesterday}")
    return "\n".join(supervisor.page.locator("main table").all_inner_texts())


def figures(supervisor: Walker) -> dict[str, list[int]]:
    """The whole numbers of the district's table as of now, by the names of its rows."""
    supervisor.open("/tables/")
    rows = supervisor.page.locator("main tbody tr").all_inner_texts()
    cells = [row.split() for row in rows]
    return {name: [int(one) for one in given if one.isdigit()] for name, *given in cells}


def papers(worker: Walker) -> dict[str, str]:
    """What stands on the letter, receipt, card and sheet of one member, and what verifies each."""
    words = {}
    for name, paths in BEFORE["papers"].items():
        for what, path in paths.items():
            worker.page.goto(f"{worker.address}{path}")
            place = ".paper" if what == "printed" else "main"
            words[f"{name} {what}"] = worker.page.locator(place).first.inner_text()
    return words


def person(walker: Walker, name: str) -> None:
    """The page of a member of a unit or community that the walker works for or once did."""
    walker.open(f"/persons/{BEFORE['people'][name]}/")


def organisation(administrator: Walker, name: str) -> None:
    """The page of an organisation, found in the list."""
    administrator.open(f"/organisations/?q={name}")
    administrator.tap(administrator.page.get_by_role("link", name=name, exact=True).first)


def test_what_is_printed_and_counted_before(walk: Walk, city: City) -> None:
    clerk, supervisor = walk("desk"), walk("desk")
    clerk.enter("dengmin")
    BEFORE["letters"] = letters(clerk)
    supervisor.enter("fanli")
    BEFORE["table"] = table(supervisor)
    BEFORE["figures"] = figures(supervisor)
    BEFORE["poster"] = city.residents_page_of(GONE)
    assert GONE in BEFORE["letters"]
    assert UNIT in BEFORE["letters"]
    assert re.search(r"[1-9]", BEFORE["table"])


def test_four_papers_of_one_member_are_issued_before(walk: Walk, city: City) -> None:
    staff = (HOST_WORKER, "单文静", "乐海燕", ITS_CLERK, TAKER_CLERK, "武景行")
    holding, BEFORE["served"], commission, culture, *sessions = city.done(
        ("papers", HOST, HOST_WORKER),
        ("minutes", DISSOLVED),
        ("members", UNIT),
        ("members", DISSOLVED),
        *(("session", name) for name in staff),
    )
    BEFORE["holder"], BEFORE["papers"] = holding
    BEFORE["people"] = {**commission, **culture}
    BEFORE["sessions"] = dict(zip(staff, sessions, strict=True))
    worker = walk("desk")
    worker.sit(BEFORE["sessions"][HOST_WORKER])
    BEFORE["words"] = papers(worker)
    member = walk("phone")
    member.enter("qiumin")
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


def test_a_unit_gets_another_name(walk: Walk) -> None:
    administrator = walk("desk")
    administrator.enter("sunqiming")
    organisation(administrator, UNIT)
    administrator.tap("改名、移动、合并、拆分、撤销")
    administrator.tap("改名")
    administrator.fill("新名称", NEW_NAME)
    administrator.tap("预览")
    administrator.fill("理由", "机构改革")
    administrator.tap("确认办理")
    assert administrator.sees(NEW_NAME)
    assert administrator.sees(UNIT), "what it was before stands on its page"


def test_papers_and_the_table_of_yesterday_say_what_they_said(walk: Walk) -> None:
    clerk, supervisor = walk("desk"), walk("desk")
    clerk.enter("dengmin")
    assert clerk.sees(NEW_NAME)
    assert letters(clerk) == BEFORE["letters"]
    supervisor.enter("fanli")
    assert table(supervisor) == BEFORE["table"]


def test_a_street_is_reorganised_and_people_change_units(walk: Walk, city: City) -> None:
    clerk, other = walk("desk"), walk("desk")
    clerk.enter("dengmin")
    clerk.open(f"/people/{BEFORE['people'][COMMISSION_MEMBER]}/transfer/")
    propose(clerk)
    other.sit(BEFORE["sessions"][ITS_CLERK])
    first = next(iter(BEFORE["served"]))
    other.open(f"/people/{BEFORE['people'][first]}/transfer/")
    propose(other)
    receiver = walk("desk")
    receiver.sit(BEFORE["sessions"][TAKER_CLERK])
    for _ in range(2):
        receiver.open("/people/transfers/")
        receiver.tap(receiver.page.get_by_role("link", name="接收", exact=True).first)
        receiver.page.get_by_label("党支部").first.select_option(index=1)
        receiver.tap("接收")
        assert receiver.sees("这名党员现已属于你单位")
    _, count = city.done(
        ("street_reorganised", MOVED, STREET, HOST, HOST_NOW),
        ("all_transferred", DISSOLVED, ITS_CLERK, TAKER, TAKER_CLERK),
    )
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
    clerk.enter("dengmin")
    clerk.open(f"/people/{BEFORE['people'][THE_DEAD]}/departure/")
    clerk.tap("去世")
    clerk.fill("日期", f"{clock.today():%Y-%m-%d}")
    clerk.tap("登记")
    person(clerk, THE_DEAD)
    assert clerk.sees(THE_DEAD)
    acts = clerk.page.locator("main a.btn, main button").all_inner_texts()
    papers = [words for words in acts if words.endswith(("PDF", "Word"))]
    assert acts == papers, "papers as they were issued, and no act"


def test_a_number_is_put_right_by_two(walk: Walk, city: City) -> None:
    [number] = city.done(("another_number",))
    clerk, secretary = walk("desk"), walk("desk")
    clerk.enter("zengning")
    holder = BEFORE["holder"]
    clerk.open(f"/people/{holder}/identity/")
    clerk.fill("证件上的身份证号", number)
    clerk.fill("原号码为何有误", "名册录入错误")
    clerk.fill("号码依据", "查看身份证原件")
    clerk.tap("提出更正")
    assert clerk.sees("尚未提出")
    clerk.tap("提出更正")
    secretary.sit(BEFORE["sessions"]["武景行"])
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
    supervisor.enter("fanli")
    before, now = BEFORE["figures"], figures(supervisor)
    taken = [16, 14, 14, 14, 14, 0, 0, 0, 0, 0]
    assert differences(before, now, TAKER) == taken
    assert differences(before, now, FROM) == [-18, 0, 0, -1, 0]
    assert differences(before, now, STREET) == [18, 0, 0, 1, 0]
    assert differences(before, now, "听松街道") == [-1, 0, 0, -1, 0]
    assert table(supervisor) == BEFORE["table"], "yesterday stays as it was"


def differences(before: dict[str, list[int]], now: dict[str, list[int]], name: str) -> list[int]:
    """By how much each number of a row has grown."""
    return [new - old for old, new in zip(before[name], now[name], strict=True)]


def test_every_paper_says_and_verifies_what_it_said(walk: Walk) -> None:
    worker = walk("desk")
    worker.sit(BEFORE["sessions"][HOST_WORKER])
    worker.open("/today/")
    assert worker.sees(HOST_NOW)
    assert papers(worker) == BEFORE["words"]


def test_the_worker_of_what_is_gone_has_no_power_and_the_successors_has(walk: Walk) -> None:
    former, worker = walk("desk"), walk("desk")
    former.sit(BEFORE["sessions"]["单文静"])
    path = f"/persons/{BEFORE['people'][THE_MERGED]}/"
    for refused in (path, "/members/", "/records/enter/"):
        assert former.page.request.get(f"{former.address}{refused}").status in (403, 404)
    worker.sit(BEFORE["sessions"]["乐海燕"])
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
    member.enter("qiumin")
    member.open("/me/")
    assert member.sees(TAKER)
    assert member.sees(BEFORE["hours"])
    receiver.sit(BEFORE["sessions"][TAKER_CLERK])
    for name in BEFORE["served"]:
        person(receiver, name)
        assert receiver.sees(TAKER)
    [served] = city.done(("minutes", TAKER))
    assert BEFORE["served"].items() <= served.items()
    former.enter("dengmin")
    person(former, COMMISSION_MEMBER)
    assert former.sees("此人已不在本单位或本社区")
    assert not former.sees("更正信息")
    gone = walk("desk")
    gone.sit(BEFORE["sessions"][ITS_CLERK])
    assert gone.page.request.get(f"{gone.address}/people/").status in (403, 404)


def test_an_old_poster_leads_on(walk: Walk) -> None:
    resident = walk("phone", script=False)
    resident.open(f"/ask/{BEFORE['poster']}/")
    assert resident.sees(HEIR)
