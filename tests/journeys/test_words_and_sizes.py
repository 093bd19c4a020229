"""Every page of every menu, in English and with large text: accessible, and with its words.

The choices are kept on the account, so each test takes them back.
"""

from collections.abc import Callable

import pytest

from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

SEATS = [
    ("qiumin", "phone"),
    ("anjing", "desk"),
    ("anjing", "phone"),
    ("dengmin", "desk"),
    ("fanli", "desk"),
    ("sunqiming", "desk"),
    ("shenanguo", "desk"),
    ("sujingwen", "desk"),
]


@pytest.mark.parametrize(("seat", "kind"), SEATS)
def test_each_page_of_the_menu_in_english_and_large(
    walk: Callable[..., Walker], seat: str, kind: str
) -> None:
    person = walk(kind)
    person.enter(seat)
    person.tap(person.page.get_by_role("button", name="EN", exact=True))
    person.tap(person.page.get_by_role("button", name="Large text", exact=True))
    links = person.page.locator("nav a")
    addresses = {links.nth(at).get_attribute("href") or "" for at in range(links.count())}
    assert len(addresses) >= 3
    for address in sorted(addresses):
        person.open(address)
        assert person.page.locator("html").get_attribute("lang") == "en"
        assert person.page.locator("h1").inner_text().strip()
    person.tap(person.page.get_by_role("button", name="Normal text", exact=True))
    person.tap(person.page.get_by_role("button", name="中文", exact=True))
