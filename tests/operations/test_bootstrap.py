"""The way in: make's targets, the locks, and steps that run only when something changed."""

import json
import re
import subprocess
from pathlib import Path

import polib
import pytest

from baodao.operations import bootstrap, fonts, messages
from baodao.operations.command import COMMANDS
from tests.environment import ROOT

TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
DOCUMENTS = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]


def test_make_alone_explains_every_target() -> None:
    make = ["make", "--no-print-directory"]
    shown = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in shown.splitlines()} == TARGETS


def test_every_make_command_in_the_documents_exists() -> None:
    assert (ROOT / "README.md") in DOCUMENTS
    named = {
        (file.name, target)
        for file in DOCUMENTS
        for target in re.findall(r"(?:^|`)make ([a-z]+)", file.read_text(), re.MULTILINE)
    }
    assert ("README.md", "run") in named
    assert {pair for pair in named if pair[1] not in TARGETS} == set()


def test_no_lock_names_a_host() -> None:
    locks = [*(ROOT / "requirements").iterdir(), ROOT / "package.json", ROOT / "package-lock.json"]
    assert [lock.name for lock in locks if "://" in lock.read_text()] == []


def test_every_pinned_package_has_a_hash() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        pins = re.split(r"\n(?=[a-z])", lock.read_text())
        unhashed = [pin.split()[0] for pin in pins if "==" in pin and "--hash=sha256:" not in pin]
        assert unhashed == []


def test_the_tests_run_with_the_versions_that_run() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / "requirements" / name).read_text()
        return dict(re.findall(r"^([\w.-]+(?:\[\w+\])?)==(\S+)", text, re.MULTILINE))

    run, test = pins("run.txt"), pins("test.txt")
    assert {name: version for name, version in run.items() if test[name] != version} == {}


def test_a_step_runs_again_only_when_its_inputs_change(tmp_path: Path) -> None:
    ran: list[str] = []
    stamp = tmp_path / "stamps" / "step"
    for inputs in (b"one", b"one", b"two"):
        bootstrap.step("step", stamp, [inputs], lambda: ran.append("step"))
    assert len(ran) == 2


def test_a_step_that_failed_runs_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise bootstrap.SetUpError("no network")

    with pytest.raises(bootstrap.SetUpError):
        bootstrap.step("step", tmp_path / "stamp", [b"one"], fail)
    assert bootstrap.step("step", tmp_path / "stamp", [b"one"], lambda: None)


def test_copied_front_end_files_name_no_source_maps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "node_modules" / "pack" / "dist"
    source.mkdir(parents=True)
    (source / "a.css").write_text("b{color:red}\n/*# sourceMappingURL=a.css.map */")
    (source / "a.js").write_text("let c=1\n//# sourceMappingURL=a.js.map\n")
    listed = {"pack/a.css": "pack/dist/a.css", "pack/a.js": "pack/dist/a.js"}
    (tmp_path / "package.json").write_text(json.dumps({"static": listed}))
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VAR", tmp_path / "var")
    bootstrap.copy_front_end()
    copied = tmp_path / "var" / "packages" / "pack"
    assert (copied / "a.css").read_text() == "b{color:red}\n"
    assert (copied / "a.js").read_text() == "let c=1\n"


def test_a_catalogue_is_compiled_without_its_fuzzy_entries(tmp_path: Path) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="sure", msgstr="确定"))
    catalogue.append(polib.POEntry(msgid="unsure", msgstr="不定", flags=["fuzzy"]))
    catalogue.save(str(tmp_path / "django.po"))
    made = polib.mofile(str(messages.compile_catalogue(tmp_path / "django.po")))
    assert [entry.msgid for entry in made] == ["sure"]


def test_the_operators_fonts_come_before_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("own", "var/fonts"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "simfang.ttf").touch()
    monkeypatch.setenv("BAODAO_FONTS", str(tmp_path / "own"))
    found = fonts.find(fonts.FANGSONG, fonts.folders(tmp_path / "var"))
    assert found == tmp_path / "own" / "simfang.ttf"


def test_every_variable_of_the_environment_is_explained_on_one_page() -> None:
    sources = [*(ROOT / "baodao").rglob("*.py")]
    read = {
        name
        for source in sources
        for name in re.findall(r"BAODAO_[A-Z_]+", source.read_text())
        if name not in {"BAODAO_LEASH"}
    }
    page = (ROOT / "docs" / "operations" / "settings.md").read_text()
    assert set(re.findall(r"^\| `(BAODAO_[A-Z_]+)`", page, re.MULTILINE)) == read


def test_every_subcommand_is_on_the_page_of_commands() -> None:
    page = (ROOT / "docs" / "operations" / "commands.md").read_text()
    named = re.findall(r"^\| `([a-z]+)`", page, re.MULTILINE)
    assert named == [command.name for command in COMMANDS]
