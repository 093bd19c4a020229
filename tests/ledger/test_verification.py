"""A database administrator changes rows behind our back: each way is found and named."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from baodao.kernel import clock, signatures
from baodao.kernel.authz import NOBODY
from baodao.kernel.copy_lines import line_of
from baodao.kernel.errors import Refused
from baodao.ledger import tasks
from baodao.ledger.commands import seals
from baodao.ledger.commands.records import values_of
from baodao.ledger.models import Seal, ServiceRecord
from baodao.ledger.queries.seals import seal_rows
from baodao.ledger.queries.verification import Bad, verify
from baodao.ledger.rules.chain import COLUMNS, ROOT, link
from baodao.ledger.rules.seals import Sealed
from baodao.operations.command import main
from tests.ledger.steps import at, entry, recorded
from tests.world import World

ROWS = 8
Owner = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def chain(committed_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Eight records of An's community and two of Bao's; keys and seals in a folder of the test."""
    monkeypatch.setattr(settings, "SEALS", tmp_path / "seals")
    monkeypatch.setattr(settings, "KEY_FILE", tmp_path / "keys" / "data.json")
    chen = committed_world.people["chen"].pk
    recorded(committed_world, *(entry(chen, began_at=at(8 + n)) for n in range(ROWS)))
    recorded(committed_world, entry(chen, category="culture"), where="bridge")
    recorded(committed_world, entry(chen, category="policy"), where="bridge")
    return committed_world


@pytest.fixture
def owner() -> Owner:
    """The database's own administrator, whom no right of the application stops."""

    def run(statement: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(**connections["owner"].get_connection_params()) as held:
            answer = held.execute(statement, values)  # type: ignore[arg-type]
            return answer.fetchall() if answer.description else []

    return run


def sealed(folder: Path | None = None) -> Path:
    seals.seal(NOBODY)
    return seals.file_seals(clock.today(), folder)


def found(world: World, folder: Path | None = None) -> Bad:
    bad = verify(None, folder).first_bad
    assert bad is not None
    assert bad.community == world.willow.code
    assert bad.message
    return bad


def record_at(world: World, seq: int) -> ServiceRecord:
    return ServiceRecord.objects.get(community=world.willow, seq=seq)


def rewritten(world: World, owner: Owner, first: int = 1) -> bytes:
    """Hash the chain anew from `first` on, as somebody who knows how it is done would."""
    before = ROOT
    for row in ServiceRecord.objects.filter(community=world.willow).order_by("seq"):
        line = line_of(values_of(row))
        before = link(before, line)
        if row.seq >= first:
            owner("UPDATE ledger_servicerecord SET hash = %s WHERE id = %s", before, row.id)
    return before


def test_what_nobody_touched_holds(chain: World) -> None:
    verdict = verify(None, sealed().parent)
    assert (verdict.records, verdict.seals, verdict.first_bad) == (ROWS + 2, 2, None)
    assert verify(chain.bridge).records == 2


CHANGES = {
    "recorded_at": "recorded_at + interval '1 microsecond'",
    "person_id": "(SELECT id FROM people_person WHERE name = '郝一鸣')",
    "branch_id": "(SELECT id FROM orgs_organisation WHERE code = 'U1001')",
    "served_on": "served_on + 1",
    "began_at": "began_at + interval '1 second'",
    "ended_at": "ended_at - interval '1 second'",
    "minutes": "minutes + 1",
    "category": "'other'",
    "way": "'wish'",
    "place": "'别处'",
    "result": "' '",
    "offer_id": "gen_random_uuid()",
    "offer_title": "'清洁家园'",
    "origin": "'check-in'",
    "recipient_confirmed": "true",
    "confirmed_by": "''",
    "recorded_by": "'别人'",
    "account_id": "NULL",
    "supersedes": "gen_random_uuid()",
    "reason": "'。'",
    "id": "gen_random_uuid()",
    "hash": "sha256('')",
    "seq": "1000",
    "community_id": "(SELECT id FROM orgs_organisation WHERE name = '北门社区')",
}
MOVED = {"seq": "deleted", "community_id": "deleted"}


def test_every_column_is_tried() -> None:
    assert {*COLUMNS, "hash"} - {"reverses"} == CHANGES.keys()


@pytest.mark.parametrize("column", CHANGES)
def test_an_edit_of_any_column_is_found_at_its_row(chain: World, owner: Owner, column: str) -> None:
    owner(
        f"UPDATE ledger_servicerecord SET {column} = {CHANGES[column]} "
        "WHERE seq = 4 AND community_id = %s",
        chain.willow.pk,
    )
    bad = found(chain)
    assert (bad.seq, bad.kind) == (4, MOVED.get(column, "edited"))


def test_a_record_made_a_reversal_is_found(chain: World, owner: Owner) -> None:
    owner(
        "UPDATE ledger_servicerecord SET reverses = %s, minutes = -60 "
        "WHERE seq = 4 AND community_id = %s",
        record_at(chain, 3).id,
        chain.willow.pk,
    )
    assert (found(chain).seq, found(chain).kind) == (4, "edited")


@pytest.mark.parametrize("seq", [1, 5])
def test_a_deleted_row_is_found(chain: World, owner: Owner, seq: int) -> None:
    owner("DELETE FROM ledger_servicerecord WHERE id = %s", record_at(chain, seq).id)
    bad = found(chain)
    assert (bad.seq, bad.id, bad.kind) == (seq, None, "deleted")


def test_a_deleted_row_is_found_though_the_rest_was_hashed_anew(chain: World, owner: Owner) -> None:
    owner("DELETE FROM ledger_servicerecord WHERE id = %s", record_at(chain, 5).id)
    rewritten(chain, owner)
    assert (found(chain).seq, found(chain).kind) == (5, "deleted")


def inserted(world: World, owner: Owner, seq: int) -> str:
    """A copy of the first row at another place, its hash as it ought to be there."""
    made = ServiceRecord.objects.get(community=world.willow, seq=1)
    made.id, made.seq, made.began_at, made.ended_at = uuid4(), seq, None, None
    before = record_at(world, seq - 1)
    line = line_of(values_of(made))
    names = ", ".join(COLUMNS)
    places = ", ".join(["%s"] * (len(COLUMNS) + 1))
    owner(
        f"INSERT INTO ledger_servicerecord ({names}, hash) VALUES ({places})",
        *values_of(made),
        link(bytes(before.hash), line),
    )
    return str(made.id)


def test_a_row_put_in_between_with_a_right_hash_is_found(chain: World, owner: Owner) -> None:
    for change in ("seq + 1000", "seq - 999"):
        owner(
            f"UPDATE ledger_servicerecord SET seq = {change} WHERE community_id = %s AND seq >= 4",
            chain.willow.pk,
        )
    made = inserted(chain, owner, 4)
    bad = found(chain)
    assert (bad.seq, bad.id, bad.kind) == (4, made, "inserted")


def test_a_row_put_behind_with_a_right_hash_is_found(chain: World, owner: Owner) -> None:
    made = inserted(chain, owner, ROWS + 1)
    bad = found(chain)
    assert (bad.seq, bad.id, bad.kind) == (ROWS + 1, made, "inserted")


@pytest.mark.parametrize(("one", "other"), [(3, 4), (2, 6), (1, 8)])
def test_two_rows_that_changed_places_are_found(
    chain: World, owner: Owner, one: int, other: int
) -> None:
    first, second = record_at(chain, one).id, record_at(chain, other).id
    for seq, record in ((1000, first), (one, second), (other, first)):
        owner("UPDATE ledger_servicerecord SET seq = %s WHERE id = %s", seq, record)
    bad = found(chain)
    assert (bad.seq, bad.id, bad.kind) == (one, str(second), "reordered")


def cut(world: World, owner: Owner, after: int) -> None:
    """Take away the tail and set the head back to what is left."""
    owner(
        "DELETE FROM ledger_servicerecord WHERE community_id = %s AND seq > %s",
        world.willow.pk,
        after,
    )
    owner(
        "UPDATE ledger_chainhead SET seq = %s, hash = %s WHERE community_id = %s",
        after,
        record_at(world, after).hash,
        world.willow.pk,
    )


def test_a_tail_that_was_cut_off_is_found_by_the_head(chain: World, owner: Owner) -> None:
    owner("DELETE FROM ledger_servicerecord WHERE id = %s", record_at(chain, ROWS).id)
    assert (found(chain).seq, found(chain).kind) == (ROWS, "cut")


def test_a_cut_with_the_head_set_back_is_found_by_the_seals(chain: World, owner: Owner) -> None:
    sealed()
    cut(chain, owner, 5)
    assert (found(chain).seq, found(chain).kind) == (6, "cut")


def test_and_by_the_file_outside_when_the_seals_are_gone_too(chain: World, owner: Owner) -> None:
    folder = sealed().parent
    cut(chain, owner, 5)
    owner("DELETE FROM ledger_seal")
    assert verify(None, None).first_bad is None
    bad = found(chain, folder)
    assert (bad.seq, bad.id, bad.kind) == (6, None, "cut")


def forged(world: World, owner: Owner) -> bytes:
    """Edit a row, hash everything anew, and tell the head."""
    owner("UPDATE ledger_servicerecord SET minutes = 600 WHERE id = %s", record_at(world, 3).id)
    last = rewritten(world, owner)
    owner("UPDATE ledger_chainhead SET hash = %s WHERE community_id = %s", last, world.willow.pk)
    return last


def test_without_seals_a_chain_written_anew_would_pass(chain: World, owner: Owner) -> None:
    forged(chain, owner)
    assert verify().first_bad is None


def test_a_chain_written_anew_after_it_was_sealed_is_found(chain: World, owner: Owner) -> None:
    sealed()
    forged(chain, owner)
    assert (found(chain).seq, found(chain).kind) == (ROWS, "seal")


def test_a_seal_that_was_changed_with_it_is_found_by_its_signature(
    chain: World, owner: Owner
) -> None:
    sealed()
    last = forged(chain, owner)
    owner("UPDATE ledger_seal SET hash = %s WHERE community_id = %s", last, chain.willow.pk)
    bad = found(chain)
    assert (bad.seq, bad.id, bad.kind) == (ROWS, str(record_at(chain, ROWS).id), "seal")


def test_a_seal_that_was_signed_with_another_key_is_found(
    chain: World, owner: Owner, tmp_path: Path
) -> None:
    sealed()
    last = forged(chain, owner)
    [held] = seal_rows(chain.willow.pk)
    told = Sealed(held.community_id, held.seq, last.hex(), held.sealed_at)
    signature = signatures.signing_key(tmp_path / "theirs.pem").sign(told.message)
    owner(
        "UPDATE ledger_seal SET hash = %s, signature = %s WHERE community_id = %s",
        last,
        signature,
        chain.willow.pk,
    )
    assert found(chain).kind == "seal"


def test_a_seal_that_is_gone_from_the_table_is_found(chain: World, owner: Owner) -> None:
    folder = sealed().parent
    owner("DELETE FROM ledger_seal WHERE community_id = %s", chain.willow.pk)
    assert found(chain, folder).kind == "seal"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE ledger_chainhead SET hash = sha256('') WHERE community_id = %s", "head"),
        ("UPDATE ledger_chainhead SET seq = 3 WHERE community_id = %s", "head"),
        ("UPDATE ledger_chainhead SET seq = 99 WHERE community_id = %s", "cut"),
        ("DELETE FROM ledger_chainhead WHERE community_id = %s", "head"),
    ],
)
def test_a_head_that_was_changed_is_found(
    chain: World, owner: Owner, change: str, kind: str
) -> None:
    owner(change, chain.willow.pk)
    assert found(chain).kind == kind


def test_sealing_again_adds_only_what_has_grown_and_leaves_the_file_s_rows(chain: World) -> None:
    path = sealed()
    before = json.loads(path.read_text())["seals"]
    assert seals.seal(NOBODY) == []
    recorded(chain, entry(chain.people["hao"].pk))
    sealed()
    after = json.loads(path.read_text())["seals"]
    assert after[:2] == before
    assert [(one["seq"], one["records"]) for one in after[2:]] == [(ROWS + 1, ROWS + 1)]
    assert Seal.objects.count() == 3
    assert verify(None, path.parent).first_bad is None
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, "public.pem"]


def test_the_worker_seals_every_night_and_forgets_nothing(chain: World) -> None:
    for _ in range(2):
        tasks.seal(0)
        with clock.at(clock.now() + timedelta(days=1)):
            recorded(chain, entry(chain.people["hao"].pk, category="culture"))
            tasks.seal(0)
    folder = Path(settings.SEALS)
    assert len(list(folder.glob("*.json"))) == 2
    assert verify(None, folder).first_bad is None


def test_a_community_that_is_wiped_out_is_found_by_the_file_outside(
    chain: World, owner: Owner
) -> None:
    folder = sealed().parent
    for table in ("servicerecord", "chainhead", "seal"):
        owner(f"DELETE FROM ledger_{table} WHERE community_id = %s", chain.willow.pk)
    assert verify(None, None).first_bad is None
    assert (found(chain, folder).seq, found(chain, folder).kind) == (1, "cut")


def test_a_database_that_was_emptied_is_found_by_the_file_outside(
    chain: World, owner: Owner
) -> None:
    path, gone = sealed(), chain.willow.pk + 100_000
    told = json.loads(path.read_text())
    told["seals"] = [seal | {"community_id": gone} for seal in told["seals"]]
    path.write_text(json.dumps(told))
    for table in ("servicerecord", "chainhead", "seal"):
        owner(f"DELETE FROM ledger_{table}")
    bad = verify(None, path.parent).first_bad
    assert bad is not None
    assert (bad.community, bad.seq, bad.kind) == (str(gone), 1, "cut")
    assert str(gone) in bad.message


@pytest.mark.parametrize("text", ["", "{", '{"seals": [{}]}', '{"seals": 3}'])
def test_a_file_of_seals_that_cannot_be_read_is_named(chain: World, text: str) -> None:
    path = sealed()
    path.write_text(text)
    with pytest.raises(Refused, match=r"^seal\.unreadable:"):
        verify(None, path.parent)


def test_a_file_outside_that_was_changed_is_found(chain: World) -> None:
    path = sealed()
    told = json.loads(path.read_text())
    told["seals"][0]["hash"] = "0" * 64
    path.write_text(json.dumps(told))
    assert found(chain, path.parent).kind == "seal"


def test_the_key_lies_beside_the_data_keys_for_its_owner_alone(chain: World) -> None:
    sealed()
    path = signatures.key_file()
    assert path.parent == Path(settings.KEY_FILE).parent
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" not in (Path(settings.SEALS) / "public.pem").read_bytes()


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = main(["ledger", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_verifies_and_exits_1_when_something_is_bad(
    chain: World,
    owner: Owner,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "EMBEDDED", False)
    code, facts = told(capsys, "seal")
    assert (code, facts["seals"]) == (0, 2)
    code, facts = told(capsys, "verify")
    assert (code, facts["records"], facts["seals"], facts["first_bad"]) == (0, 10, 2, None)
    assert facts["records_per_second"]
    owner("UPDATE ledger_servicerecord SET minutes = 1 WHERE id = %s", record_at(chain, 2).id)
    code, facts = told(capsys, "verify", "--community", chain.willow.code)
    assert code == 1
    bad = facts["first_bad"]
    assert isinstance(bad, dict)
    assert (bad["community"], bad["seq"], bad["kind"]) == (chain.willow.code, 2, "edited")
    assert bad["id"] == str(record_at(chain, 2).id)
    assert told(capsys, "verify", "--community", chain.bridge.code)[0] == 0


def test_it_says_what_it_does_not_prove_and_exits_3(
    chain: World,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(settings, "EMBEDDED", False)

    def doubts(*arguments: str) -> tuple[int, dict[str, tuple[int, int]]]:
        code, facts = told(capsys, "verify", *arguments)
        unproved: list[dict[str, object]] = facts["unproved"]  # type: ignore[assignment]
        assert facts["first_bad"] is None
        assert all(one["message"] for one in unproved)
        return code, {one["doubt"]: (one["records"], one["chains"]) for one in unproved}  # type: ignore[misc]

    assert doubts() == (3, {"never-sealed": (10, 2), "no-files": (10, 2)})
    told(capsys, "seal")
    assert doubts() == (0, {})
    recorded(chain, entry(chain.people["chen"].pk, began_at=at(20)))
    assert doubts() == (3, {"since-seal": (1, 1)})
    assert doubts("--community", chain.bridge.code) == (0, {})
    (tmp_path / "empty").mkdir()
    assert doubts("--seals", str(tmp_path / "empty"))[1]["no-files"] == (11, 2)
    assert main(["ledger", "verify"]) == 3
    assert "晚于最近一次封存" in capsys.readouterr().out
