"""`baodao policy`: what is wrong by line, sentences, the schema."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from baodao.kernel import clock
from baodao.operations.command import main
from tests.world import World


def test_check_says_that_a_preset_can_be_applied(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", "r2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["subject"] == "person"
    assert told["switches"] == []


def test_check_tells_the_line_and_the_nearest_right_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("format: 1\nname: 办法\noutcome:\n  pas: {amount: x, at_least: 1}\n")
    assert main(["policy", "check", str(file)]) == 1
    assert "第 4 行" in (words := capsys.readouterr().err)
    assert "“pass”" in words
    assert main(["policy", "check", str(tmp_path / "none.yaml")]) == 1


def test_a_file_that_an_old_editor_saved_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.yaml"
    text = "format: 1\nname: 全年六次\noutcome: {pass: {amount: {count: service}, at_least: 6}}\n"
    for encoding in ("gb18030", "utf-8-sig", "utf-16"):
        file.write_bytes(text.encode(encoding))
        assert main(["policy", "check", str(file)]) == 0, encoding
        assert "全年六次" in capsys.readouterr().out


def test_explain_says_a_policy_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "explain", "r2"]) == 0
    assert "每半年志愿服务不少于 1 次" in capsys.readouterr().out
    assert main(["policy", "schema", "--json"]) == 0
    assert "$defs" in json.loads(capsys.readouterr().out)


def _simulated(world: World, *options: str) -> int:
    here = ["--org", world.bureau.code, "--as-of", clock.today().isoformat()]
    return main(["policy", "simulate", "r5", *here, *options])


def test_simulate_tells_each_branch_and_who_misses_what(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMBEDDED = False
    assert _simulated(world) == 0
    assert "陈" in capsys.readouterr().out
    assert _simulated(world, "--against", "r2", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(told["outcomes"].values()) > 0
    assert len(told["branches"]) >= 1
