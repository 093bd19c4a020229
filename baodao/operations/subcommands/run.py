"""`baodao run`: all of Baodao in one foreground process; ctrl-C or SIGTERM ends all of it."""

import argparse
import fcntl
import hashlib
import http.client
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from baodao.kernel.errors import Refused, gettext_noop
from baodao.operations.address import add_address, check_reach, free_port
from baodao.operations.frame import Outcome, Subparsers, cluster
from baodao.operations.household import Household

COMMAND = "baodao.operations.command"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 — compared, not bound
READY = """
  报到 Baodao   {url}
  {sign_in}
  按 Ctrl-C 结束。Ctrl-C ends it.
"""
SIGN_IN_DEMO = (
    "演示城市：在登录页点选角色即可，无需密码。Demo: pick a role on the sign-in page, no password."
)
SIGN_IN_OWN = "用管理员给您的账号登录。Sign in with the account your administrator gave you."


def add(subparsers: Subparsers) -> None:
    """Address, and whether an empty database gets the demo city."""
    parser = subparsers.add_parser("run", help="everything in one foreground process")
    add_address(parser)
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Outcome:
    """Bring everything up in order, say where it is, and stay until asked to end."""
    began = time.monotonic()
    check_reach(arguments.host)
    host, port = arguments.host, free_port(arguments.host, arguments.port)
    demo = settings.EMBEDDED and not arguments.no_demo
    url = f"http://{'localhost' if host in (*EVERYWHERE, '127.0.0.1', '::1') else host}:{port}"
    with alone(settings.VAR, url):
        _serve(host, port, url, demo=demo, began=began)
    return Outcome(facts={"ended": "run"})


@contextmanager
def alone(folder: Path, url: str) -> Iterator[None]:
    """This run has a folder for itself, as long as the block lasts. Raises `Refused` while another
    one serves it, with the address at which it does."""
    with (folder / "run.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            message = gettext_noop(
                "Another run serves the folder %(folder)s already, at %(url)s. End it first, or "
                "give this one a folder of its own with BAODAO_VAR."
            )
            where = {"folder": str(folder), "url": file.read().strip()}
            raise Refused("run.twice", message, **where) from error
        file.truncate(0)
        file.write(url)
        file.flush()
        yield


def _serve(host: str, port: int, url: str, *, demo: bool, began: float) -> None:
    """The household, until it is asked to end."""
    household = Household({"BAODAO_PUBLIC_URL": os.environ.get("BAODAO_PUBLIC_URL", url)})
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: household.stopping.set())
    try:
        _once(household, "schema", _schema_digest(), "migrate")
        if demo:
            _once(household, "demo", cluster().identity(), "demo", accepted="demo.not-empty")
        address = ["--host", host, "--port", str(port)]
        household.add("server", COMMAND, "serve", *address, lasting=True)
        if _page_comes(household, EVERYWHERE.get(host, host), port):
            household.add("worker", COMMAND, "worker", lasting=True)
            print(f"  first page: {time.monotonic() - began:.1f} s")
            print(READY.format(url=url, sign_in=SIGN_IN_DEMO if demo else SIGN_IN_OWN), flush=True)
            household.add("fonts", "baodao.operations.fonts", str(settings.VAR))
            if demo and not settings.DIVISIONS.exists():
                household.add("division table", "baodao.operations.bootstrap", "divisions")
        household.keep()
    finally:
        print("  ending …", flush=True)
        household.dissolve()


def _schema_digest() -> str:
    """Changes with any migration of ours, any package, the roles, and the database itself."""
    root = Path(settings.BASE_DIR)
    files = [*sorted(root.glob("baodao/*/migrations/*.py")), root / "requirements" / "run.txt"]
    files.append(root / "baodao" / "kernel" / "facts.py")
    digest = hashlib.sha256(json.dumps(settings.DATABASES, default=str).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest() + (cluster().identity() if settings.EMBEDDED else "")


def _once(household: Household, name: str, inputs: str, command: str, accepted: str = "") -> None:
    """Run `baodao <command>` as a child, unless it was done with the same inputs."""
    stamp = Path(settings.VAR) / "stamps" / name
    if household.stopping.is_set() or (stamp.exists() and stamp.read_text() == inputs):
        return
    print(f"  {name} …", flush=True)
    began = time.monotonic()
    child = household.add(name, COMMAND, command, "--json", heard=True)
    output = household.hear(child)
    if household.stopping.is_set():
        return
    refused = json.loads(output).get("refused") if output.strip() else None
    if child.process.returncode and not (refused and refused["reason"] == accepted):
        reason = refused["message"] if refused else gettext_noop("The reason stands above.")
        raise Refused(f"{name}.failed", "%(reason)s", reason=reason)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)
    print(f"  {name}: {time.monotonic() - began:.1f} s", flush=True)


def _page_comes(household: Household, host: str, port: int) -> bool:
    """Wait until the server answers with a page; False when asked to stop before that."""
    while not household.stopping.wait(0.1):
        household.mend()
        connection = http.client.HTTPConnection(host, port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            status = connection.getresponse().status
        except OSError:
            continue
        finally:
            connection.close()
        if status >= http.client.INTERNAL_SERVER_ERROR:
            print(f"  the first page answers {status}; the reason stands above", flush=True)
        return True
    return False
