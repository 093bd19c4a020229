"""Every page of every menu, in English, with large text, light and dark: accessible, and with its
words.

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
        person.look_in_the_dark()
    person.tap(person.page.get_by_role("button", name="Normal text", exact=True))
    person.tap(person.page.get_by_role("button", name="中文", exact=True))


def test_a_dark_system_has_dark_pages_and_light_paper(walk: Callable[..., Walker]) -> None:
    person = walk("desk")
    person.enter("anjing")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = person.page.evaluate(ground)
    person.page.emulate_media(color_scheme="dark")
    assert person.page.evaluate(ground) != light
    person.page.emulate_media(color_scheme="dark", media="print")
    assert person.page.evaluate(ground) == "rgb(255, 255, 255)"
    assert person.page.evaluate("getComputedStyle(document.body).color") == "rgb(34, 38, 46)"
