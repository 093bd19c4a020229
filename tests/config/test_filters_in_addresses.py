"""Every list whose filter does not know what its address chooses says so, and lists nothing."""

import re
from html import unescape

import pytest

from tests.registration.browsing import browser, text
from tests.world import World

LISTS = (
    ("deng", "/letters/", "state branch"),
    ("deng", "/receipts/", "branch"),
    ("an", "/members/", "unit grid team placed since"),
    ("an", "/feedback/", "state unit lacking"),
    ("deng", "/unit/feedback/", "state branch"),
    ("an", "/offers/", "kind state lacks"),
    ("sun", "/organisations/", "kind state"),
    ("deng", "/exemptions/", "state"),
    ("deng", "/unit/claims/", "kind state branch"),
    ("an", "/needs/", "state urgency category source"),
    ("an", "/notices/", "topic unread"),
    ("an", "/complaints/", "state"),
    ("shen", "/accounts/", "role state"),
    ("deng", "/accounts/members/", "state"),
    ("an", "/units/", "state"),
    ("an", "/records/", "month kind origin state"),
    ("deng", "/unit/records/", "month kind origin state branch"),
    ("deng", "/people/transfers/", "state"),
    ("deng", "/people/", "branch standing"),
    ("an", "/needs/orders/", "stage still"),
    ("an", "/commitments/", "year"),
    ("fan", "/flags/", "pattern community by state"),
    ("an", "/offers/pairings/", "stage rhythm"),
    ("deng", "/reports/", "kind state"),
)
COUNTED = re.compile(r'<h1>[^<]*[0-9]|class="list-count"|aria-current="page"[^>]*>[^<]* [0-9]')
"""A heading, a counter or a tab that counts rows."""

OTHERS = (
    ("deng", "/check-list/?branch=nonsense"),
    ("deng", "/check-list/?reason=nonsense"),
    ("deng", "/check-list/?lives=nonsense"),
    ("chen", "/find/?kind=nonsense"),
    ("chen", "/find/?time=nonsense"),
)


@pytest.mark.parametrize(("name", "address", "keys"), LISTS)
def test_a_list_says_what_its_filters_do_not_know(
    world: World, name: str, address: str, keys: str
) -> None:
    """Nothing above it counts rows: what was asked for was not counted."""
    seat = browser(world, name)
    for key in [*keys.split(), "sort"]:
        answer = seat.get(f"{address}?{key}=nonsense")
        assert answer.status_code == 200, key
        page = text(answer)
        assert "没有“nonsense”这一项" in page, key
        assert not COUNTED.findall(page), key
        assert 'href="?"' in page, key


@pytest.mark.parametrize(("name", "address"), OTHERS)
def test_a_page_that_narrows_by_itself_finds_nothing(world: World, name: str, address: str) -> None:
    page = text(browser(world, name).get(address))
    assert "没有符合" in page


@pytest.mark.parametrize("name", ["deng", "dai", "qin", "an", "ji", "chen"])
def test_a_first_page_leads_to_what_the_lists_know(world: World, name: str) -> None:
    seat = browser(world, name)
    first = seat.get("/", follow=True).content.decode()
    for address in {unescape(link) for link in re.findall(r'href="(/[^"]*\?[^"]*)"', first)}:
        assert "这一项：请另选" not in seat.get(address, follow=True).content.decode(), address
