"""Names of the program that the papers write down exist: read from the sources, nothing is run."""

import ast
import builtins
import re
import textwrap
from functools import cache
from pathlib import Path

import pytest

from tests.docs.papers import Paper, papers
from tests.environment import ROOT

PACKAGE = ROOT / "baodao"
DOTTED = re.compile(r"(?:baodao\.)?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\(.*\))?")
PYTHON = re.compile(r"^( *)```python\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
HISTORY = ROOT / "docs" / "adr"
"""Decisions tell how it was on their day."""

each_paper = pytest.mark.parametrize(
    "paper", [paper for paper in papers() if paper.path.parent != HISTORY], ids=str
)


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


@cache
def _sources() -> dict[str, list[Path]]:
    """Every module and package of the program by its bare name."""
    places: dict[str, list[Path]] = {}
    for file in PACKAGE.rglob("*.py"):
        place = file.parent if file.name == "__init__.py" else file
        places.setdefault(place.stem, []).append(place)
    return places


@cache
def _strings() -> set[str]:
    """What the sources write as a string: codes, keys and message ids are no names."""
    return {
        node.value
        for places in _sources().values()
        for place in places
        if place.is_file()
        for node in ast.walk(_tree(place))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _named_by(node: ast.AST) -> set[str]:
    """The names that one statement gives."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.ImportFrom | ast.Import):
        return {(alias.asname or alias.name) for alias in node.names}
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.If | ast.For):
        return {
            part.id
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
    return set()


def _in_class(body: list[ast.stmt], names: list[str]) -> bool:
    """Whether the statements give the first name, and its class the rest; what a class inherits
    is not followed."""
    if not names:
        return True
    for node in body:
        if names[0] in _named_by(node):
            inside = node.body if isinstance(node, ast.ClassDef) else []
            return len(names) == 1 or not inside or _in_class(inside, names[1:])
    return False


def _exists(place: Path, names: list[str]) -> bool:
    """Whether `names`, one below the other, lead somewhere from a package or module."""
    if not names:
        return True
    if place.is_file():
        return _in_class(_tree(place).body, names)
    for below in (place / names[0], place / f"{names[0]}.py"):
        if below.exists():
            return _exists(below, names[1:])
    return False


def _wrong(words: str) -> bool:
    """Whether `words` name something of a slice or module that it does not have."""
    match = DOTTED.fullmatch(words)
    if match is None or words.endswith((".py", ".html")) or match[1] in _strings():
        return False
    first, *rest = match[1].split(".")
    return first in _sources() and not any(_exists(place, rest) for place in _sources()[first])


@each_paper
def test_every_dotted_name_in_backticks_exists(paper: Paper) -> None:
    assert [words for words in paper.inline() if _wrong(words)] == []


@cache
def _top_names() -> set[str]:
    """What any module of the program names at its top."""
    files = {place for places in _sources().values() for place in places if place.is_file()}
    return {name for file in files for node in _tree(file).body for name in _named_by(node)}


def _unknown_in(block: str) -> list[str]:
    """Classes and functions that a block of Python uses, and neither gives itself nor finds in a
    module; what it has in small letters and does not call is a value of its reader."""
    tree = ast.parse(textwrap.dedent(block))
    nodes = [*ast.walk(tree)]
    own = {name for node in nodes for name in _named_by(node)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)} | {*vars(builtins)}
    calls = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    names = {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and (id(node) in calls or node.id[0].isupper())
    }
    names |= {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("baodao")
        for alias in node.names
    }
    return sorted(names - own - _top_names())


@each_paper
def test_every_name_that_a_block_of_code_uses_exists(paper: Paper) -> None:
    blocks = [block for _indent, block in PYTHON.findall(paper.text)]
    assert [name for block in blocks for name in _unknown_in(block)] == []


def test_a_name_that_is_gone_is_noticed() -> None:
    assert _wrong("documents.commands.no_such_thing")
    assert _wrong("no_such_thing.of.anybody") is False
    assert _wrong("kernel.lives.Life.no_such_move")
    assert _wrong("kernel.lives.Life.move(state, to)") is False
