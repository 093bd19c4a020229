"""What somebody reads on pages, tables and papers, to be compared with what they read later."""

import re
from collections.abc import Iterable, Mapping

from baodao.ui.listing import PAGE_SIZE
from tests.journeys.walker import Walker

Figures = Mapping[str, list[int]]
"""The whole numbers of each row of a table, by the name of the row."""

CELLS = """([metrics, day]) => [...document.querySelectorAll('main tbody tr a[href]')].map(one => {
  const cell = new URL(one.href);
  if (day) cell.searchParams.set('as_of', day);
  return cell.href;
}).filter(one => metrics.includes(one.split('/').at(-2)))"""

ROWS = """cells => Promise.all(cells.map(async cell => {
  const page = new DOMParser().parseFromString(await (await fetch(cell)).text(), 'text/html');
  const rows = [...page.querySelectorAll('main tbody tr')];
  const words = row => [...row.cells].map(one => one.textContent.trim().replace(/\\s+/g, ' '));
  const [place, metric] = cell.split('/').slice(-3);
  const number = page.querySelector('h1').textContent.match(/\\d+/);
  return [`${place} ${metric}`, number && +number[0], rows.map(row => words(row).join(' '))];
}))"""
"""The number and the words of the rows behind each cell."""


def letters(clerk: Walker, paths: Iterable[str]) -> list[str]:
    """The words of each letter, opened again; without those that are not there."""
    found = []
    for path in paths:
        clerk.page.goto(f"{clerk.address}{path}")
        found += clerk.page.locator(".paper").all_inner_texts()
    return found


def table(reader: Walker, code: str, as_of: str = "") -> str:
    """All words of the tables of a place as of a day; without one, as of now."""
    reader.page.goto(f"{reader.address}/tables/registration/{code}/?as_of={as_of}")
    return "\n".join(reader.page.locator("main table").all_inner_texts())


def figures(words: str) -> Figures:
    """The numbers of a table, by the names of its rows."""
    rows = [line.split() for line in words.splitlines() if line.split()]
    return {name: [int(one) for one in given if one.isdigit()] for name, *given in rows}


def opened(reader: Walker, metrics: Iterable[str], as_of: str = "") -> Mapping[str, list[str]]:
    """The rows behind the cells of these metrics in the table that is open, or as of a day: as
    many as the cell says, of which a page shows the first."""
    cells = reader.page.evaluate(CELLS, [list(metrics), as_of])
    found = reader.page.evaluate(ROWS, cells)
    assert found
    assert [cell for cell, number, rows in found if len(rows) != min(number, PAGE_SIZE)] == []
    return {cell: rows for cell, _, rows in found}


def papers(reader: Walker, paths: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """What stands on each paper, and on the page that verifies it."""
    words = {}
    for name, places in paths.items():
        for what, path in places.items():
            reader.page.goto(f"{reader.address}{path}")
            place = ".paper" if what == "printed" else "main"
            words[f"{name} {what}"] = reader.page.locator(place).first.inner_text()
    return words


def acts(reader: Walker) -> list[str]:
    """The buttons of the page that is open, without those that print what was issued."""
    words = reader.page.locator("main a.btn, main button").all_inner_texts()
    return [one for one in words if not re.search(r"(PDF|Word)$", one)]


def statuses(reader: Walker, *paths: str) -> set[int]:
    """What the addresses answer."""
    return {reader.page.request.get(f"{reader.address}{path}").status for path in paths}
