"""Demo cities in folders of their own: built once, then copied for whoever walks in one.

To build one takes a minute of every worker and of everybody who tries a single journey. It is built
by `run` itself, as everybody's first start, and kept for an hour of the same day unless a source
changes.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from baodao.kernel import clock
from baodao.operations.postgres import Cluster
from tests.environment import ROOT, VAR

CITIES = VAR / "cities"
SHARED = ("packages", "static", "fonts")
"""What the set-up fetched or made: every installation reads the same."""

HOUR = 3600
"""Seconds for which a city is copied. Two workers of a run share it, also when the clock strikes
between them."""


def settle(folder: Path) -> None:
    """Put the demo city into the empty `folder`; its server stands still."""
    CITIES.mkdir(exist_ok=True)
    with open(CITIES / "gate.lock", "w") as gate:  # one worker at a time builds or copies
        fcntl.flock(gate, fcntl.LOCK_EX)
        source = CITIES / _digest()
        if not _is_fresh(source / "built"):
            _build(source)
        shutil.copytree(source / "keys", folder / "keys")
        here, there = (Cluster(one / "postgres") for one in (source, folder))
        there.folder.mkdir()
        subprocess.run(["cp", "-a", here.place() / "data", there.place() / "data"], check=True)


def share(folder: Path, parts: Iterable[str]) -> None:
    """Let `folder` read what the set-up fetched or made, as far as it is there."""
    for part in parts:
        if (ROOT / "var" / part).exists():
            (folder / part).symlink_to(ROOT / "var" / part)


def _is_fresh(mark: Path) -> bool:
    """Whether the city that `mark` ended was built within the hour: the demo tells of today and of
    yesterday, by the hour."""
    return mark.exists() and time.time() - mark.stat().st_mtime < HOUR


def _build(folder: Path) -> None:
    for old in CITIES.iterdir():
        if old.is_dir():
            shutil.rmtree(Cluster(old / "postgres").place())
            shutil.rmtree(old, ignore_errors=True)
    folder.mkdir()
    with running(folder, "8705"):
        pass
    (folder / "built").touch()


@contextmanager
def running(folder: Path, port: str) -> Iterator[str]:
    """The address of the first page of what `run` started there; it is ended as by ctrl-C."""
    (ROOT / "var" / "fonts").mkdir(exist_ok=True)  # what the first of them fetches, all have
    share(folder, SHARED)
    command = [sys.executable, "-m", "baodao.operations.command", "run"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "BAODAO_VAR": str(folder), "BAODAO_PORT": port},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _address(process: subprocess.Popen[str]) -> str:
    """The address that `run` prints once the first page is up."""
    said = []
    for line in process.stdout or []:
        said.append(line)
        found = re.search(r"http://[^\s/]+", line)
        if found:
            return found.group()
    raise AssertionError("the demo did not start:\n" + "".join(said))


def _digest() -> str:
    """Of the day, for the demo tells of today and of yesterday, and of all that builds it."""
    digest = hashlib.sha256(f"{clock.today()}".encode())
    sources = ROOT / "baodao"
    for file in sorted([*sources.rglob("*.py"), *sources.rglob("*.po")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
