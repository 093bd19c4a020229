"""The search of the header: by kind, with acts, within what the reader sees, saying no number."""

import re

import pytest
from django.test import Client

from baodao.kernel.models import JournalEntry
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.policies import SEARCHES
from baodao.ui.pages import shows_page
from tests import factories
from tests.needs import steps as asked
from tests.offers.steps import chen, claimed, published, registered
from tests.orders.steps import partner
from tests.registration import steps as road
from tests.world import World


def found(world: World, name: str, words: str) -> str:
    client = Client()
    client.force_login(world.accounts[name])
    answer = client.get("/search/", {"q": words})
    assert answer.status_code == 200
    page = answer.content.decode().partition("<main")[2].partition("</form>")[2]
    links = re.findall(r'href="(/[^"?#]*)', page)
    assert [link for link in links if not shows_page(link)] == [], "it only takes a form"
    return page


def test_a_clerk_finds_members_by_initials_and_what_to_do_with_them(world: World) -> None:
    chen = world.people["chen"]
    page = found(world, "dai", "cxy")
    assert "陈晓宇" in page
    assert f'href="/persons/{chen.pk}/"' in page
    assert f'href="/people/{chen.pk}/edit/"' in page
    assert "郝一鸣" not in found(world, "dai", "hym"), "of another unit"
    assert "陈晓宇" not in found(world, "an", "cxy"), "not reported here yet"


def test_a_worker_finds_who_is_reported_here_needs_offers_and_papers(world: World) -> None:
    registration = road.accepted(world)
    assert f'href="/registrations/{registration.pk}/placement/"' in found(world, "an", "陈晓宇")
    need = asked.need(world, text="楼道灯不亮")
    page = found(world, "an", "楼道灯")
    assert f'href="/needs/{need.pk}/"' in page
    assert "楼道灯" not in found(world, "bao", "楼道灯")
    assert "介绍信" in found(world, "an", "介绍信")


def test_offers_are_found_by_their_community_and_by_whom_they_are_for(world: World) -> None:
    road.accepted(world)
    offer = published(world, title="周末护河")
    assert f'href="/offers/{offer.pk}/edit/"' in found(world, "an", "护河")
    assert f'action="/find/{offer.pk}/claim/"' in found(world, "chen", "护河")
    assert "/offers/" not in found(world, "bao", "护河")


def test_what_one_has_taken_on_is_found_and_a_full_one_says_so(world: World) -> None:
    mine, full = (published(world, title=title, places=1) for title in ("清扫楼道", "清扫河边"))
    claimed(mine, chen(world))
    claimed(full, registered(world, 1)[0])
    page = found(world, "chen", "清扫")
    assert f'href="/find/{mine.pk}/"' in page
    assert f'"/find/{mine.pk}/claim/"' not in page
    assert re.search(rf'action="/find/{full.pk}/claim/".*?>候补<', page, re.DOTALL)


def test_a_unit_finds_what_is_offered_to_units(world: World) -> None:
    partner(world)
    offer = published(world, title="清扫河边")
    assert f'href="/unit/services/{offer.pk}/"' in found(world, "dai", "清扫")
    assert "清扫河边" not in found(world, "bao", "清扫")


@pytest.mark.parametrize("words", ["1", "001", "〔2026〕001号"])
def test_a_letter_is_found_by_its_number_by_who_reads_it(world: World, words: str) -> None:
    letter = road.accepted(world).letter
    words = words.replace("2026", str(letter.year))
    for name in ("an", "deng"):
        assert letter.number_text in found(world, name, words), name
    for name in ("bao", "fan"):
        assert letter.number_text not in found(world, name, words), name


@pytest.mark.parametrize("words", ["1234", "19900001234"])
def test_equality_discloses_nothing(world: World, words: str) -> None:
    verb = "person.sought-by-number"
    for name in ("fan", "qin", "sun", "chen"):
        assert "陈晓宇" not in found(world, name, words), name
    assert not JournalEntry.objects.filter(verb=verb).exists()
    for _ in range(2):
        assert "陈晓宇" in found(world, "deng", words)
    assert JournalEntry.objects.filter(verb=verb).count() == 1


def test_who_searched_numbers_too_often_is_told_so_once(world: World) -> None:
    city = world.places["city"]
    set_policy(world.actor("sun"), organisation_id=city.pk, policy=SEARCHES, value=SEARCHES.least)
    client = Client()
    client.force_login(world.accounts["an"])
    for tail in range(SEARCHES.least):
        client.get("/search/", {"q": f"{tail:04}"})
    page = client.get("/search/", {"q": "9999"}).content.decode()
    assert page.count("个号码查找。请按姓名查找") == 1


def test_administrators_find_what_they_keep(world: World) -> None:
    page = found(world, "sun", "石桥")
    assert f'href="/organisations/{world.bridge.pk}/settings/"' in page
    assert f'href="/accounts/{world.accounts["an"].pk}/"' in found(world, "shen", "安静")
    assert "安静" not in found(world, "sun", "安静")
    page = found(world, "fan", "柳荫")
    assert f'href="/tables/registration/{world.willow.code}/"' in page
    assert "西岸" not in found(world, "fan", "西岸")


def test_what_is_shown_is_bounded_and_the_rest_is_a_link(world: World) -> None:
    for number in range(12):
        factories.member(f"李同名{number}", world.first, pinyin=f"li tong {number}", initials="ltm")
    page = found(world, "dai", "李同名")
    assert page.count('class="hit"') == 8
    assert 'href="/people/?q=' in page


def test_nothing_typed_finds_nothing(world: World) -> None:
    assert 'class="hit"' not in found(world, "deng", " ")


def test_where_more_tables_are_found_than_are_shown_the_page_says_so(world: World) -> None:
    for number in range(9):
        factories.organisation(Kind.COMMUNITY, f"花园{number}社区", world.places["willow_street"])
    assert "还有更多，请把名称写得更完整" in found(world, "fan", "花园")
    assert "还有更多，请把名称写得更完整" not in found(world, "fan", "花园1")
