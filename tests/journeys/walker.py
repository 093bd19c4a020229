"""A person in a real browser: counts taps and fields, checks each page, takes the pictures."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import CDPSession, Dialog, Locator, Page

from tests.environment import ROOT

CHECKER = ROOT / "node_modules" / "axe-core" / "axe.min.js"
"""The browser itself loads it with each page: to hand it over for each took twice as long."""
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
TALLEST = 844
TALLEST_ON_A_DESK = 560
"""Of pictures; a desk shows enough of a list, and the file stays small."""
LEADS_ON = """found => {
  const pressed = found.closest('a[href], button');
  if (!pressed || pressed.closest('[hx-boost]')) return false;
  if ([pressed, pressed.form].some((one) => one?.matches('[hx-get], [hx-post]'))) return false;
  return pressed.tagName === 'A' || pressed.type === 'submit';
}"""
"""Whether pressing it asks the server for another page: it, or its form, asks for no part of one.
What it merely stands in may do so, as a form's text that is read while one types."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
SIGHT = ["color-contrast", "target-size"]
"""Rules that colours, sizes and widths decide; the others read how it is built and what it says."""
IN_SIGHT = {"runOnly": {"type": "rule", "values": SIGHT}, "resultTypes": ["violations"]}
NAMES = [
    *("aria-command-name", "aria-input-field-name", "aria-meter-name", "aria-progressbar-name"),
    *("aria-toggle-field-name", "button-name", "document-title", "empty-heading"),
    *("empty-table-header", "html-has-lang", "html-lang-valid", "image-alt", "image-redundant-alt"),
    *("input-button-name", "input-image-alt", "label", "label-title-only", "landmark-unique"),
    *("link-name", "select-name", "summary-name", "svg-img-alt", "table-duplicate-name"),
    "valid-lang",
]
"""Rules of what things are called, which another language may break where the first keeps them; the
others read how a page is built, which is the same in every language."""
IN_NAMES = {"runOnly": {"type": "rule", "values": NAMES}, "resultTypes": ["violations"]}
ACCESSIBLE = """(options) => document.contentType !== 'text/html' ? []
  : axe.run(document, options).then((found) => found.violations.map(
    (one) => `${one.id} at ${one.nodes.slice(0, 3).map((node) => node.target).join(', ')}`,
  ))"""
"""What keeps some people from reading or using a page, in a few words each: the browser would hand
over all it knows of each rule."""

SKELETON = """() => {
  const known = (one) => `${one.tagName} ${one.className.baseVal ?? one.className}`;
  const counts = new Map();
  for (const one of document.querySelectorAll('*')) {
    const names = one.getAttributeNames().filter((name) => name !== 'style').sort().join();
    const says = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const above = one.parentElement ? known(one.parentElement) : '';
    const words = [known(one), names, says, one.matches(':disabled, :checked'), above].join('|');
    counts.set(words, Math.min(2, (counts.get(words) ?? 0) + 1));
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const lines = [...counts].map(([words, count]) => `${words} ${count}`).sort();
  return [innerWidth, dark, document.documentElement.lang, ...lines].join('\\n');
}"""
"""What a page consists of, whatever it says: each kind of element with its classes, the names of
its attributes and what it stands in, once or more often."""
_LOOKED_AT: set[tuple[str, str]] = set()
"""Skeletons that were checked in this process, and by which rules: pages of one skeleton have the
same faults."""

COLUMNS_OF_LETTERS = """() => {
  const narrow = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const [words, place] = [node.textContent.trim(), node.parentElement];
    if (words.length < 4 || place.closest('.paper, .visually-hidden')) continue;
    if (place.closest('thead')?.offsetWidth < 2) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()];
    const lines = new Set(boxes.map((box) => Math.round(box.top))).size;
    const widest = Math.max(0, ...boxes.map((box) => box.width));
    const size = parseFloat(getComputedStyle(place).fontSize);
    if (lines >= 3 && widest < 2.6 * size) narrow.push(words);
  }
  return narrow;
}"""
"""Texts of several lines, none of which holds three characters; a paper keeps its own columns."""

OVERLAPS = """() => {
  const floats = (one) => one && (['sticky', 'fixed'].includes(getComputedStyle(one).position)
    || floats(one.parentElement));
  const out = '.visually-hidden, .skip-link, svg, template, option';
  const [range, boxes, over] = [document.createRange(), [], []];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const place = node.parentElement;
    if (!node.textContent.trim() || place.closest(out) || !place.checkVisibility()) continue;
    if (place.closest('thead')?.offsetWidth < 2 || floats(place)) continue;
    range.selectNodeContents(node);
    const size = parseFloat(getComputedStyle(place).fontSize);
    for (const box of range.getClientRects()) if (box.width > 1) boxes.push({ node, box, size });
  }
  boxes.sort((one, other) => one.box.top - other.box.top);
  boxes.forEach((one, at) => {
    for (const other of boxes.slice(at + 1)) {
      if (other.box.top >= one.box.bottom) break;
      const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      const right = Math.min(one.box.right, other.box.right);
      const wide = right - Math.max(one.box.left, other.box.left);
      if (one.node === other.node || wide <= 4) continue;
      if (high > 0.4 * Math.min(one.size, other.size)) over.push(other.node.textContent.trim());
    }
  });
  return over;
}"""
"""Texts that stand on others; what stays in sight while the page moves is not looked at."""

CUT = """() => {
  const clips = (how) => how === 'hidden' || how === 'clip';
  const cut = (one) => {
    if (!one.textContent.trim() || one.clientWidth < 2 || one.clientHeight < 2) return false;
    if (one.closest('.visually-hidden, .skip-link, svg, select')) return false;
    const style = getComputedStyle(one);
    const wide = clips(style.overflowX) && one.scrollWidth > one.clientWidth + 2;
    return wide || (clips(style.overflowY) && one.scrollHeight > one.clientHeight + 2);
  };
  return [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility() && cut(one))
    .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 20)}`);
}"""
"""What is cut off where nothing scrolls to it."""

CUT_CHOICES = """() => {
  const pen = document.createElement('canvas').getContext('2d');
  const cut = (one) => {
    const style = getComputedStyle(one);
    pen.font = style.font;
    const words = one.selectedOptions[0]?.text ?? '';
    const edges = (box) => parseFloat(box.paddingLeft) + parseFloat(box.paddingRight);
    const around = one.closest('.card-body, td, main');
    const most = around.clientWidth - edges(getComputedStyle(around));
    const short = pen.measureText(words).width > one.clientWidth - edges(style) + 1;
    return short && one.offsetWidth < most - 2;
  };
  return [...document.querySelectorAll('select:not([multiple], [size])')]
    .filter((one) => one.checkVisibility() && cut(one))
    .map((one) => `SELECT ${one.name} ${one.selectedOptions[0].text.slice(0, 20)}`);
}"""
"""Lists of choices that do not show all of what is chosen, though there is room beside them."""

OVERHANG = """() => {
  const scrolls = (one) => getComputedStyle(one).overflowX !== 'visible';
  const cuts = (one) => one && (scrolls(one) || cuts(one.parentElement));
  const wide = (one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1;
  return [...document.body.querySelectorAll('*')]
    .filter((one) => wide(one) && !one.closest('svg') && !cuts(one.parentElement))
    .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 20)}`);
}"""
"""What stands beyond the right edge of the window, where nothing scrolls to it."""

BROKEN_HOURS = """() => {
  const [range, broken] = [document.createRange(), []];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    if (node.parentElement.closest('.paper, svg, option')) continue;
    for (const found of node.data.matchAll(/\\d{1,2}:\\d\\d–\\d{1,2}:\\d\\d/g)) {
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const lines = [...range.getClientRects()].map((box) => Math.round(box.top));
      if (new Set(lines).size > 1) broken.push(found[0]);
    }
  }
  return broken;
}"""
"""Hours from and until of which the second stands on the next line."""

LOOSE_SEPARATORS = """() => document.body.innerText.split(/[\\n\\t]/).map((one) => one.trim())
  .filter((one) => /^·|·$/.test(one))"""
"""Words that begin or end with the dot that parts them from others which are not there."""

WHOLE = (
    *(COLUMNS_OF_LETTERS, OVERHANG, OVERLAPS, CUT, CUT_CHOICES, BROKEN_HOURS, LOOSE_SEPARATORS),
)
"""What would keep somebody from reading a page."""

LAID_OUT = """width => new Promise(done => {
    const look = () => innerWidth === width
        ? requestAnimationFrame(() => requestAnimationFrame(done)) : requestAnimationFrame(look);
    look();
})"""
"""Done once the page is laid out in a window that wide; a resize comes a few frames later."""

DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Done once what scripts moved when the page came is drawn: a field that is still narrow is called
too small to be hit."""

LETTERS_ARE = """pixels => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.fontSize = "medium";
    const height = parseFloat(getComputedStyle(probe).fontSize);
    probe.remove();
    return height === pixels;
}"""
"""Whether the browser has taken over how high its letters are."""


@dataclass
class Walker:
    """Wraps one page of the browser. `taps` and `fields` count what a person would do; choosing a
    demo role is free, it stands for being signed in."""

    page: Page
    address: str
    script: bool = True
    taps: int = 0
    fields: int = 0
    violations: list[str] = field(default_factory=list)
    _browser: CDPSession | None = None

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.violations.append(f"script: {error}"))

    def enter(self, username: str) -> None:
        """Sign in with the demo's one click."""
        self.page.goto(f"{self.address}/demo/")
        with self.page.expect_navigation():
            self.page.locator(f"form:has(input[name=seat][value={username}]) button").click()
        self.look()

    def sit(self, session: str) -> None:
        """Be signed in as somebody whom the demo offers no click."""
        cookie = {"name": "sessionid", "value": session, "url": self.address}
        self.page.context.add_cookies([cookie])

    def open(self, path: str) -> None:
        """Go where a QR code or a bookmark leads."""
        self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        self.look()

    def tap(self, target: str | Locator) -> None:
        """Press a link, button or box: by its words, or found otherwise; wait for its page."""
        found = self._find(target)
        if found.evaluate(LEADS_ON):
            with self.page.expect_navigation():
                found.click()
        else:
            found.click()
        self.taps += 1
        self.look()

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label).first.fill(value)
        self.fields += 1

    def choose(self, label: str, option: str) -> None:
        """Pick from a list."""
        self.page.get_by_label(label).first.select_option(label=option)
        self.fields += 1

    def upload(self, label: str, file: Path) -> None:
        self.page.get_by_label(label).first.set_input_files(file)
        self.fields += 1

    def waits_for(self, text: str) -> None:
        """Until the page, which may still be working, says so."""
        self.page.get_by_text(text).first.wait_for(timeout=120_000)
        self.look()

    def download(self, target: str) -> bytes:
        """Press what gives a file, and have the file."""
        with self.page.expect_download(timeout=60_000) as started:
            self._find(target).click()
        self.taps += 1
        return Path(started.value.path()).read_bytes()

    def sees(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()

    def look(self, rules: Mapping[str, object] = OPTIONS) -> None:
        """Check the page as it stands, unless one of the same skeleton was checked: accessible.
        Without scripts the checker cannot run."""
        if not self.script:
            return
        self.page.wait_for_load_state()
        key = (self.page.evaluate(SKELETON), repr(rules))
        if key in _LOOKED_AT:
            return
        _LOOKED_AT.add(key)
        self.page.evaluate(DRAWN)
        found = self.page.evaluate(ACCESSIBLE, dict(rules))
        self.violations += [f"{self.page.url}: {one}" for one in found]

    def is_whole(self) -> None:
        """Check that no text is set in columns of letters, nothing hangs over, stands on something
        else or is cut, and no dot parts words from nothing."""
        size = self.page.viewport_size or DESK
        self.page.evaluate(LAID_OUT, size["width"])
        checks = ", ".join(f"...({check})()" for check in WHOLE)
        found = self.page.evaluate(f"[{checks}]")
        self.violations += [f"{self.page.url} at {size['width']}: {one}" for one in found[:3]]

    def set_letters(self, pixels: int) -> None:
        """Have the browser's own letters so high, as its reader may; 16 are usual."""
        if self._browser is None:
            self._browser = self.page.context.new_cdp_session(self.page)
            self._browser.send("Page.enable")
        sizes = {"standard": pixels, "fixed": pixels - 3}
        self._browser.send("Page.setFontSizes", {"fontSizes": sizes})
        self.page.wait_for_function(LETTERS_ARE, arg=pixels)

    def look_in_the_dark(self, rules: Mapping[str, object] = OPTIONS) -> None:
        """Check the page once more as a system shows it that wishes for dark pages."""
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        self.look(rules)
        self.page.emulate_media(color_scheme="light")

    def picture(self, name: str) -> None:
        """Refresh <name>.png when the make target `screenshots` asks for it."""
        folder = os.environ.get("BAODAO_SCREENSHOTS")
        if folder is None:
            return
        path = ROOT / folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size or DESK
        tall = TALLEST_ON_A_DESK if size["width"] == DESK["width"] else TALLEST
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], tall)}
        self.page.screenshot(path=path, animations="disabled", clip=clip)

    def _find(self, target: str | Locator) -> Locator:
        if not isinstance(target, str):
            return target
        words = self.page.get_by_role("button", name=target, exact=True)
        words = words.or_(self.page.get_by_role("link", name=target, exact=True))
        return words.or_(self.page.get_by_label(target, exact=True)).first


def dialogs_of(walker: Walker) -> list[str]:
    """The kinds of questions that the browser asks from now on; each is answered with “leave”."""
    kinds: list[str] = []

    def leave(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.accept()

    walker.page.on("dialog", leave)
    return kinds
