"""The demo city as `make run` opens it, on a folder of its own, and browsers that walk in it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from baodao.operations.postgres import Cluster
from tests.environment import ROOT
from tests.journeys.city import City
from tests.journeys.walker import DESK, PHONE, Walker

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A running demo: server and worker, ended with the tests."""
    folder = tmp_path_factory.mktemp("city")
    for part in ("packages", "static", "fonts"):
        if (ROOT / "var" / part).exists():
            (folder / part).symlink_to(ROOT / "var" / part)
    environment = {**os.environ, "BAODAO_VAR": str(folder), "BAODAO_PORT": _port()}
    command = [sys.executable, "-m", "baodao.operations.command", "run"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            dsn = Cluster(folder / "postgres").dsn()
            built = City(_address(process), dsn, folder / "keys" / "data.json")
            yield built
            built.leave()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _port() -> str:
    """A port that no other test process walks on."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return str(8765 + 60 * int(worker.removeprefix("gw")))


def _address(process: subprocess.Popen[str]) -> str:
    """The address that `run` prints once the first page is up."""
    said = []
    for line in process.stdout or []:
        said.append(line)
        found = re.search(r"http://[^\s/]+", line)
        if found:
            return found.group()
    raise AssertionError("the demo did not start:\n" + "".join(said))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
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
        walkers.append(Walker(context.new_page(), city.address, script))
        return walkers[-1]

    yield start
    for walker in walkers:
        walker.page.context.close()
    assert [found for walker in walkers for found in walker.violations] == []
