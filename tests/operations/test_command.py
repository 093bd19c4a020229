"""The `baodao` command: its help, exit codes and JSON, and what the doctor sees."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from pytest_django import Settings

from baodao.documents.checks import faces
from baodao.kernel import checks, clock, jobs
from baodao.kernel.database import APP
from baodao.kernel.errors import Refused
from baodao.kernel.health import Health, check_of, examine
from baodao.kernel.models import JournalEntry
from baodao.kernel.schema import check_lineage, check_schema
from baodao.operations.city import note
from baodao.operations.command import COMMANDS, main
from baodao.operations.subcommands.migrate import migrate
from tests.database import UNNEEDED
from tests.world import World

NAMES = [command.name for command in COMMANDS]


def _exit_code(*arguments: str) -> object:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


def test_its_help_names_every_subcommand(capsys: pytest.CaptureFixture[str]) -> None:
    assert _exit_code("--help") == 0
    words = capsys.readouterr().out.split()
    assert [name for name in NAMES if name not in words] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_subcommand_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _exit_code(name, "--help") == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: baodao {name}")
    assert "--json" in shown


@pytest.mark.parametrize("wrong", [(), ("nonsense",), ("serve", "--nonsense"), ("roster",)])
def test_wrong_use_ends_with_2(wrong: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert _exit_code(*wrong) == 2
    assert "usage: baodao" in capsys.readouterr().err


@pytest.fixture
def taken_port(settings: Settings, tmp_path: Path) -> Iterator[str]:
    """A port on which somebody listens already; static files seem to be collected."""
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.STATIC_ROOT = tmp_path
    settings.EMBEDDED = False
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield str(listener.getsockname()[1])


def test_a_refusal_ends_with_1_and_says_why(
    taken_port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", taken_port, "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["refused"]["reason"] == "port.taken"
    assert taken_port in shown["refused"]["message"]


def test_a_refusal_in_words_is_chinese_unless_english_is_asked_for(
    taken_port: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["serve", "--port", taken_port]) == 1
    assert "已被占用" in capsys.readouterr().err
    monkeypatch.setenv("BAODAO_LANGUAGE", "en")
    assert main(["serve", "--port", taken_port]) == 1
    assert "is taken" in capsys.readouterr().err


def _states() -> dict[str, str]:
    return {check.name: finding.health for check, finding in examine()}


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_doctor_finds_a_fresh_database_in_order() -> None:
    elsewhere = ("fonts", "disk", "durability")
    database = {name: state for name, state in _states().items() if name not in elsewhere}
    assert set(database) >= {"version", "encoding", "trigrams", "facts", "clock"}
    waiting = {name: state for name, state in database.items() if state is not Health.OK}
    assert set(waiting.values()) == {Health.WARN}
    fresh = {"daily", "backup"}
    assert fresh <= set(waiting) <= fresh | {"holidays"}, "no worker ran; the year may be new"


def _wait_for_the_disk(value: str) -> None:
    """Whether the tests' server waits for the disk, `on` or `off`: set, and known here."""
    server = connections["owner"].get_connection_params() | {"user": "postgres"}
    with psycopg.connect(**server, autocommit=True) as admin:
        for setting in UNNEEDED:
            admin.execute(f"ALTER SYSTEM SET {setting} = {value}")
        admin.execute("SELECT pg_reload_conf()")
    known, asked = set(), "SELECT setting FROM pg_settings WHERE name = ANY(%s)"
    with connection.cursor() as cursor:
        while known != {(value,)}:
            cursor.execute(asked, [list(UNNEEDED)])
            known = set(cursor.fetchall())


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_doctor_notices_a_server_that_does_not_wait_for_the_disk() -> None:
    durability = check_of("durability")
    loose = durability.look()
    assert (loose.health, "fsync, full_page_writes" in loose.advice) == (Health.FAIL, True)
    try:
        _wait_for_the_disk("on")
        assert durability.look().health is Health.OK
    finally:
        _wait_for_the_disk("off")


@pytest.mark.django_db
def test_the_doctor_tells_of_the_last_backup(world: World) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        note("backup.made", file="/backups/a.baodao", rows=41)
    assert check_of("backup").look().health is Health.WARN
    note("backup.made", file="/backups/b.baodao", rows=42)
    finding = check_of("backup").look()
    assert finding.health is Health.OK
    assert "/backups/b.baodao" in finding.fact


@pytest.mark.django_db
def test_the_doctor_tells_of_jobs_that_wait_and_of_those_that_failed(world: World) -> None:
    assert check_of("queue").look().health is Health.OK
    number = jobs.defer("notices.deliver", delivery_id="0")
    assert check_of("queue").look().health is Health.OK, "it was queued just now"
    with clock.at(clock.now() + timedelta(hours=2)):
        assert check_of("queue").look().health is Health.FAIL, "nobody takes it up"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [number])
    assert check_of("queue").look().health is Health.WARN
    with clock.at(clock.now() + timedelta(days=8)):
        assert check_of("queue").look().health is Health.OK, "it is long ago"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        (
            "INSERT INTO django_migrations VALUES (99999, 'offers', '9999_of_tomorrow', now())",
            "schema.newer",
            "offers.9999_of_tomorrow",
        ),
        ("DELETE FROM django_migrations WHERE app = 'offers'", "schema.older", "baodao migrate"),
    ],
)
def test_nothing_works_on_a_database_of_another_version(
    change: str, reason: str, words: str
) -> None:
    check_schema()
    with connection.cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(Refused, match=words) as refused:
        check_schema()
    assert refused.value.code == reason
    finding = checks.schema()
    assert (finding.health, bool(finding.advice)) == (Health.FAIL, True)


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("demo",), ("worker",), ("ledger", "verify")])
def test_what_needs_the_tables_says_how_to_make_them(
    words: tuple[str, ...], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMBEDDED = False
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'offers'")
    assert main(words) == 1
    assert "baodao migrate" in capsys.readouterr().err


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ("SELECT 1", ""),
        ("DELETE FROM django_migrations WHERE app IN ('offers', 'agenda')", "(offers|agenda)_"),
        ("DELETE FROM django_migrations WHERE app = 'needs'", "needs_"),
        ("ALTER TABLE offers_offer RENAME COLUMN title TO heading", r"offers_offer\.title"),
        ("DROP TABLE agenda_theme", "agenda_theme"),
    ],
)
def test_data_of_an_earlier_version_is_called_so_and_left_as_it_is(change: str, sign: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(change)
    if not sign:
        check_lineage()
        return
    with pytest.raises(Refused, match=f"{sign}.*BAODAO_VAR") as refused:
        migrate()
    assert refused.value.code == "schema.earlier"


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_doctor_notices_facts_that_can_be_rewritten() -> None:
    table = JournalEntry._meta.db_table
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute(f"GRANT UPDATE ON {table} TO {APP}")
        owner.commit()
        findings = {check.name: finding for check, finding in examine()}
        owner.execute(f"REVOKE UPDATE ON {table} FROM {APP}")
        owner.commit()
    assert findings["facts"].health is Health.FAIL
    assert table in findings["facts"].advice
    assert _states()["facts"] is Health.OK


def test_the_doctor_names_the_faces_and_says_where_more_can_be_put(
    settings: Settings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    finding = faces()
    assert "Serif" in finding.fact
    assert finding.health is Health.OK or str(tmp_path / "fonts") in finding.advice
