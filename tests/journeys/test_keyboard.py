"""Without a mouse: every place where one can act is reached, seen, and led through by keys."""

from collections.abc import Callable

import pytest

from tests.journeys.test_words_and_sizes import addresses_in
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
UNSEEN = """() => {
  const kinds = ['a[href]', 'button', 'input:not([type=hidden])', 'select', 'textarea', 'summary'];
  const unseen = [];
  document.documentElement.style.scrollBehavior = 'auto';
  for (const one of document.querySelectorAll([...kinds, '[tabindex="0"]'].join())) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled) continue;
    one.focus({ focusVisible: true });
    const [style, box] = [getComputedStyle(one), one.getBoundingClientRect()];
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const upright = box.bottom > 0 && box.top < innerHeight;
    const inside = upright && box.right > 0 && box.left < innerWidth;
    const reached = document.activeElement === one && one.tabIndex === 0;
    const seen = { ring, inside, reached };
    if (Object.values(seen).includes(false)) unseen.push([one.outerHTML.slice(0, 80), seen]);
  }
  document.activeElement.blur();
  return unseen;
}"""
"""Places to act that keys do not reach in the order of the page, or not so that one sees it."""


def focus_of(person: Walker) -> str:
    """The words, or else the id, of what has the focus."""
    where = "document.activeElement"
    return str(person.page.evaluate(f"{where}.innerText?.trim() || {where}.id"))


@pytest.mark.parametrize("seat", ["anjing", "dengmin", "sunqiming", "sujingwen"])
def test_every_place_to_act_is_reached_and_seen(walk: Walk, seat: str) -> None:
    person = walk("desk")
    person.enter(seat)
    for address in addresses_in(person, "nav[aria-label] a[href]"):
        person.page.goto(f"{person.address}{address}")
        person.page.keyboard.press("Tab")
        assert focus_of(person) == "跳到正文", address
        person.page.keyboard.press("Enter")
        assert person.page.evaluate("document.activeElement.id") == "main", address
        assert person.page.evaluate(UNSEEN) == [], address


def test_keys_lead_through_a_list_and_back(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    clerk.open("/people/")
    keys, rows = clerk.page.keyboard, clerk.page.locator("main tbody tr")
    keys.press("/")
    assert focus_of(clerk) == "top-search"
    clerk.page.locator("#list-q").focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    second = rows.nth(1).locator("a[href], input[type=checkbox]").first
    assert second.evaluate("one => one === document.activeElement")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    assert focus_of(clerk) == "list-q"


def test_escape_closes_and_the_focus_is_where_it_was(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    opener = clerk.page.locator("details.who summary")
    opener.focus()
    clerk.page.keyboard.press("Enter")
    clerk.page.keyboard.press("Tab")
    assert clerk.page.locator("details.who").get_attribute("open") is not None
    clerk.page.keyboard.press("Escape")
    assert clerk.page.locator("details.who").get_attribute("open") is None
    assert opener.evaluate("one => one === document.activeElement")
