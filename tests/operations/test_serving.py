"""A real `baodao serve` without a proxy: whom it listens to, what it reads, what it writes down."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from baodao.config.middleware import MOST_BYTES
from baodao.kernel.database import APP
from baodao.kernel.errors import Refused
from baodao.operations.address import check_reach
from baodao.operations.postgres import Cluster
from tests.environment import ROOT, VAR
from tests.operations.storm import CLI, PATIENCE

MANY = 12
"""More senders than the server below has threads."""
HUGE = 300 * 2**20
FORM = "multipart/form-data; boundary=b"
FILE = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\n'


@dataclass
class Serving:
    """The process, where it listens, and where it would leave files."""

    process: subprocess.Popen[bytes]
    port: int
    temporary: Path
    log: Path

    def half_sent(self, path: str, length: int | None) -> socket.socket:
        """A form of which the beginning was sent and nothing more comes; None tells no length."""
        told = f"Content-Length: {length}" if length else "Transfer-Encoding: chunked"
        sender = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n{told}\r\n\r\n"
        chunk = FILE if length else f"{len(FILE):x}\r\n".encode() + FILE + b"\r\n"
        sender.sendall(head.encode() + chunk)
        return sender

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status


@pytest.fixture(scope="module")
def serving(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One process with four threads on the tests' database, for strangers alone."""
    folder = tmp_path_factory.mktemp("serving")
    (folder / "temporary").mkdir()
    (folder / "static").symlink_to(ROOT / "var" / "static")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    variables = {
        "BAODAO_VAR": str(folder),
        "BAODAO_DATABASE_URL": Cluster(VAR / "postgres").url(
            APP, str(connections["default"].settings_dict["NAME"])
        ),
        "TMPDIR": str(folder / "temporary"),
    }
    words = ["serve", "--port", str(port), "--processes", "1", "--threads", "4"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*CLI, *words], env={**os.environ, **variables}, cwd=ROOT, stderr=log
        )
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, (folder / "log").read_text()
        yield Serving(process, port, folder / "temporary", folder / "log")
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.mark.parametrize("length", [HUGE, MOST_BYTES - 1])
def test_strangers_with_huge_forms_neither_stop_it_nor_leave_a_file(
    serving: Serving, length: int
) -> None:
    senders = [serving.half_sent("/complaints/new/", length) for _ in range(MANY)]
    answers = [sender.recv(12) for sender in senders]
    assert answers == [b"HTTP/1.1 413"] * MANY
    assert serving.status("/sign-in/") == 200
    assert list(serving.temporary.iterdir()) == []
    for sender in senders:
        sender.close()


def test_a_stranger_s_form_of_untold_length_neither_stops_it_nor_leaves_a_file(
    serving: Serving,
) -> None:
    senders = [serving.half_sent("/complaints/new/", None) for _ in range(MANY)]
    assert {sender.recv(12) for sender in senders} == {b"HTTP/1.1 403"}, "it is not read at all"
    assert serving.status("/sign-in/") == 200
    assert list(serving.temporary.iterdir()) == []
    for sender in senders:
        sender.close()


def test_what_opens_something_does_not_stand_in_its_log(serving: Serving) -> None:
    for address in ("/l/s3cr3t-of-a-letter/", "/asked/S3CR3T-OF-A-NEED/", "/v/s3cr3t-of-a-paper/"):
        assert serving.status(address) in (200, 404)
    assert serving.status("/no/such/page/") == 404
    lines = serving.log.read_text()
    assert "/no/such/page/" in lines
    assert "s3cr3t" not in lines.lower()


def test_without_a_proxy_it_is_not_reached_from_other_machines() -> None:
    for words in (["serve"], ["run", "--no-demo"]):
        ended = subprocess.run(
            [sys.executable, "-m", "baodao.operations.command", *words, "--host", "0.0.0.0"],
            env={**os.environ, "BAODAO_HTTPS": ""},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert ended.returncode == 1
        assert "BAODAO_HTTPS=1" in ended.stderr


def test_which_addresses_are_this_machine_s_alone(settings: Settings) -> None:
    settings.HTTPS = False
    for host in ("127.0.0.1", "127.0.0.2", "::1", "localhost"):
        check_reach(host)
    for host in ("0.0.0.0", "::", "192.0.2.1", "baodao.example.gov.cn"):
        with pytest.raises(Refused, match=r"address\.open"):
            check_reach(host)
    settings.HTTPS = True
    check_reach("0.0.0.0")
