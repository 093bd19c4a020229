"""Files, functions and parameter lists keep the sizes of the house."""

import ast
from collections import Counter
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT, modules, nodes, slice_of

STANDARD = {
    "apps",
    "checks",
    "documents",
    "facts",
    "formats",
    "forms",
    "handovers",
    "logs",
    "models",
    "notices",
    "papers",
    "policies",
    "tables",
    "tasks",
    "urls",
    "views",
    "wsgi",
}
"""What a module of a few lines may be called: a reader looks for it, however little it says."""

ACTORS = {"self", "cls", "actor", "request"}


def _lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def test_no_module_is_longer_than_500_lines() -> None:
    assert [str(file) for file, _ in modules() if _lines(file) > 500] == []


def test_a_module_under_25_lines_is_one_that_every_slice_may_have() -> None:
    small = [file for file, _ in modules() if _lines(file) < 25 and file.stem != "__init__"]
    assert [str(file) for file in small if file.stem not in STANDARD] == []


def test_no_slice_has_more_than_5000_lines_of_python_besides_migrations() -> None:
    lines = Counter[str]()
    for file, _ in modules():
        lines[slice_of(file)] += _lines(file)
    assert {name: count for name, count in lines.items() if count > 5000} == {}


def test_no_test_is_longer_than_700_lines() -> None:
    assert [str(file) for file in (ROOT / "tests").rglob("*.py") if _lines(file) > 700] == []


def test_no_template_is_longer_than_250_lines() -> None:
    assert [str(file) for file in PACKAGE.rglob("*.html") if _lines(file) > 250] == []


def test_each_of_our_own_style_sheets_stays_under_300_lines() -> None:
    assert [str(file) for file in PACKAGE.rglob("*.css") if _lines(file) > 300] == []


def test_no_function_is_longer_than_60_lines_or_takes_more_than_5_parameters() -> None:
    wrong = []
    for file, tree in modules():
        for node in nodes(tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            lines = (node.end_lineno or 0) - node.lineno + 1
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            counted = [a.arg for a in arguments if a.arg not in ACTORS]
            if lines > 60 or len(counted) > 5:
                wrong.append(f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name}")
    assert wrong == []
