"""How many statements each page of the menus, and each table, asks of the database.

They stand in `queries.txt` and may only become fewer: `python -m pytest tests/home
--rewrite-queries` writes them anew, the difference is then looked at line by line. That rows add
none is tested beside each list.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baodao.home.rules.menus import FIRST_PAGES, pages_of
from baodao.kernel.authz import Role
from tests.permissions.cast import BACKEND
from tests.world import World

SHEET = Path(__file__).parent / "queries.txt"
READERS = {
    "deng": Role.UNIT_SECRETARY,
    "qin": Role.BRANCH_SECRETARY,
    "an": Role.COMMUNITY_WORKER,
    "fan": Role.SUPERVISOR,
    "sun": Role.SYSTEM_ADMINISTRATOR,
    "shen": Role.SECURITY_ADMINISTRATOR,
    "su": Role.AUDIT_ADMINISTRATOR,
}
TABLES = ("insight:table", "insight:service_table", "insight:overview_of")


def _addresses(world: World) -> Iterator[tuple[str, str, str]]:
    """Who opens which page: their name, that of the page, and its address."""
    for page in ("home:member", "agenda:find", "home:mine"):
        yield "chen", page, reverse(page)
    for name, role in READERS.items():
        for page in sorted({FIRST_PAGES[role], *pages_of(role)}):
            yield name, page, reverse(page)
    for place in (world.east, world.willow, world.bureau, world.first):
        for page in TABLES:
            yield "fan", f"{page} {place.kind}", reverse(page, args=[place.code])


def _asked(client: Client, url: str) -> int:
    """The statements of the second request: the first may read what a server reads once."""
    client.get(url)
    with CaptureQueriesContext(connection) as statements:
        client.get(url)
    return len(statements)


def test_no_page_asks_more_than_it_did(world: World, request: pytest.FixtureRequest) -> None:
    clients = {name: Client() for name in world.accounts}
    for name, client in clients.items():
        client.force_login(world.accounts[name], backend=BACKEND)
    counts = {
        f"{name:4} {page}": _asked(clients[name], url) for name, page, url in _addresses(world)
    }
    if request.config.getoption("--rewrite-queries", default=False):
        SHEET.write_text("".join(f"{page:46} {count:3}\n" for page, count in counts.items()))
    sheet = {line[:46].rstrip(): int(line[46:]) for line in SHEET.read_text().splitlines()}
    assert sheet.keys() == counts.keys()
    assert {page: count for page, count in counts.items() if count > sheet[page]} == {}
