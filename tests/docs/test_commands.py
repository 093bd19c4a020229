"""What the papers tell people to type can be typed: targets, subcommands, options, tests."""

import contextlib
import io
import re
import shlex
from functools import cache

import pytest

from baodao.operations.command import COMMANDS, main
from tests.docs.papers import Paper, papers
from tests.environment import ROOT

MAKE = re.compile(r"^make ([a-z]+)")
BAODAO = re.compile(r"^(?:\.venv/bin/)?baodao (.+)$")
PYTHON = re.compile(r"^\.venv/bin/python -m (pytest|bench\.\w+|baodao\.[\w.]+)(.*)$")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
NAMES = [command.name for command in COMMANDS]

each_paper = pytest.mark.parametrize("paper", papers(), ids=str)


@cache
def _help(*words: str) -> str:
    """What `baodao … --help` prints; raises when it does not end well."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0, words
    return said.getvalue()


def _words(line: str) -> list[str]:
    """A command without its options: what is named before the first one that is no word."""
    named: list[str] = []
    for word in shlex.split(line):
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", word) or len(named) == 2:
            break
        named.append(word)
    return named


def _wrong_in(line: str) -> list[str]:
    """What of `baodao <line>` the command does not know."""
    named = _words(line)
    if not named or named[0] not in NAMES:
        return [line]
    text = _help(named[0])
    if len(named) == 2:
        if not re.search(rf"^\s+{named[1]}\b", text, re.MULTILINE):
            return [line]
        text = _help(*named)
    options = re.findall(r"(?<=\s)--[a-z-]+", line)
    return [f"{line}: {option}" for option in options if option not in f"{text} --json --help"]


@pytest.mark.parametrize("name", NAMES)
def test_every_subcommand_explains_itself(name: str) -> None:
    assert f"baodao {name}" in _help(name)


def test_the_page_of_commands_tells_every_subcommand() -> None:
    told = (ROOT / "docs" / "operations" / "commands.md").read_text()
    assert [name for name in NAMES if f"| `{name}` |" not in told] == []


@each_paper
def test_every_make_target_that_is_told_exists(paper: Paper) -> None:
    told = {match[1] for line in paper.commands() if (match := MAKE.match(line))}
    assert told - TARGETS == set()


@each_paper
def test_every_baodao_command_that_is_told_exists_with_its_options(paper: Paper) -> None:
    lines = [match[1] for line in paper.commands() if (match := BAODAO.match(line))]
    assert [wrong for line in lines for wrong in _wrong_in(line)] == []


@each_paper
def test_every_test_and_module_that_is_to_be_run_exists(paper: Paper) -> None:
    missing = []
    for line in paper.commands():
        match = PYTHON.match(line)
        if match is None:
            continue
        module, rest = match.groups()
        if module != "pytest" and not (ROOT / f"{module.replace('.', '/')}.py").exists():
            missing.append(line)
        places = [word for word in rest.split() if word.startswith("tests")]
        missing += [line for place in places if not (ROOT / place).exists()]
    assert missing == []
