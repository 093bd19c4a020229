"""A number that can be tapped is counted again by the page it opens; a heading counts what is
listed below it, however that is searched and filtered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from baodao.appraisal.commands.signatures import sign_cards
from baodao.home.rules.menus import FIRST_PAGES, pages_of
from baodao.kernel import clock
from tests.appraisal import steps as appraisal
from tests.figures.histories import ACTS, History, begin
from tests.figures.services import DEEDS, tally_all
from tests.home.test_queries import READERS
from tests.ledger.steps import record
from tests.offers import steps as offers
from tests.statements.test_disputes import raised
from tests.world import World

ROW = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}/")
"""In the address of the page of one thing."""
UNCOUNTED = re.compile(
    r"\d+ ?年|\d+ ?月|\d+ ?日|第 ?\d+|\d+[:：]\d+|[A-Z〔-]\d+|\d+〕|\d+[-–]|^20\d\d$"
)
"""Figures that count nothing: days, hours of the clock, numbers of papers."""
TIMES = r"(\d+) 小时(?: (\d+) 分钟)?|(\d+) 分钟"
NOBODY = "没有这样的人"


@pytest.fixture
def history(world: World) -> History:
    """Members, letters, services and needs of three quarters of a year, and what is to begin."""
    history = begin(world, 41)
    history.tell(60, ACTS)
    history.tell(60, DEEDS)
    tally_all()
    for days in (1, 2, 30, 60):
        hours = {"starts_at": offers.hour(days), "ends_at": offers.hour(days, 11)}
        offers.published(world, **hours)
    offers.published(world, "post")
    drafts = appraisal.drafted(world)
    sign_cards(world.actor("ji"), card_ids=appraisal.judged(world, drafts[:2]))
    for days in range(2):
        raised(world, record(world, served_on=clock.today() - timedelta(days=days)))
    return history


@dataclass
class Browser:
    """Who opens pages, each once."""

    client: Client
    seen: dict[str, html.HtmlElement] = field(default_factory=dict)

    def page(self, url: str) -> html.HtmlElement:
        if url not in self.seen:
            answer = self.client.get(url, follow=True)
            assert answer.status_code == 200, url
            self.seen[url] = html.fromstring(answer.content)
        return self.seen[url]


def browsers(world: World) -> Iterator[tuple[Browser, list[str]]]:
    """Everybody, and the pages of their menu."""
    pages = {"chen": ["home:member", "agenda:find", "home:mine"]}
    for name, role in READERS.items():
        pages[name] = [FIRST_PAGES[role], *pages_of(role)]
    for name, names in pages.items():
        client = Client()
        client.force_login(world.accounts[name])
        browser, urls = Browser(client), sorted({reverse(page) for page in names})
        beside = {url for page in urls for url in lists_beside(browser.page(page), page)}
        yield browser, [*urls, *sorted(beside - {*urls})]


def lists_beside(page: html.HtmlElement, url: str) -> Iterator[str]:
    """Pages to which a page leads that are of no row."""
    for link in page.xpath("//main//a/@href"):
        path = urlsplit(urljoin(url, link)).path
        if path.startswith("/") and path.endswith("/") and not re.search(r"\d", path):
            yield path


def _words(element: html.HtmlElement, path: str) -> str:
    texts = element.xpath(f"{path}//text()[not(ancestor::*[contains(@class, 'visually-hidden')])]")
    return " ".join("".join(texts).split())


def numbers_in(words: str) -> list[float]:
    def hours(match: re.Match[str]) -> str:
        hours, rest, alone = (int(part or 0) for part in match.groups())
        return f" {hours + (rest + alone) / 60:.1f} "

    plain = UNCOUNTED.sub(" ", re.sub(TIMES, hours, words))
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", plain)]


def counts_of(page: html.HtmlElement) -> list[float]:
    """What the page that a number opens counts: in its heading, above its list, in its tab."""
    parts = ("//h1", "//*[contains(@class, 'list-count')]", "//*[@class='tabs']/*[@aria-current]")
    return [number for part in parts for number in numbers_in(_words(page, part))]


def tapped(page: html.HtmlElement, url: str) -> Iterator[tuple[float, str, str]]:
    """Every number that leads to a list: the number, its words and where it leads."""
    for link in page.xpath("//main//a[@href]"):
        words, address = _words(link, "."), urljoin(url, link.get("href"))
        task = link.xpath("ancestor::*[contains(@class, 'task')]//*[@class='task-number']")
        numbers = numbers_in(_words(task[0], ".") if task else words)
        if len(numbers) == 1 and not ROW.search(address) and "rel" not in link.attrib:
            yield numbers[0], words, address


def sums_of(numbers: list[float]) -> set[float]:
    """Each of them, and what two make together: 5 that count and 2 that do not are 7 rows."""
    return {*numbers, *(one + other for one, other in combinations(numbers, 2))}


def test_a_number_is_counted_again_where_it_leads(history: History) -> None:
    wrong, looked = [], 0
    for browser, urls in browsers(history.world):
        for url in urls:
            for number, words, address in tapped(browser.page(url), url):
                if not urlsplit(address).path.endswith("/"):
                    continue
                looked += 1
                counts = counts_of(browser.page(address))
                if number not in counts and (number or any(counts)):
                    wrong.append(f"{url}: {words} {number} → {address}: {counts}")
    assert not wrong, "\n".join(wrong)


def test_a_heading_counts_what_is_listed(history: History) -> None:
    wrong = []
    for browser, urls in browsers(history.world):
        for url in urls:
            page = browser.page(url)
            for address in narrowed(page, url):
                narrow = browser.page(address)
                rows = numbers_in(_words(narrow, "//*[contains(@class, 'list-count')]"))
                heading = numbers_in(_words(narrow, "//h1"))
                if rows and not rows[0] and not any(heading):
                    continue
                if rows and heading and rows[0] not in sums_of(heading):
                    wrong.append(f"{address}: {rows[0]} rows below {_words(narrow, '//h1')}")
    assert not wrong, "\n".join(wrong)


def narrowed(page: html.HtmlElement, url: str) -> Iterator[str]:
    """The list of a page as it is and, where its heading counts, with choices of each filter, each
    tab, and without a row."""
    yield url
    if not numbers_in(_words(page, "//h1")):
        return
    for form in page.xpath("//form[contains(@class, 'list-bar')]"):
        if form.xpath(".//input[@name='q']"):
            yield f"{url}?q={NOBODY}"
        for select in form.xpath(".//select"):
            for value in select.xpath("./option/@value[. != '']")[:2]:
                yield f"{url}?{select.get('name')}={value}"
    for tab in page.xpath("//*[@class='tabs']/a/@href"):
        yield urljoin(url, tab)
