"""`baodao roster import`: its JSON, its words, its refusals."""

import argparse
import json
from pathlib import Path

import pytest
from django.utils import translation

from baodao.kernel.errors import Absent
from baodao.operations.frame import DONE, REFUSED, WRONG_USE, Outcome
from baodao.operations.subcommands.roster import import_roster
from baodao.people.models import Person
from baodao.rosters.models import RosterImport
from baodao.rostersheets.rules.problems import MESSAGES
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, Tab, person
from tests.world import World


def run(tmp_path: Path, content: bytes, **options: object) -> Outcome:
    file = tmp_path / "名册.xlsx"
    file.write_bytes(content)
    settings = {"file": file, "unit": "U1001", "apply": "none", "include_hidden": False}
    settings |= {"skip_hidden_rows": False, "sheet": [], "gone": "ask"}
    settings |= {"dates_begin_with": "", "phones_above": "ask"}
    return import_roster(argparse.Namespace(**(settings | options)))


def test_judging_says_everything_and_writes_nothing(world: World, tmp_path: Path) -> None:
    rows = [person(order) for order in range(5)]
    rows[2] = person(2, 身份证号="123")
    tabs = [Tab("名册", [HEADER, *rows]), Tab("旧", [HEADER, person(9)], hidden=True)]
    outcome = run(tmp_path, sheets.xlsx(*tabs))
    facts = json.loads(json.dumps(outcome.facts))
    assert outcome.code == DONE
    assert list(facts) == [
        *("people", "in_service", "branches", "new", "changed", "unchanged", "exits", "gone"),
        *("good", "problems", "remarks", "skipped_sheets", "columns", "listed"),
        *("departed", "other_rows", "leftovers"),
    ]
    assert [facts[key] for key in ("people", "in_service", "branches", "new", "gone")] == [
        *(5, 5, 2, 4, 1)
    ]
    (problem,) = facts["problems"]
    assert {**problem, "message": ""} == {
        "sheet": "名册",
        "row": 4,
        "column": "身份证号",
        "kind": "id-length",
        "message": "",
    }
    assert "3" in problem["message"]
    assert facts["skipped_sheets"] == [{"sheet": "旧", "reason": "hidden"}]
    assert facts["columns"]["id_number"] == "身份证号"
    assert not RosterImport.objects.exists()
    assert Person.objects.count() == 2


def test_the_command_says_what_dates_begin_with_and_what_a_ditto_means(
    world: World, tmp_path: Path
) -> None:
    content = sheets.roster(
        person(0, 入党时间="5/1/2005"), person(1, 入党时间="6/7/2006", 手机="同上")
    )
    plain = run(tmp_path, content)
    assert plain.facts["good"] == 0
    told = run(tmp_path, content, dates_begin_with="day", phones_above="same")
    assert told.facts["good"] == 2


def test_applying_good_rows_once(world: World, tmp_path: Path) -> None:
    content = sheets.roster(*(person(order) for order in range(5)))
    assert run(tmp_path, content, apply="good").facts["new"] == 5
    again = run(tmp_path, content, apply="good").facts
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 5)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_of_problem_has_words(language: str) -> None:
    with translation.override(language):
        for kind, message in MESSAGES.items():
            said = translation.gettext(message)
            assert (said == message) is (language == "en"), kind


def test_a_refusal_names_its_reason(world: World, tmp_path: Path) -> None:
    outcome = run(tmp_path, b"\x89PNG\r\n\x1a\n\x00")
    assert outcome.code == REFUSED
    refused = outcome.facts["refused"]
    assert isinstance(refused, dict)
    assert refused["reason"] == "not-a-spreadsheet"
    assert refused["message"] == outcome.text
    header = run(tmp_path, sheets.text([["一", "二"], ["三", "四"]])).facts["refused"]
    assert isinstance(header, dict)
    assert header["reason"] == "no-header"


@pytest.mark.parametrize("rows", [[], [[]], [HEADER], [HEADER, ["合计", 0]]])
def test_a_roster_without_people_is_empty(
    world: World, tmp_path: Path, rows: list[list[sheets.Value]]
) -> None:
    refused = run(tmp_path, sheets.xlsx(Tab("名册", rows))).facts["refused"]
    assert isinstance(refused, dict)
    assert refused["reason"] == "empty"


def test_a_roster_on_a_hidden_sheet_alone_is_told_to_be_hidden(
    world: World, tmp_path: Path
) -> None:
    tabs = [Tab("空", [[]]), Tab("名册", [HEADER, person(1)], hidden=True)]
    refused = run(tmp_path, sheets.xlsx(*tabs)).facts["refused"]
    assert isinstance(refused, dict)
    assert refused["reason"] == "hidden"


def test_a_wrong_name_is_wrong_use_and_a_wrong_unit_is_absent(world: World, tmp_path: Path) -> None:
    assert run(tmp_path, b"", file=tmp_path / "absent.xlsx").code == WRONG_USE
    with pytest.raises(Absent):
        run(tmp_path, sheets.roster(person(1)), unit="U9999")
    with pytest.raises(Absent):
        run(tmp_path, sheets.roster(person(1)), unit="990102001001", apply="good")
