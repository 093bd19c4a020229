"""The embedded server: made, shared, killed, and closed to whoever should not get in."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from baodao.kernel.database import APP, OWNER
from baodao.operations.postgres import Cluster
from tests.environment import ROOT

VISITOR = """
import sys
from pathlib import Path
import psycopg
from baodao.operations.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
with psycopg.connect(cluster.dsn()) as connection:
    print(connection.execute("SELECT current_user").fetchone()[0], flush=True)
sys.stdin.readline()
with psycopg.connect(cluster.dsn()) as connection:
    connection.execute("SELECT 1")
print(cluster.release(), flush=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for one cluster, whose traces elsewhere are removed, too."""
    made = tmp_path_factory.mktemp("postgres")
    yield made
    _sweep(made)


def _place(folder: Path) -> Path:
    """Where the files are: root's server cannot always reach the folder itself."""
    noted = folder / "place.json"
    return Path(json.loads(noted.read_text())["place"]) if noted.exists() else folder


def _sweep(folder: Path) -> None:
    cluster = Cluster(folder)
    cluster.stop()
    shutil.rmtree(_place(folder), ignore_errors=True)


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    with Cluster(folder) as started:
        yield started


def _server(cluster: Cluster) -> int:
    """The number of the server's process, as the server itself wrote it down."""
    return int((_place(cluster.folder) / "data" / "postmaster.pid").read_text().splitlines()[0])


def test_it_answers_as_the_application_and_as_the_owner(cluster: Cluster) -> None:
    for role in (APP, OWNER):
        with psycopg.connect(cluster.url(role)) as connection:
            row = connection.execute("SELECT current_user, current_database()").fetchone()
        assert row == (role, "baodao")


def test_it_listens_on_no_network_and_keeps_others_out(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
    assert cluster.socket_folder.stat().st_mode & 0o077 == 0
    assert len(str(cluster.socket_folder)) < 90


def test_it_leaves_the_permissions_of_parent_folders_alone(cluster: Cluster) -> None:
    parents = [parent for parent in cluster.folder.parents if parent.name.startswith("pytest")]
    assert parents
    assert all(parent.stat().st_mode & 0o077 == 0 for parent in parents)


def test_it_finds_chinese_where_the_c_locale_finds_nothing(cluster: Cluster) -> None:
    words = "SELECT cardinality(show_trgm('社区服务'))"
    with psycopg.connect(cluster.dsn(OWNER), autocommit=True) as owner:
        owner.execute("DROP DATABASE IF EXISTS deaf")
        owner.execute(
            "CREATE DATABASE deaf TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' "
            "ENCODING 'UTF8'"
        )
    with psycopg.connect(cluster.dsn()) as hearing:
        assert hearing.execute(words).fetchone() == (5,)
    with psycopg.connect(cluster.dsn("postgres", "deaf")) as deaf:
        deaf.execute("CREATE EXTENSION pg_trgm")
        assert deaf.execute(words).fetchone() == (0,)


def test_the_application_appends_facts_and_can_do_nothing_else_to_them(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn(OWNER)) as owner:
        owner.execute("DROP TABLE IF EXISTS fact")
        owner.execute("CREATE TABLE fact (id int PRIMARY KEY, said text)")
        owner.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON fact FROM {APP}")
    refused = (
        "UPDATE fact SET said = 'other'",
        "DELETE FROM fact",
        "TRUNCATE fact",
        "DROP TABLE fact",
        "ALTER TABLE fact ADD COLUMN more int",
        "CREATE TABLE another (id int)",
        f"SET ROLE {OWNER}",
        "ALTER TABLE fact DISABLE TRIGGER ALL",
        f"GRANT UPDATE ON fact TO {APP}",
    )
    with psycopg.connect(cluster.dsn(), autocommit=True) as application:
        application.execute("INSERT INTO fact VALUES (1, 'so it was')")
        for statement in refused[:-1]:
            with pytest.raises(errors.InsufficientPrivilege):
                application.execute(statement)
        application.execute(refused[-1])  # only warns: nothing is granted
        with pytest.raises(errors.InsufficientPrivilege):
            application.execute(refused[0])
        assert application.execute("SELECT said FROM fact").fetchall() == [("so it was",)]
    with psycopg.connect(cluster.dsn(OWNER)) as owner:
        assert owner.execute(refused[0]).rowcount == 1


def test_a_new_table_of_the_owner_is_open_to_the_application(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn(OWNER)) as owner:
        owner.execute("DROP TABLE IF EXISTS plain")
        owner.execute("CREATE TABLE plain (id serial PRIMARY KEY, said text)")
    with psycopg.connect(cluster.dsn()) as application:
        application.execute("INSERT INTO plain (said) VALUES ('a')")
        application.execute("UPDATE plain SET said = 'b'")
        assert application.execute("DELETE FROM plain").rowcount == 1


def test_a_second_start_takes_less_than_two_seconds(folder: Path) -> None:
    Cluster(folder).stop()
    again = Cluster(folder)
    began = time.monotonic()
    again.start()
    took = time.monotonic() - began
    assert again.started_here
    assert again.running()
    assert took < 2
    assert again.release()
    assert not again.running()


def test_it_comes_back_with_its_data_after_the_server_was_killed(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn(OWNER)) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        owner.execute("TRUNCATE kept")
        owner.execute("INSERT INTO kept VALUES (7)")
    server = os.pidfd_open(_server(cluster))
    signal.pidfd_send_signal(server, signal.SIGKILL)
    assert select.select([server], [], [], 10)[0]
    with Cluster(cluster.folder) as again, psycopg.connect(again.dsn()) as connection:
        assert connection.execute("SELECT id FROM kept").fetchall() == [(7,)]


def test_a_number_left_by_a_dead_server_and_used_again_is_not_believed(folder: Path) -> None:
    with Cluster(folder) as cluster:
        place = _place(folder)
        written = (place / "data" / "postmaster.pid").read_text()
    left = place / "data" / "postmaster.pid"
    stranger = subprocess.Popen(["sleep", "600"], user=left.parent.owner())
    left.write_text(written.replace(written.split("\n", 1)[0], str(stranger.pid), 1))
    shutil.chown(left, place.owner(), place.group())
    try:
        with cluster:
            assert cluster.running()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_folder_of_somebody_else_is_not_used_as_the_socket_folder(folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can prepare it")
    cluster = Cluster(folder)
    cluster.stop()
    shutil.rmtree(cluster.socket_folder, ignore_errors=True)
    cluster.socket_folder.mkdir()
    os.chown(cluster.socket_folder, 12345, 12345)
    with pytest.raises(Exception, match="belongs to somebody else"):
        cluster.start()
    cluster.socket_folder.rmdir()
    with cluster:
        assert cluster.running()


def test_two_that_start_at_once_share_a_server_and_the_last_one_stops_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", VISITOR, str(tmp_path / "shared")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    first, second = (
        subprocess.Popen(command, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]
        for _ in range(2)
    )
    assert first.stdout.readline() == second.stdout.readline() == f"{APP}\n"
    assert first.communicate("leave\n", timeout=30)[0] == "False\n"
    assert Cluster(tmp_path / "shared").running()
    assert second.communicate("leave\n", timeout=30)[0] == "True\n"
    assert not Cluster(tmp_path / "shared").running()
    _sweep(tmp_path / "shared")


def test_a_user_that_was_killed_does_not_keep_the_server_for_ever(folder: Path) -> None:
    command = [sys.executable, "-c", VISITOR, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    visitor = subprocess.Popen(command, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]
    assert visitor.stdout.readline() == f"{APP}\n"
    cluster = Cluster(folder)
    cluster.start()
    assert not cluster.started_here
    visitor.kill()
    visitor.wait()
    assert cluster.release()
    assert not cluster.running()
