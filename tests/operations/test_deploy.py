"""What stands in `deploy/` fits the program: commands, settings, roles, logs without secrets."""

import configparser
import json
import logging
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from baodao.config.logs import OPENING, KeylessFormatter
from baodao.config.middleware import MOST_BYTES
from baodao.kernel.health import Health
from baodao.operations import frame
from baodao.operations.command import COMMANDS
from baodao.operations.postgres import Cluster, find_binaries
from tests.environment import ROOT, VAR

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
BAODAO = "/opt/baodao/.venv/bin/baodao "
SETTING = re.compile(r"\bBAODAO_[A-Z_]+\b")
NGINX = (DEPLOY / "nginx" / "baodao.conf").read_text()
DAYS_KEPT = 184
KEY = re.compile(r"<(str|slug):(token|\w+_token|\w+_code)>")
"""What opens something to whoever knows it, in a pattern of addresses."""


def unit(file: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(file)
    return parser


SERVICES = [file for file in UNITS if file.suffix == ".service"]
each_service = pytest.mark.parametrize("file", SERVICES, ids=lambda file: file.name)


@each_service
def test_what_a_service_starts_is_a_subcommand_with_options_that_it_has(file: Path) -> None:
    line = unit(file)["Service"]["ExecStart"]
    assert line.startswith(BAODAO)
    words = shlex.split(line.removeprefix(BAODAO))
    command = next(one for one in COMMANDS if one.name == words[0])
    parsed = frame._parser(COMMANDS, command).parse_args(words)
    assert callable(parsed.run)
    with pytest.raises(SystemExit):
        frame._parser(COMMANDS, command).parse_args([*words, "--nonsense"])


@each_service
def test_a_service_runs_without_rights_and_without_the_owners_password(file: Path) -> None:
    service = unit(file)["Service"]
    assert service["User"] == "baodao"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["EnvironmentFile"] == "/etc/baodao/baodao.env"
    assert "OWNER" not in (DEPLOY / "baodao.env").read_text()


def test_the_units_are_what_systemd_reads(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd here")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "baodao").symlink_to(sys.executable)
    for file in UNITS:
        text = file.read_text().replace("/opt/baodao/.venv", f"{tmp_path}/.venv")
        (tmp_path / file.name).write_text(text)
    checked = [str(tmp_path / file.name) for file in UNITS]
    reply = subprocess.run(
        [analyze, "verify", "--man=no", "--recursive-errors=no", *checked],
        text=True,
        capture_output=True,
        check=False,
    )
    ours = [line for line in reply.stderr.splitlines() if "baodao" in line]
    assert ours == []


def test_every_setting_that_is_named_is_explained_and_read() -> None:
    explained = set(SETTING.findall((ROOT / "docs" / "operations" / "settings.md").read_text()))
    read = "".join(file.read_text() for file in (ROOT / "baodao").rglob("*.py"))
    files = [file for file in DEPLOY.rglob("*") if file.is_file() and file.suffix != ".sql"]
    named = {name for file in files for name in SETTING.findall(file.read_text())}
    assert len(named) >= 7
    assert named - explained == set()
    assert [name for name in named if name not in read] == []


def test_systemd_and_the_shell_read_the_same_from_the_settings() -> None:
    for file in (DEPLOY / "baodao.env", DEPLOY / "owner.env"):
        lines = [line for line in file.read_text().splitlines() if line and line[0] != "#"]
        plain = {name: value.strip("'") for name, _, value in (x.partition("=") for x in lines)}
        shown = subprocess.run(
            ["sh", "-c", f"set -a; . {file}; env -0"], env={}, text=True, capture_output=True
        ).stdout
        heard = dict(pair.split("=", 1) for pair in shown.split("\0") if pair)
        assert plain.items() <= heard.items()


def test_the_command_for_root_is_a_shell_script_with_the_owner_only_where_needed() -> None:
    script = DEPLOY / "baodao"
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)
    given = re.search(r"^([a-z |]+)\) \. /etc/baodao/owner.env", script.read_text(), re.MULTILINE)
    assert given
    assert given[1].split(" | ") == ["migrate", "restore"]


def test_the_proxy_passes_what_the_settings_expect() -> None:
    port = re.search(r"^BAODAO_PORT=(\d+)", (DEPLOY / "baodao.env").read_text(), re.MULTILINE)
    assert port
    assert f"proxy_pass http://127.0.0.1:{port[1]};" in NGINX
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in NGINX
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_set_header Host $host;" in NGINX
    size = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert size
    assert int(size[1]) * 2**20 == MOST_BYTES
    assert "proxy_request_buffering on;" in NGINX, "slow bodies wait in front, not in a thread"
    assert re.search(r"client_body_timeout +60s;", NGINX)
    assert NGINX.count("{") == NGINX.count("}")
    assert NGINX.count("access_log ") == NGINX.count("access_log /var/log/baodao/access.log baodao")


def test_no_log_of_the_proxy_holds_what_opens_a_letter_or_was_looked_for() -> None:
    logged = re.search(r"log_format baodao (.+?);\n", NGINX, re.DOTALL)
    assert logged
    variables = set(re.findall(r"\$(\w+)", logged[1]))
    assert "baodao_path" in variables
    telling = {"request", "request_uri", "uri", "args", "query_string", "http_referer"}
    assert variables & telling == set()
    hidden = re.findall(r"~\^/([^/]+)/ ", NGINX)
    opening = {path.split("/")[0] for path in _addresses(get_resolver()) if KEY.search(path)}
    assert {"l", "asked"} <= opening
    assert sorted(opening) == sorted(hidden) == sorted(OPENING)


def test_no_line_of_our_own_log_holds_it_either() -> None:
    line = KeylessFormatter("%(message)s")

    def logged(message: str, *words: object) -> str:
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, words, None)
        return line.format(record)

    for first in OPENING:
        assert logged("Not Found: %s", f"/{first}/s3cr3t-key/") == f"Not Found: /{first}/-/"
        address = f"https://baodao.example/{first}/s3cr3t-key/identify/"
        assert "s3cr3t" not in logged("Bad request: %s", address)
        assert "s3cr3t" not in logged("failure {path_info: '%s'}", f"/{first}/s3cr3t-key.ics")
    assert logged("%s", "/overview/990102/") == "/overview/990102/"
    assert logged("%s", "/usr/lib/v/thing.py") == "/usr/lib/v/thing.py"


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield path
        else:
            yield from _addresses(one, path)


def test_access_logs_are_kept_as_long_as_the_law_asks() -> None:
    rotation = (DEPLOY / "logrotate" / "baodao").read_text()
    kept = re.search(r"^\s+rotate (\d+)$", rotation, re.MULTILINE)
    assert kept
    assert "daily" in rotation
    assert int(kept[1]) >= DAYS_KEPT
    assert re.search(r"^/var/log/baodao/\*\.log \{", rotation, re.MULTILINE)


class Roles:
    """What `deploy/roles.sql` makes, under names of its own."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        mark = uuid4().hex[:8]
        self.database, self.owner, self.app = (
            f"office_{name}_{mark}" for name in ("baodao", "owner", "app")
        )

    def make(self, **passwords: str) -> subprocess.CompletedProcess[str]:
        names = [f"--set={name}={getattr(self, name)}" for name in ("database", "owner", "app")]
        address = ["-h", str(self.cluster.socket_folder), "-U", "postgres", "-d", "postgres"]
        return subprocess.run(
            [find_binaries().bin / "psql", "-X", *address, *names, "-f", DEPLOY / "roles.sql"],
            env=passwords,
            text=True,
            capture_output=True,
            check=False,
        )

    def run(self, *words: str) -> dict[str, object]:
        """`baodao …` as an office runs it; only what migrates knows the owner."""
        variables = {"BAODAO_DATABASE_URL": self.cluster.url(self.app, self.database)}
        if words[0] == "migrate":
            variables["BAODAO_OWNER_DATABASE_URL"] = self.cluster.url(self.owner, self.database)
        reply = subprocess.run(
            [sys.executable, "-m", "baodao.operations.command", *words, "--json"],
            env={**os.environ, **variables},
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            check=False,
        )
        told: dict[str, object] = json.loads(reply.stdout)
        return told

    def states(self) -> dict[str, str]:
        """What the doctor says, with the application's address alone."""
        said = self.run("doctor")["checks"]
        return {one["name"]: one["state"] for one in said}  # type: ignore[attr-defined]

    def may_connect(self, role: str) -> bool:
        with psycopg.connect(self.cluster.dsn("postgres", "postgres")) as admin:
            query = "SELECT has_database_privilege(%s, %s, 'CONNECT')"
            row = admin.execute(query, [role, self.database]).fetchone()
        return bool(row and row[0])


@pytest.fixture
def roles() -> Iterator[Roles]:
    with Cluster(VAR / "postgres") as cluster:
        made = Roles(cluster)
        yield made
        with psycopg.connect(cluster.dsn("postgres", "postgres"), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {made.database} WITH (FORCE)")
            admin.execute(f"DROP ROLE IF EXISTS {made.owner}, {made.app}")


PASSWORDS = {"BAODAO_OWNER_PASSWORD": "one'of two", "BAODAO_APP_PASSWORD": "other"}


def test_the_roles_carry_an_installation_and_the_doctor_notices_who_may_become_its_owner(
    roles: Roles, tmp_path: Path
) -> None:
    for _again in range(2):
        made = roles.make(**PASSWORDS)
        assert (made.returncode, made.stderr) == (0, "")
    assert roles.may_connect(roles.app)
    assert not roles.may_connect("baodao_app")
    assert len(roles.run("migrate")["applied"]) > 20  # type: ignore[arg-type]
    found = roles.states()
    looked_at = ("version", "encoding", "trigrams", "ownership", "facts", "schema")
    assert {found[name] for name in looked_at} == {Health.OK}
    backup = roles.run("backup", "--out", str(tmp_path))
    assert Path(str(backup["file"])).parent == tmp_path
    with (
        psycopg.connect(roles.cluster.dsn(roles.app, roles.database)) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute("UPDATE kernel_journalentry SET verb = ''")
    with psycopg.connect(roles.cluster.dsn("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(f"GRANT {roles.owner} TO {roles.app}")
    assert roles.states()["ownership"] == Health.FAIL, "an application that can become the owner"


def test_without_passwords_no_role_is_made(roles: Roles) -> None:
    made = roles.make(BAODAO_APP_PASSWORD="other")
    assert made.returncode != 0
    assert "BAODAO_OWNER_PASSWORD" in made.stderr
    with psycopg.connect(roles.cluster.dsn("postgres", "postgres")) as admin:
        count = "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)"
        assert admin.execute(count, [[roles.owner, roles.app]]).fetchone() == (0,)
