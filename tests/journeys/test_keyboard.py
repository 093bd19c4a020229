"""Without a mouse: every place where one can act is reached, seen, and led through by keys."""

from collections.abc import Callable

import pytest

from tests.journeys.test_words_and_sizes import addresses_in
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
UNSEEN = """() => {
  const fields = ['input:not([type=hidden])', 'select', 'textarea', 'summary'];
  const kinds = ['a[href]', 'button:not([aria-hidden=true])', ...fields];
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

HAS_FOCUS = "one => one === document.activeElement"
FAULTS = "main form :is(.alert-danger, [aria-invalid=true])"


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
    keys.press("ArrowDown")
    first = rows.first.locator("a[href], input[type=checkbox]").first
    assert first.evaluate(HAS_FOCUS), "without a tap or a tab before"
    first.evaluate("one => one.blur()")
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


def test_enter_at_a_row_presses_no_button_for_all_ticked(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    worker.open("/desk/")
    ticked = worker.page.locator("tbody input[name=ids]:checked")
    waiting = ticked.count()
    assert waiting
    ticked.first.focus()
    with worker.page.expect_navigation():
        worker.page.keyboard.press("Enter")
    assert "/persons/" in worker.page.url
    worker.open("/desk/")
    assert ticked.count() == waiting, "who waits was opened, and nobody received"


def test_the_focus_is_at_the_list_that_was_narrowed_sorted_or_paged(walk: Walk) -> None:
    """And not at the head of a page that one has been through already."""
    clerk = walk("desk")
    clerk.enter("dengmin")
    clerk.open("/people/")
    keys, count = clerk.page.keyboard, clerk.page.locator(".list-count")
    for act in (
        lambda: clerk.page.locator("[rel=next]").focus(),
        lambda: clerk.page.locator(".listing thead a").first.focus(),
        lambda: clerk.page.locator("#list-q").fill("王"),
    ):
        act()
        with clerk.page.expect_navigation():
            keys.press("Enter")
        assert count.evaluate(HAS_FOCUS), clerk.page.url
    clerk.open("/people/")
    assert not count.evaluate(HAS_FOCUS), "one comes to it anew"


def test_the_focus_is_at_the_words_of_an_act_and_its_undo_is_the_next_key(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    worker.open("/members/")
    keys, words = worker.page.keyboard, worker.page.locator("main > [role=status]")
    worker.page.locator("tbody input[type=checkbox]").first.focus()
    keys.press("Space")
    assert worker.page.locator("tbody input[type=checkbox]").first.evaluate(HAS_FOCUS)
    worker.page.locator("#placement select").first.select_option(index=2)
    worker.page.locator("#placement .btn-primary").focus()
    for left in (1, 0):
        with worker.page.expect_navigation():
            keys.press("Enter")
        assert words.evaluate(HAS_FOCUS)
        keys.press("Tab")
        assert (focus_of(worker) == "撤销") == bool(left)


def test_the_focus_is_at_the_fault_of_a_form(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    worker.open("/needs/new/")
    worker.page.locator("main form [type=submit]").last.focus()
    with worker.page.expect_navigation():
        worker.page.keyboard.press("Enter")
    assert worker.page.locator(FAULTS).first.evaluate(HAS_FOCUS)


def test_a_part_that_is_put_anew_says_so_and_takes_no_focus(walk: Walk) -> None:
    """The rows that a name can mean, and what hangs below an organisation."""
    keeper = walk("desk")
    keeper.enter("sunqiming")
    said = keeper.page.locator("#said")
    keeper.open("/organisations/")
    branch = keeper.page.locator("details[hx-get] > summary").first
    branch.focus()
    with keeper.page.expect_response("**/organisations/?open=*"):
        keeper.page.keyboard.press("Enter")
    assert branch.evaluate(HAS_FOCUS)
    keeper.enter("dengmin")
    keeper.open("/people/add/")
    field = keeper.page.locator("[data-rows]").first
    for words, answer in (("社区", "项可选"), ("没有这个地方", "没有符合条件的记录")):
        field.fill(words)
        said.get_by_text(answer).wait_for()
        assert field.evaluate(HAS_FOCUS)


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
