"""A real server on a PostgreSQL of its own, both of which a test may kill, and forms sent to it."""

import http.client
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from baodao.kernel.database import APP
from baodao.operations.postgres import Cluster
from tests.environment import ROOT

PATIENCE = 60
SENDERS = 8
TOKEN = "a" * 32
CLI = [sys.executable, "-m", "baodao.operations.command"]


def environment(folder: Path) -> dict[str, str]:
    """Data in `folder`; keys as the tests have them, so that what they make is read there."""
    return {
        **os.environ,
        "BAODAO_VAR": str(folder),
        "BAODAO_KEY_FILE": str(settings.KEY_FILE),
        "BAODAO_SECRET_KEY": settings.SECRET_KEY,
    }


@contextmanager
def own_postgres(folder: Path) -> Iterator[Cluster]:
    """A migrated cluster in `folder`, which is the tests' database in the block."""
    subprocess.run([*CLI, "migrate"], env=environment(folder), cwd=ROOT, check=True)
    cluster = Cluster(folder / "postgres")
    cluster.start()
    before = {alias: dict(connections[alias].settings_dict) for alias in connections}
    for alias in connections:
        connections[alias].close()
        address = {"HOST": str(cluster.socket_folder), "NAME": "baodao", "PORT": "5432"}
        connections[alias].settings_dict.update(address)
    try:
        yield cluster
    finally:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict.update(before[alias])
        cluster.stop()
        shutil.rmtree(place(cluster), ignore_errors=True)


def place(cluster: Cluster) -> Path:
    """Where its files are: root's server cannot always reach the folder itself."""
    noted = cluster.folder / "place.json"
    return Path(json.loads(noted.read_text())["place"]) if noted.exists() else cluster.folder


def kill_postgres(cluster: Cluster) -> None:
    """The server and all its children at once, as a power cut ends them."""
    head = int((place(cluster) / "data" / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{head}/task/{head}/children").read_text().split()
    watched = [os.pidfd_open(number) for number in (head, *map(int, children))]
    for one in watched:
        signal.pidfd_send_signal(one, signal.SIGKILL)
    for one in watched:
        assert select.select([one], [], [], PATIENCE)[0]
        os.close(one)


def let_end(cluster: Cluster) -> None:
    """Wait until the last act of a killed server has ended, one way or the other."""
    under_way = f"SELECT 1 FROM pg_stat_activity WHERE usename = '{APP}' AND xact_start IS NOT NULL"
    while superuser(cluster, under_way):
        continue


class Killable:
    """A process of ours with its children, which ends without a word."""

    _process: subprocess.Popen[bytes]

    def __init__(self, folder: Path) -> None:
        self._environment = environment(folder)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(PATIENCE)

    def start(self) -> None:
        """Begin, until it is of use."""
        raise NotImplementedError

    def _begin(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [*CLI, *words],
            env=self._environment,
            cwd=ROOT,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def _lives_until(self, useful: Callable[[], bool]) -> None:
        watched = os.pidfd_open(self._process.pid)
        while not useful():
            ended = select.select([watched], [], [], 0.05)[0]
            assert not ended, "the process ended while it started"
        os.close(watched)

    def kill(self) -> None:
        """The process that was started and those that it started, without a word to them."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Server(Killable):
    """`baodao serve` on a port of its own, with two processes."""

    def __init__(self, folder: Path) -> None:
        (folder / "static").mkdir(exist_ok=True)
        (folder / "static" / "staticfiles.json").write_text("{}")
        super().__init__(folder)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        """Until it takes a connection."""
        self._begin("serve", "--port", str(self.port), "--processes", "2", "--threads", "4")
        self._lives_until(self._listens)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Worker(Killable):
    """`baodao worker`, which has a job in its hands that waits for a lock."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        super().__init__(folder)
        self._cluster = cluster

    def start(self) -> None:
        """Until a statement of its waits for somebody else's lock."""
        self._begin("worker")
        self._lives_until(self._waits)

    def _waits(self) -> bool:
        waiting = f"SELECT 1 FROM pg_stat_activity WHERE usename = '{APP}' AND {HELD_UP}"
        return bool(superuser(self._cluster, waiting))


HELD_UP = "cardinality(pg_blocking_pids(pid)) > 0"


@dataclass(frozen=True)
class Form:
    """A form as a page gave it: sent again, it carries the same id."""

    path: str
    fields: Sequence[tuple[str, str]]
    client_id: UUID = field(default_factory=uuid4)

    def again(self) -> "Form":
        """The same form from a page that was opened anew."""
        return Form(self.path, self.fields)

    def body(self) -> str:
        own = [("csrfmiddlewaretoken", TOKEN), ("client_id", str(self.client_id))]
        return urlencode([*self.fields, *own])


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    to: str

    @property
    def acknowledged(self) -> bool:
        """Whether the sender was told that it is done."""
        return self.status == http.client.FOUND


def acceptance(registration_id: UUID) -> Form:
    """The desk's form with one name ticked."""
    return Form(reverse("registration:accept"), [("ids", str(registration_id))])


class Sender:
    """Somebody's browser: signed in once, sending forms to a server."""

    def __init__(self, server: Server, client: Client) -> None:
        self._port = server.port
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._headers = {
            "Host": "localhost",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
        }

    def send(self, form: Form) -> Reply | None:
        """The reply, or None when the connection broke before there was one."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            connection.request("POST", form.path, form.body(), self._headers)
            reply = connection.getresponse()
        except (OSError, http.client.HTTPException):
            return None
        else:
            return Reply(reply.status, reply.getheader("Location", ""))
        finally:
            connection.close()

    def send_all(
        self, forms: Sequence[Form], after: int = 0, act: Callable[[], object] = str
    ) -> list[Reply | None]:
        """See `send_each`; all of them from this browser."""
        return send_each([(self, form) for form in forms], after, act)


def send_each(
    sent: Sequence[tuple[Sender, Form]], after: int = 0, act: Callable[[], object] = str
) -> list[Reply | None]:
    """All of them, several at a time; `act` the moment the `after`-th was acknowledged."""
    gate, acknowledged = threading.Lock(), []

    def one(pair: tuple[Sender, Form]) -> Reply | None:
        sender, form = pair
        reply = sender.send(form)
        if reply is not None and reply.acknowledged:
            with gate:
                acknowledged.append(form)
                now = len(acknowledged) == after
            if now:
                act()
        return reply

    with ThreadPoolExecutor(SENDERS) as pool:
        return list(pool.map(one, sent))


def superuser(cluster: Cluster, *statements: str) -> list[tuple[object, ...]]:
    """Run them as PostgreSQL's own superuser; the rows of the last one."""
    with psycopg.connect(cluster.dsn("postgres"), autocommit=True) as admin:
        for statement in statements:
            cursor = admin.execute(statement)
        return cursor.fetchall() if cursor.description else []
