"""`baodao run` as a whole: up, alive after a kill, and gone without a trace."""

import http.client
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from baodao.kernel.errors import Refused
from baodao.operations.address import free_port
from baodao.operations.postgres import Cluster
from baodao.operations.subcommands.run import alone
from tests.environment import ROOT
from tests.installations import settle, share

PATIENCE = 60


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a database, keys and static files, in which nothing was started yet. The first
    start of all, in an empty folder, is what the journeys begin with (`tests/installations.py`)."""
    folder = tmp_path_factory.mktemp("var")
    settle(folder)
    share(folder, ("packages", "static"))
    (folder / "fonts").mkdir()
    for name in ("NotoSerifCJK-Regular.ttc", "simfang.ttf"):
        (folder / "fonts" / name).touch()
    yield folder
    noted = folder / "postgres" / "place.json"
    Cluster(folder / "postgres").stop()
    if noted.exists():
        shutil.rmtree(json.loads(noted.read_text())["place"], ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "BAODAO_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "baodao.config.settings",
        "PYTHONUNBUFFERED": "1",
    }


class Running:
    """`baodao run` as a user has it in a terminal, read line by line."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.folder = folder
        words = ["run", "--no-demo", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "baodao.operations.command", *words],
            env=_environment(folder),
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def read_until(self, words: str) -> str:
        """Its lines up to the one that holds `words`."""
        assert self.process.stdout is not None
        seen = ""
        for line in self.process.stdout:
            seen += line
            if words in line:
                return seen
        raise AssertionError(f"{words!r} never came:\n{seen}")

    def status(self) -> int:
        """What the server answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status

    def family(self) -> dict[int, str]:
        """Every process that was started with this folder, by number."""
        mark = f"BAODAO_VAR={self.folder}\0".encode()
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (entry / "environ").read_bytes() + b"\0":
                    found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
        return found


def _gone(number: int) -> bool:
    """Wait until the process has ended."""
    try:
        watched = os.pidfd_open(number)
    except ProcessLookupError:
        return True
    return bool(select.select([watched], [], [], PATIENCE)[0])


def _one(family: dict[int, str], words: str) -> int:
    return min(number for number, command in family.items() if words in command)


def test_ctrl_c_ends_it_without_leaving_a_process(var: Path) -> None:
    with Running(var) as running:
        shown = running.read_until("Ctrl-C ends it")
        assert f"localhost:{running.port}" in shown
        assert running.status() < 500
        until = time.monotonic() + PATIENCE
        while not any(" worker " in command for command in running.family().values()):
            assert time.monotonic() < until, "no worker"
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0
        assert running.family() == {}
    assert not Cluster(var / "postgres").running()


def test_a_second_start_skips_what_is_done_and_a_killed_server_is_started_again(var: Path) -> None:
    with Running(var) as running:
        shown = running.read_until("Ctrl-C ends it")
        assert "schema" not in shown
        server = _one(running.family(), " serve ")
        os.kill(server, signal.SIGKILL)
        running.read_until("server ended unexpectedly")
        assert _gone(server)
        running.process.terminate()
        assert running.process.wait(PATIENCE) == 0
        assert running.family() == {}


def test_its_children_end_when_it_is_killed_without_a_word(var: Path) -> None:
    with Running(var) as running:
        running.read_until("Ctrl-C ends it")
        children = [
            n for n, words in running.family().items() if "baodao.operations.command" in words
        ]
        assert len(children) >= 3
        running.process.kill()
        running.process.wait()
        assert [number for number in children if not _gone(number)] == []
        with socket.create_server(("127.0.0.1", running.port)):
            Cluster(var / "postgres").stop()


def test_data_of_an_earlier_version_ends_it_with_what_to_do(var: Path) -> None:
    """As a data folder has it whose migrations were written anew since."""
    forget = "DELETE FROM django_migrations WHERE app = 'agenda'"
    script = (
        "import django; django.setup(); from django.db import connections; "
        f'connections["owner"].cursor().execute("{forget}")'
    )
    with Running(var) as running:
        running.read_until("Ctrl-C ends it")
        environment = _environment(var)
        subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=True)
        running.process.terminate()
        assert running.process.wait(PATIENCE) == 0
    (var / "stamps" / "schema").unlink()
    with Running(var) as running:
        shown, _ = running.process.communicate(timeout=PATIENCE)
    assert running.process.returncode == 1
    assert "BAODAO_VAR" in shown
    assert "Traceback" not in shown


def test_a_folder_that_another_run_serves_is_refused_with_where_it_does(tmp_path: Path) -> None:
    with alone(tmp_path, "http://localhost:8001"):
        with pytest.raises(Refused, match=r"run\.twice") as refused, alone(tmp_path, "http://b"):
            pass
        assert refused.value.facts["url"] == "http://localhost:8001"
    with alone(tmp_path, "http://localhost:8002"):
        assert (tmp_path / "run.lock").read_text() == "http://localhost:8002"


def test_a_taken_port_is_replaced_by_the_next_free_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        found = free_port("127.0.0.1", taken)
    assert found > taken
    assert f"{taken} is taken; using {found}" in capsys.readouterr().out
