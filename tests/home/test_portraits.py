"""One page per person: what each reader sees of services, claims, cards and memberships, and what
nobody else does."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.home.queries.portraits import FIRST, portrait_of
from tests.appraisal import steps as appraisal
from tests.ledger import steps as ledger
from tests.offers import steps as offers
from tests.people.steps import transferred
from tests.registration.browsing import browser, text
from tests.world import World

MARKS = {
    "a service here": "扫雪铲冰",
    "what came of it": "陪王大爷就医",
    "what came of it next door": "帮李奶奶买药",
    "the day of it next door": "2026年7月5日",
    "a claim": "法律咨询岗",
    "a card": appraisal.LINE,
    "the community next door": "石桥社区",
    "a telephone": "199****1234",
    "a membership": "第一党支部",
}
SEEN = {
    "an": {"a service here", "what came of it", "a claim", "a card", "a telephone"},
    "ji": {"a service here", "what came of it", "a claim", "a card", "a telephone"},
    "deng": {
        *("a service here", "a claim", "a card", "a telephone"),
        *("the day of it next door", "the community next door"),
    },
    "qin": {
        *("a service here", "a claim", "a card"),
        *("the day of it next door", "the community next door"),
    },
    "fan": {
        *("a service here", "a claim", "a card"),
        *("the day of it next door", "the community next door"),
    },
}
WITH_MEMBERSHIP = {"deng", "qin", "fan"}


def portrayed(world: World) -> None:
    """Chen served in An's community and in Bao's, holds a post and has a signed card."""
    appraisal.registered(world)
    chen = world.people["chen"].pk
    offers.claimed(offers.published(world, "post", title="法律咨询岗"), world.actor("chen"))
    appraisal.served(world, offer_title="扫雪铲冰")
    appraisal.served(world, result="陪王大爷就医", category="relief")
    next_door = ledger.entry(
        chen, served_on=appraisal.day(7, 5), result="帮李奶奶买药", category="relief"
    )
    assert ledger.recorded(world, next_door, who="bao", where="bridge").refused == []
    appraisal.signed(world)


def seen(world: World, name: str, address: str = "") -> set[str]:
    """Which of the marks stand on the page of Chen, in its own words after the head."""
    answer = browser(world, name).get(address or f"/persons/{world.people['chen'].pk}/")
    page = text(answer).split("<main")[-1]
    return {what for what, mark in MARKS.items() if mark in page} - {"a membership"}


@pytest.mark.parametrize("name", SEEN)
def test_each_reader_sees_their_part_of_a_person_and_no_more(world: World, name: str) -> None:
    portrayed(world)
    assert seen(world, name) == SEEN[name]
    page = text(browser(world, name).get(f"/persons/{world.people['chen'].pk}/"))
    assert ('id="memberships"' in page) == (name in WITH_MEMBERSHIP)


@pytest.mark.parametrize("name", ["gu", "chen", "sun", "shen", "su"])
def test_nobody_else_finds_the_page(world: World, name: str) -> None:
    portrayed(world)
    chen = world.people["chen"].pk
    assert browser(world, name).get(f"/persons/{chen}/").status_code == 404


def test_the_community_next_door_finds_no_page_but_its_own_record(world: World) -> None:
    portrayed(world)
    chen = world.people["chen"].pk
    assert browser(world, "bao").get(f"/persons/{chen}/").status_code == 404
    portrait = portrait_of(world.actor("bao"), chen)
    assert [row.result for row in portrait.services.latest] == ["帮李奶奶买药"]
    assert (portrait.claims.lines, portrait.cards.lines, portrait.memberships) == ([], [], [])


def test_a_member_s_own_page_says_all_that_any_reader_is_shown(world: World) -> None:
    portrayed(world)
    assert seen(world, "chen", "/me/") == MARKS.keys() - {"a membership"}


def test_a_member_s_own_page_has_the_parts_that_their_unit_and_community_see(world: World) -> None:
    """In the same order, under the same names; an own page ends with what is theirs alone."""
    portrayed(world)

    def parts(name: str, address: str) -> list[str]:
        page = text(browser(world, name).get(address)).split("<main")[-1]
        return re.findall(r'<section class="card" aria-labelledby="([^"]+)"', page)

    own = parts("chen", "/me/")
    theirs = parts("deng", f"/persons/{world.people['chen'].pk}/")
    assert own == [*theirs, "privacy"]
    assert {"services", "claims", "cards", "facts", "story-1", "memberships"} <= set(theirs)
    host = parts("an", f"/persons/{world.people['chen'].pk}/")
    assert [part for part in theirs if part in host] == host
    assert "已报到" in text(browser(world, "chen").get("/me/")).split("</h1>")[0]


def test_the_unit_of_before_sees_what_was_until_the_member_left(world: World) -> None:
    portrayed(world)
    transferred(world)
    page = seen(world, "deng")
    assert "a telephone" not in page
    assert {"a service here", "a card"} <= page
    assert "a claim" not in page
    later = appraisal.on(11, 28)
    assert portrait_of(world.actor("deng"), world.people["chen"].pk, until=later).claims.lines == []
    assert "法律咨询岗" in text(browser(world, "an").get(f"/persons/{world.people['chen'].pk}/"))


def test_services_stand_by_kind_and_month_without_what_was_reversed(world: World) -> None:
    appraisal.registered(world)
    appraisal.served(world, minutes=90)
    appraisal.served(
        world, served_on=appraisal.day(8, 1), at=appraisal.on(8, 2), category="culture"
    )
    wrong = appraisal.served(world, category="patrol", minutes=30)
    appraisal.reversed_(world, wrong, appraisal.on(8, 3))
    services = portrait_of(world.actor("an"), world.people["chen"].pk).services
    assert [(row.words, row.count, row.minutes) for row in services.kinds] == [
        ("环境整治", 1, 90),
        ("文体活动", 1, 60),
    ]
    assert [(row.month, row.count, row.minutes) for row in services.months] == [
        (appraisal.day(8, 1), 1, 60),
        (appraisal.day(7, 1), 1, 90),
    ]
    assert (services.count, services.minutes) == (2, 150)
    assert services.of_year(2026).minutes == 150
    assert sorted(row.undone for row in services.latest) == [False, False, True]


def test_a_long_list_shows_its_beginning_and_a_link_to_the_whole(world: World) -> None:
    appraisal.registered(world)
    chen = world.actor("chen")
    for number in range(FIRST + 2):
        offer = offers.published(
            world,
            title=f"第{number}次清洁",
            starts_at=offers.hour(7 + number),
            ends_at=offers.hour(7 + number, at=11),
        )
        offers.claimed(offer, chen)
    page = text(browser(world, "an").get(f"/persons/{world.people['chen'].pk}/"))
    assert page.count("次清洁") == FIRST
    assert "?all=yes#claims" in page
    whole = text(browser(world, "an").get(f"/persons/{world.people['chen'].pk}/?all=yes"))
    assert whole.count("次清洁") == FIRST + 2


def test_more_services_ask_no_more_statements(world: World) -> None:
    appraisal.registered(world)
    client, path = browser(world, "an"), f"/persons/{world.people['chen'].pk}/"

    def asked() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as statements:
            client.get(path)
        return len(statements)

    appraisal.served(world)
    few = asked()
    for number in range(1, 9):
        day = appraisal.day(number, 3)
        appraisal.served(world, served_on=day, at=appraisal.on(number, 4), category="culture")
    assert asked() <= few


def test_the_page_of_a_person_stands_below_the_list_it_is_opened_from(world: World) -> None:
    appraisal.registered(world)
    path = f"/persons/{world.people['chen'].pk}/"
    for name, label in (("an", "报到党员"), ("deng", "名册"), ("fan", "人员")):
        page = text(browser(world, name).get(path))
        menu = page.split('class="side-menu"')[1].split("</nav>")[0]
        current = menu.split('aria-current="page">')[1].split("<")[0]
        assert label in current
        assert f">{current}</a>" in page.split("<main")[-1]


def test_tables_to_hand_up_and_commitments_stand_below_an_entry_of_the_menu(world: World) -> None:
    for name, path, label in (
        ("deng", f"/report-tables/{world.bureau.code}/", "统计表"),
        ("fan", f"/report-tables/{world.east.code}/", "统计表"),
        ("deng", "/commitments/", "名册"),
        ("qin", "/commitments/", "公开承诺"),
    ):
        menu = text(browser(world, name).get(path)).split('class="side-menu"')[1]
        assert f'aria-current="page">{label}<' in menu.split("</nav>")[0], path
