"""A backup brings everything back or is refused, is of one instant, and opens nothing by itself."""

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connections, transaction
from django.test import Client
from pytest_django import Settings

from baodao.accounts.queries import operator
from baodao.kernel import crypto, jobs, journal, signatures
from baodao.kernel.authz import NOBODY
from baodao.kernel.database import APP, OWNER
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.operations.backups import dump
from baodao.operations.backups.archive import SIGNATURE, ZEROS, Reader
from baodao.operations.backups.dump import back_up
from baodao.operations.backups.restoration import refuse_unless_fit, restore
from baodao.operations.backups.shape import ROWS_LEFT_OUT
from baodao.operations.command import main
from baodao.operations.frame import DONE, REFUSED, UNPROVED
from baodao.operations.postgres import Cluster
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.registration.commands.arrivals import accept
from baodao.registration.models import Registration
from tests import factories
from tests.concurrency import at_once
from tests.database import migrations_digest
from tests.environment import VAR
from tests.ledger.steps import at as hour
from tests.ledger.steps import entry, recorded
from tests.registration import steps
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

Digests = dict[str, str | None]


@pytest.fixture
def empty() -> Iterator[str]:
    """The name of another database, migrated and without a row of anybody."""
    yield from _database(f"TEMPLATE baodao_template_{migrations_digest()}")


@pytest.fixture
def blank() -> Iterator[str]:
    """The name of a database without a table."""
    yield from _database("")


def _database(made_from: str) -> Iterator[str]:
    name = f"baodao_other_{uuid4().hex[:12]}"
    cluster = Cluster(VAR / "postgres")
    with psycopg.connect(cluster.dsn("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} OWNER {OWNER} {made_from}")
        yield name
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def at(name: str) -> Iterator[None]:
    """Everything in the block happens in that database."""
    own = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    _point(dict.fromkeys(own, name))
    try:
        yield
    finally:
        _point(own)


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def digests() -> Digests:
    """Of every table, all its rows as text."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found: Digests = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT md5(string_agg(t::text, ';' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


def kept(found: Digests) -> Digests:
    return {table: digest for table, digest in found.items() if table not in ROWS_LEFT_OUT}


def bring_back(file: Path, *, keys_lost: bool = False, tell: Callable[[str], object] = str) -> None:
    with Reader(file, keys_lost=keys_lost) as backup:
        refuse_unless_fit(backup, keys_lost=keys_lost)
        restore(backup, tell)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.text()
    return refused.value.code


@pytest.fixture
def lived(committed_world: World) -> World:
    """The world with somebody accepted, some who wait, somebody signed in, and work to do."""
    steps.accepted(committed_world)
    for person in steps.members(committed_world, 3):
        steps.submitted(committed_world, person)
    Client().force_login(committed_world.accounts["an"])
    jobs.defer("rosters.forget_uploads", timestamp=0)
    return committed_world


@pytest.fixture
def file(lived: World, tmp_path: Path) -> Path:
    """A backup of that."""
    return back_up(tmp_path).path


def test_every_row_of_every_table_comes_back(lived: World, file: Path, empty: str) -> None:
    before = digests()
    assert all(before[table] for table in ("people_person", "procrastinate_events"))
    with at(empty):
        assert kept(digests()) != kept(before)
        bring_back(file)
        assert kept(digests()) == kept(before)


def test_work_goes_on_where_it_stopped(lived: World, file: Path, empty: str) -> None:
    with at(empty):
        bring_back(file)
        waiting = Registration.objects.filter(state="submitted")
        assert waiting.count() == 3
        accept(lived.actor("an"), registration_ids=[one.pk for one in waiting])
        numbers = Registration.objects.values_list("receipt_number", flat=True)
        assert sorted(numbers) == [1, 2, 3, 4]
        factories.organisation(Kind.COMMUNITY, "新社区", lived.north_street)


def test_only_tables_that_set_something_off_are_altered(file: Path, empty: str) -> None:
    altered: set[str] = set()

    def watch(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if isinstance(sql, str) and sql.startswith("ALTER TABLE"):
            altered.add(sql.split('"')[1])
        return execute(sql, *rest)

    with at(empty), connections["owner"].execute_wrapper(watch):
        bring_back(file)
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            )
            assert altered == {name for (name,) in cursor.fetchall()}


def test_what_comes_back_is_behind_the_same_walls(lived: World, file: Path, empty: str) -> None:
    with at(empty):
        connections["owner"].cursor().execute(f"GRANT ALL ON kernel_journalentry TO {APP}")
        bring_back(file)
        for verb in ("UPDATE kernel_journalentry SET verb = ''", "DELETE FROM kernel_journalentry"):
            with pytest.raises(ProgrammingError) as refused, transaction.atomic():
                connections["default"].cursor().execute(verb)
            assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
        written = JournalEntry.objects.count()
        journal.write(NOBODY, "letter.issued", uuid4(), 1, number=1)
        assert JournalEntry.objects.count() == written + 1


def test_sealed_numbers_are_read_with_the_key_and_stand_nowhere_in_the_file(
    lived: World, file: Path, empty: str
) -> None:
    with ZipFile(file) as pack:
        clear = b"".join(pack.read(name) for name in pack.namelist())
    assert "陈晓宇".encode() in clear
    assert b"19900001234" not in clear
    assert crypto.ring().index_key.hex().encode() not in clear
    with at(empty):
        bring_back(file)
        chen = Person.objects.get(name="陈晓宇")
        assert crypto.ring().unseal(chen.phone_sealed, "phone") == "19900001234"


def test_nobody_is_signed_in_by_a_backup(lived: World, file: Path, empty: str) -> None:
    assert digests()["django_session"]
    with ZipFile(file) as pack:
        assert "people_person.copy" in pack.namelist()
        assert "django_session.copy" not in pack.namelist()
    with at(empty):
        bring_back(file)
        assert digests()["django_session"] is None


def test_a_file_that_was_cut_is_refused(file: Path, empty: str) -> None:
    whole = file.read_bytes()
    with at(empty):
        before = digests()
        for share in (0.0, 0.001, 0.3, 0.7, 0.99):
            file.write_bytes(whole[: int(len(whole) * share)])
            assert refusal(lambda: bring_back(file)) == "backup.broken", share
        assert digests() == before


def test_a_file_without_its_last_bytes_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    for missing in (1, len(ZEROS), 2 * len(ZEROS)):
        file.write_bytes(whole[:-missing])
        assert refusal(lambda: Reader(file).__enter__()) == "backup.broken"


def test_a_changed_byte_is_noticed_wherever_it_is(file: Path) -> None:
    whole = file.read_bytes()
    with Reader(file), ZipFile(file) as pack:
        assert pack.testzip() is None
        heads = [one.header_offset for one in pack.infolist()]
    for place in {*range(0, len(whole), 211), *heads, pack.start_dir, len(whole) - 1}:
        changed = bytes([whole[place] ^ 1])
        file.write_bytes(whole[:place] + changed + whole[place + 1 :])
        code = "backup.unsigned" if place >= len(whole) - SIGNATURE else "backup.broken"
        assert refusal(lambda: Reader(file).__enter__()) == code, place


def rewritten(file: Path, into: Path) -> Path:
    """What somebody makes of a backup who can write into its folder but has no key: a row is
    another, the digest is right again, the signature is the old one."""
    with ZipFile(file) as old, ZipFile(into, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace("陈晓宇".encode(), "程晓宇".encode()))
        new.comment = ZEROS
        signature = old.comment[-SIGNATURE:]
    body = into.read_bytes()
    digest = sha256(body).hexdigest().encode()
    into.write_bytes(body[: -len(ZEROS)] + digest + signature)
    return into


def test_a_backup_that_somebody_wrote_anew_is_refused(
    file: Path, empty: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = rewritten(file, tmp_path / "forged.zip")
    with at(empty):
        before = digests()
        assert main(["restore", str(forged), "--into-empty"]) == 1
        assert "签名" in capsys.readouterr().err
        assert refusal(lambda: bring_back(forged)) == "backup.unsigned"
        assert digests() == before
        assert main(["restore", str(forged), "--keys-lost"]) == 0
        assert "没有核对签名" in capsys.readouterr().out


def test_a_backup_of_another_installation_or_without_the_key_of_its_time_is_refused(
    file: Path, empty: str, settings: Settings, tmp_path: Path
) -> None:
    data = Path(settings.KEY_FILE).read_bytes()
    settings.KEY_FILE = tmp_path / "other" / "data.json"
    settings.KEY_FILE.parent.mkdir()
    settings.KEY_FILE.write_bytes(data)
    with at(empty):
        assert refusal(lambda: bring_back(file)) == "backup.unsigned"
        assert not signatures.key_file().exists(), "looking makes no key"
        signatures.signing_key()
        assert refusal(lambda: bring_back(file)) == "backup.unsigned"


def test_a_file_that_is_not_there_or_no_backup_is_refused(tmp_path: Path) -> None:
    assert refusal(lambda: Reader(tmp_path / "none.zip")) == "backup.unreadable"
    (tmp_path / "table.zip").write_bytes(b"name,number\n" * 200)
    assert refusal(lambda: Reader(tmp_path / "table.zip").__enter__()) == "backup.broken"


def test_a_database_that_holds_anything_is_left_alone(file: Path, empty: str) -> None:
    before = digests()
    assert refusal(lambda: bring_back(file)) == "database.not-empty"
    assert digests() == before
    with at(empty):
        bring_back(file)
        assert refusal(lambda: bring_back(file)) == "database.not-empty"


def test_a_database_of_another_version_is_refused_and_told(
    file: Path, empty: str, blank: str
) -> None:
    with at(empty), connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('orgs', '0099_later', now())"
        )
        before = digests()
        with pytest.raises(Refused, match=r"\+orgs\.0099_later") as refused:
            bring_back(file)
        assert refused.value.code == "backup.other-migrations"
        assert digests() == before
    with at(blank):
        assert refusal(lambda: bring_back(file)) == "backup.not-migrated"


def test_a_restore_that_ends_in_the_middle_leaves_nothing(file: Path, empty: str) -> None:
    def power_cut(table: str) -> None:
        if table == "registration_registration":
            raise KeyboardInterrupt

    with at(empty):
        before = digests()
        with pytest.raises(KeyboardInterrupt):
            bring_back(file, tell=power_cut)
        assert digests() == before
        bring_back(file)


def test_other_keys_are_refused_unless_they_are_lost(
    lived: World, file: Path, empty: str, settings: Settings, tmp_path: Path
) -> None:
    settings.KEY_FILE = tmp_path / "other.json"
    with at(empty):
        assert refusal(lambda: bring_back(file)) == "backup.unsigned"
        bring_back(file, keys_lost=True)
        assert Person.objects.filter(name="陈晓宇").exists()


def test_a_backup_of_before_a_rotation_needs_the_key_of_before(
    lived: World, empty: str, settings: Settings, tmp_path: Path
) -> None:
    settings.KEY_FILE = tmp_path / "data.json"
    file = back_up(tmp_path).path
    before = settings.KEY_FILE.read_bytes()
    crypto.add_key(settings.KEY_FILE)
    with at(empty):
        with Reader(file) as backup:
            refuse_unless_fit(backup, keys_lost=False)
        crypto.drop_old_keys(settings.KEY_FILE)
        assert refusal(lambda: bring_back(file)) == "backup.other-keys"
        settings.KEY_FILE.write_bytes(before)
        bring_back(file)


def test_a_full_disk_is_told_and_nothing_is_left_on_it(lived: World, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, usual[1]))
    try:
        assert refusal(lambda: back_up(folder)) == "backup.unwritable"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list(folder.iterdir()) == []
    assert back_up(folder).path.exists()


def test_a_place_that_is_no_folder_is_refused(lived: World, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(lambda: back_up(tmp_path / "file")) == "backup.unwritable"


def test_a_cluster_is_backed_up_node_by_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CLUSTER", True)
    assert refusal(lambda: back_up(tmp_path)) == "backup.cluster"
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_a_backup(lived: World, tmp_path: Path) -> None:
    made = back_up(tmp_path / "new")
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700


def back_up_while_people_work(world: World, folder: Path) -> Path:
    """After every table of people that is done, one more of them is registered and committed."""

    def register(table: str) -> None:
        if not table.startswith("people_"):
            return

        def act() -> object:
            return steps.submitted(world, steps.members(world, 1)[0])

        for answer in at_once(act):
            if isinstance(answer, Exception):
                raise answer

    return back_up(folder, register).path


def test_a_backup_taken_while_people_work_is_of_one_instant(
    lived: World, tmp_path: Path, empty: str
) -> None:
    before = digests()
    file = back_up_while_people_work(lived, tmp_path)
    assert Registration.objects.filter(state="submitted").count() > 3 + 2
    with at(empty):
        bring_back(file)
        assert kept(digests()) == kept(before)


def test_without_the_snapshot_the_same_backup_would_not_agree_with_itself(
    lived: World, tmp_path: Path, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY"
    monkeypatch.setattr(dump, "SNAPSHOT", loose)
    file = back_up_while_people_work(lived, tmp_path)
    with at(empty):
        before = digests()
        with pytest.raises(Refused, match="foreign key") as refused:
            bring_back(file)
        assert refused.value.code == "restore.failed"
        assert digests() == before


def test_the_commands_say_what_is_in_the_file_and_what_is_not(
    lived: World, empty: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--out", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert main(["backup", "--out", str(tmp_path / "second")]) == 0
    shown = capsys.readouterr().out
    assert "其中不含密钥" in shown
    assert str(Path(settings.KEY_FILE).parent) in shown
    file = said["file"]
    assert Path(file).stat().st_size == said["bytes"]
    assert str(Path(settings.KEY_FILE).parent) in said["not_in_it"]
    assert str(settings.SEALS) not in said["not_in_it"]
    assert main(["restore", file]) == 1
    assert "不是空的" in capsys.readouterr().err
    with at(empty):
        assert main(["restore", file]) == 0
        assert "尚未改动" in capsys.readouterr().out
        assert Person.objects.count() == 0
        assert main(["restore", file, "--into-empty", "--json"]) == 0
        again = json.loads(capsys.readouterr().out)
        assert again["restored"]
        assert again["rows"] == said["rows"]
        assert Person.objects.count() > 0
        assert _noted("backup.restored") == [{"file": file, "of": said["made_at"]}]
    first = {"file": file, "rows": said["rows"]}
    assert _noted("backup.made")[0] == first


def _noted(verb: str) -> list[dict[str, object]]:
    """What the journal tells of the operator's acts."""
    rows = JournalEntry.objects.filter(verb=verb, actor_name=operator().name).order_by("at")
    return list(rows.values_list("facts", flat=True))


@pytest.fixture
def sealed(
    lived: World, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> World:
    """The same world with records, sealed into a folder elsewhere."""
    settings.SEALS = tmp_path / "elsewhere"
    serve(lived, *range(8, 14))
    assert main(["ledger", "seal"]) == 0
    capsys.readouterr()
    return lived


def serve(world: World, *begun: int) -> None:
    """Chen's services of these hours come into the chain of An's community."""
    chen = world.people["chen"].pk
    assert recorded(world, *(entry(chen, began_at=hour(one)) for one in begun)).refused == []


def verified(capsys: pytest.CaptureFixture[str]) -> tuple[int, int, str | None, int | None]:
    """How many records and seals `ledger verify` went through, and what it found first, where."""
    code = main(["ledger", "verify", "--json"])
    told = json.loads(capsys.readouterr().out)
    bad = told["first_bad"] or {"kind": None, "seq": None}
    assert code == (REFUSED if told["first_bad"] else UNPROVED if told["unproved"] else DONE)
    return told["records"], told["seals"], bad["kind"], bad["seq"]


def test_the_seals_are_named_wherever_they_are(
    sealed: World, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    def named() -> list[str]:
        assert main(["backup", "--out", str(tmp_path / "backups"), "--json"]) == 0
        apart: list[str] = json.loads(capsys.readouterr().out)["not_in_it"]
        return apart

    keys = Path(settings.KEY_FILE)
    assert named() == [str(keys.parent), str(tmp_path / "elsewhere")]
    settings.KEY_FILE = tmp_path / "safe" / keys.name
    signatures.signing_key()
    assert str(tmp_path / "safe" / "seals.pem") in named()


def test_restored_records_verify_with_the_seals_that_were_kept_elsewhere(
    sealed: World, tmp_path: Path, empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = back_up(tmp_path).path
    with at(empty):
        bring_back(file)
        assert verified(capsys) == (6, 1, None, None)
        serve(sealed, 15)
        assert main(["ledger", "seal"]) == 0
        capsys.readouterr()
        assert verified(capsys) == (7, 2, None, None)
        with connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE ledger_servicerecord SET minutes = 600 WHERE seq = 3")
        assert verified(capsys)[2:] == ("edited", 3)


def test_records_that_came_after_the_backup_are_missed_by_their_seals(
    sealed: World, tmp_path: Path, empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = back_up(tmp_path).path
    serve(sealed, 15, 17)
    assert main(["ledger", "seal"]) == 0
    capsys.readouterr()
    assert verified(capsys) == (8, 2, None, None)
    with at(empty):
        bring_back(file)
        assert verified(capsys) == (6, 1, "cut", 7)


def test_a_backup_while_records_are_written_holds_the_heads_of_its_records(
    sealed: World, tmp_path: Path, empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hours = iter((15, 17))

    def write(table: str) -> None:
        if table in ("ledger_chainhead", "ledger_servicerecord"):
            answers = at_once(lambda: serve(sealed, next(hours)))
            assert not [one for one in answers if isinstance(one, Exception)]

    file = back_up(tmp_path, write).path
    assert verified(capsys) == (8, 1, None, None)
    with at(empty):
        bring_back(file)
        assert verified(capsys) == (6, 1, None, None)


def test_a_backup_made_just_before_it_was_sealed_is_sealed_anew(
    sealed: World, tmp_path: Path, empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(sealed, 15, 17)
    file = back_up(tmp_path).path
    assert main(["ledger", "seal"]) == 0
    capsys.readouterr()
    with at(empty):
        bring_back(file)
        assert verified(capsys) == (8, 1, "seal", 8)
        assert main(["ledger", "seal"]) == 0
        capsys.readouterr()
        assert verified(capsys) == (8, 2, None, None)
