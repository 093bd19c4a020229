"""Every page of every menu and the first page behind it, in both languages, light and dark, wide
and narrow, in large text and in letters of double size: accessible, nothing cut, standing on
something else or set in columns of letters, and small.

How a page is built is checked in Chinese, what things are called in each language. What colours
and sizes decide is checked light on a desk, and dark in large text on the smallest phone; the words
of a language change neither.

The language is kept on the account, so each test takes it back.
"""

import re
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.journeys.walker import DESK, IN_NAMES, IN_SIGHT, OPTIONS, PHONE, Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
SEATS = [
    "chenxiaoyu",
    "qiumin",
    "anjing",
    "linyue",
    "dengmin",
    "daiwen",
    "zengning",
    "fanli",
    "sunqiming",
    "shenanguo",
    "sujingwen",
]
NARROW = {"width": 320, "height": 700}
LETTERS = 16
LARGE = "document.documentElement.classList.add('large-text')"
MOST_BYTES = 250_000
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9A-Z-]*\d[0-9A-Z-]*(?=/|$)|\?.*")
FILE = re.compile(r"\.(pdf|xlsx|docx|zip|ics|html)\b|export|/api/")
BYTES = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const parts = performance.getEntriesByType('resource');
  const sent = [page, ...parts].reduce((sum, one) => sum + one.encodedBodySize, 0);
  return Math.max(page.decodedBodySize, sent);
}"""
"""What the page weighs: all that came over the wire, or its own text unpacked, if that is more."""


FEW = """document.querySelectorAll('tbody tr:nth-child(n+26)').forEach(row => row.remove())"""
"""Rows of a long list are alike: the first ones are looked at."""
ADDRESSES = """all => all.map(one => new URL(one.getAttribute('href'), document.baseURI))
  .map(url => url.pathname + url.search)"""


@pytest.fixture(scope="module")
def kinds() -> set[str]:
    """The kinds of pages that were read: others in the same office have the same."""
    return set()


def addresses_in(person: Walker, places: str) -> list[str]:
    """The pages of ours to which links lead, in their order; marks of a chart are links too."""
    found = person.page.eval_on_selector_all(places, ADDRESSES)
    return [address for address in found if not FILE.search(address)]


def is_new(address: str, kinds: set[str]) -> bool:
    """Whether no page of this kind was read before; it counts as read from now on."""
    before = len(kinds)
    kinds.add(KEY.sub("*", address))
    return len(kinds) > before


def read_in_chinese(person: Walker, address: str) -> None:
    """As on a desk, on the smallest phone, large and dark, and on desk and phone with letters of
    double size."""
    person.page.set_viewport_size(DESK)
    person.open(address)
    assert person.page.evaluate(BYTES) <= MOST_BYTES, address
    person.page.evaluate(FEW)
    person.is_whole()
    person.set_letters(2 * LETTERS)
    person.is_whole()
    person.page.set_viewport_size(PHONE)
    person.is_whole()
    person.set_letters(LETTERS)
    person.page.set_viewport_size(NARROW)
    person.page.evaluate(LARGE)
    person.look_in_the_dark(IN_SIGHT)
    person.is_whole()


FOLDED = "fanli"
"""Whose menu folds pages of all kinds behind few entries: those are read too."""


def menu_of(person: Walker, seat: str) -> Iterator[str]:
    """The pages of the menu, and for who has few entries those behind each of them."""
    for address in addresses_in(person, "nav[aria-label] a[href]"):
        yield address
        if seat == FOLDED:
            person.page.goto(f"{person.address}{address}")
            yield from addresses_in(person, ".family a[href]")


def pages_of(person: Walker, seat: str, kinds: set[str]) -> Iterator[str]:
    """The pages of the menu that are of a new kind, each read on a desk, and behind each the first
    that is of another."""
    for address in menu_of(person, seat):
        if is_new(address, kinds):
            read_in_chinese(person, address)
            yield address
            behind = addresses_in(person, "main :is(tbody, .task, .card) a[href]")
            row = next((row for row in behind if is_new(row, kinds)), None)
            if row is not None:
                read_in_chinese(person, row)
                yield row


def read_narrow(person: Walker, address: str, rules: Mapping[str, object] = OPTIONS) -> None:
    """As on the smallest phone, large and dark."""
    person.page.set_viewport_size(NARROW)
    person.page.goto(f"{person.address}{address}")
    person.page.evaluate(FEW)
    person.page.evaluate(LARGE)
    person.look_in_the_dark(rules)
    person.is_whole()


@pytest.mark.parametrize("seat", SEATS)
def test_each_page_can_be_read_by_everybody(walk: Walk, seat: str, kinds: set[str]) -> None:
    person = walk("desk")
    person.enter(seat)
    addresses = list(pages_of(person, seat, kinds))
    person.page.set_viewport_size(DESK)
    person.tap(person.page.get_by_role("button", name="EN", exact=True))
    for address in addresses:
        read_narrow(person, address, IN_NAMES)
        assert person.page.locator("html").get_attribute("lang") == "en"
        assert person.page.locator("h1").inner_text().strip()
    person.page.set_viewport_size(DESK)
    person.tap(person.page.get_by_role("button", name="中文", exact=True))


FURTHER = {
    "dengmin": [
        *("/report-tables/U1001/", "/report-tables/U1001/implementation/", "/commitments/"),
        *("/reports/ tbody a", "/notices/topics/", "/exemptions/", "/problems/ours/"),
        *("/adoptions/", "/papers/", "/accounts/members/", "/unit/claims/"),
    ],
    "anjing": [
        *("/teams/ tbody a", "/teams/suggestions/", "/offers/pairings/ tbody a"),
        *("/offers/series/ .task a", "/needs/orders/?stage=asked a[href$='/dispatch/']"),
        *("/needs/poster/", "/offers/claims/", "/problems/", "/complaints/", "/places/"),
    ],
    "qiumin": [
        *("/me/facts/", "/me/commitment/edit/", "/me/team/"),
        "/me/claims/ a[href^='/me/pairings/']",
        "/find/ a[href^='/find/series/']",
    ],
    "fanli": ["/flags/ tbody a", "/reports/received/ tbody a"],
    "sunqiming": ["/settings/layouts/introduction-letter/"],
}
"""Pages that no menu leads to at once: an address, or one with the link on it that opens it."""


@pytest.mark.parametrize("seat", FURTHER)
def test_a_page_further_away_can_be_read_by_everybody(walk: Walk, seat: str) -> None:
    person = walk("desk")
    person.enter(seat)
    addresses = []
    for way in FURTHER[seat]:
        address, _, link = way.partition(" ")
        if link:
            person.page.goto(f"{person.address}{address}")
            address = addresses_in(person, f"main {link}")[0]
        read_in_chinese(person, address)
        addresses.append(address)
    person.page.set_viewport_size(DESK)
    person.tap(person.page.get_by_role("button", name="EN", exact=True))
    for address in addresses:
        read_narrow(person, address, IN_NAMES)
    person.page.set_viewport_size(DESK)
    person.tap(person.page.get_by_role("button", name="中文", exact=True))


EMPTY = [
    ("dengmin", ["/people/?q=没有这个人", "/letters/?q=没有这个人", "/search/?q=没有这个人"]),
    ("anjing", ["/members/?q=没有这个人", "/needs/?q=没有这件事", "/nowhere/", "/act-for/"]),
]
REFUSED = [
    ("anjing", ["/needs/new/", "/offers/new/activity/"]),
    ("chenxiaoyu", ["/complaints/new/"]),
]


@pytest.mark.parametrize(("seat", "addresses"), EMPTY)
def test_an_empty_list_and_a_page_that_is_none(walk: Walk, seat: str, addresses: list[str]) -> None:
    person = walk("desk")
    person.enter(seat)
    for address in addresses:
        read_narrow(person, address)


@pytest.mark.parametrize(("seat", "addresses"), REFUSED)
def test_a_form_with_errors(walk: Walk, seat: str, addresses: list[str]) -> None:
    person = walk("desk")
    person.enter(seat)
    for address in addresses:
        person.open(address)
        person.tap(person.page.locator("main form[method=post] [type=submit]").last)
        assert person.page.locator("[aria-invalid=true]").count()
        person.page.set_viewport_size(NARROW)
        person.look_in_the_dark()
        person.is_whole()
        person.page.set_viewport_size(DESK)


def test_a_dark_system_has_dark_pages_and_light_paper(walk: Walk) -> None:
    person = walk("desk")
    person.enter("anjing")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = person.page.evaluate(ground)
    person.page.emulate_media(color_scheme="dark")
    assert person.page.evaluate(ground) != light
    person.page.emulate_media(color_scheme="dark", media="print")
    assert person.page.evaluate(ground) == "rgb(255, 255, 255)"
    assert person.page.evaluate("getComputedStyle(document.body).color") == "rgb(34, 38, 46)"
