"""The demo city as `make run` opens it, on a folder of its own, and browsers that walk in it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from baodao.operations.postgres import Cluster
from tests.installations import running, settle
from tests.journeys.city import City
from tests.journeys.walker import CHECKER, DESK, PHONE, Walker

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium-headless-shell"
"""Chromium without a window: the same pages for a fifth less of the processor."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A running demo: server and worker, ended with the journeys."""
    folder = tmp_path_factory.mktemp("city")
    settle(folder)
    with running(folder, _port()) as address:
        built = City(address, Cluster(folder / "postgres").dsn(), folder / "keys" / "data.json")
        yield built
        built.leave()


def _port() -> str:
    """A port that no other test process walks on."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return str(8765 + 60 * int(worker.removeprefix("gw")))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed with the journeys: while it is open, this thread may ask no database."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def walk(browser: Browser, city: City) -> Iterator[Callable[..., Walker]]:
    """Make walkers: `walk("phone")` or `walk("desk")`; at the end no page had a violation."""
    walkers: list[Walker] = []

    def start(kind: str, *, script: bool = True) -> Walker:
        phone = kind == "phone"
        context = browser.new_context(
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            is_mobile=phone,
            locale="zh-CN",
            java_script_enabled=script,
        )
        context.add_init_script(path=CHECKER)
        walkers.append(Walker(context.new_page(), city.address, script))
        return walkers[-1]

    yield start
    for walker in walkers:
        walker.page.context.close()
    assert [found for walker in walkers for found in walker.violations] == []
