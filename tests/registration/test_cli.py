"""`baodao registration`: batch work for operators, in words and as JSON, with exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from baodao.kernel.models import JournalEntry
from baodao.operations.command import main
from baodao.registration.models import Letter, Registration
from tests.registration import steps
from tests.world import World


@pytest.fixture(autouse=True)
def _database_of_the_tests(settings: Settings, db: None) -> None:
    settings.EMBEDDED = False


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["registration", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_letters_for_all_who_have_none(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    steps.members(world, 3)
    code, facts = told(capsys, "letters", "issue", "--unit", "U1001", "--all")
    assert (code, facts["count"], facts["left_out"]) == (0, 4, [])
    assert {letter["community"] for letter in facts["letters"]} == {"柳荫社区"}
    code, facts = told(capsys, "letters", "issue", "--unit", "U1001", "--all")
    assert (code, facts["count"]) == (0, 0)
    assert Letter.objects.count() == 4


def test_chosen_members_and_another_community(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    chen = world.people["chen"].number
    arguments = ("letters", "issue", "--unit", "U1001", "--person", chen)
    code, facts = told(capsys, *arguments, "--community", world.lake.code)
    assert (code, facts["letters"][0]["community"]) == (0, "南湖社区")
    code, facts = told(capsys, *arguments)
    assert code == 1
    assert [one["reason"] for one in facts["left_out"]] == ["registration.second"]
    assert "南湖社区" in facts["left_out"][0]["message"]


def test_the_letters_are_printed_as_one_pdf(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps.members(world, 2)
    out = tmp_path / "letters.pdf"
    code, _ = told(capsys, "letters", "issue", "--unit", "U1001", "--all", "--pdf", str(out))
    assert code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert JournalEntry.objects.filter(verb="paper.printed").count() == 3


def test_who_is_not_of_the_unit_or_no_such_unit_is_refused(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    hao = world.people["hao"].number
    code, facts = told(capsys, "letters", "issue", "--unit", "U1001", "--person", hao)
    assert (code, facts["refused"]["reason"]) == (1, "absent")
    code, facts = told(capsys, "check", "--unit", "U9999")
    assert (code, facts["refused"]["reason"]) == (1, "absent")
    code, facts = told(capsys, "check", "--unit", world.willow.code)
    assert (code, facts["refused"]["reason"]) == (1, "unit.not-a-unit")
    assert Letter.objects.count() == 0


def test_everybody_who_waits_is_received(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    people = steps.members(world, 2)
    for person in people:
        steps.submitted(world, person)
    steps.issued(world)
    code, facts = told(capsys, "accept", "--community", world.willow.code, "--all")
    assert (code, facts["count"]) == (0, 2)
    assert [one["receipt_number"] for one in facts["received"]] == [1, 2]
    assert Registration.objects.filter(state="accepted").count() == 2


def test_the_check_list_as_json(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    steps.accepted(world, steps.members(world, 1)[0])
    code, facts = told(capsys, "check", "--unit", "U1001")
    assert code == 0
    assert (facts["in_service"], facts["living_in_city"], facts["registered"]) == (2, 2, 1)
    assert [(one["name"], one["reason"]) for one in facts["missing"]] == [("陈晓宇", "no-letter")]
    assert facts["branches"][0]["branch"] == "第一党支部"
    assert facts["missing_count"] == 1


def test_the_check_list_in_words(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registration", "check", "--unit", "U1001"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert "陈晓宇" in shown[1]


def test_wrong_use_ends_with_2(world: World, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["registration", "letters", "issue", "--unit", "U1001"])
    assert ended.value.code == 2
    missing = str(tmp_path / "none" / "letters.pdf")
    assert (
        main(["registration", "letters", "issue", "--unit", "U1001", "--all", "--pdf", missing])
        == 2
    )
    assert Letter.objects.count() == 0
