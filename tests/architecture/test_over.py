"""The form of an act on something that can be over names the rule that says so, or says why none.

A form page below the address of a row either is open `while_open` (`ui/submissions.py`), itself or
by a function of its module, raises the refusal itself (`move` or `check` of a life), or says, after
`no end:`, why its act is never over, or that what is over is not found any more.
"""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, modules

EXCUSE = re.compile(r"no end: \w")
RULES = {"while_open", "move", "check", "check_reachable"}


def _names(name: str, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """The attributes and names that a function and those of its module that it calls use."""
    names, left = set[str](), [name]
    while left:
        node = functions[left.pop()]
        found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        found |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
        left += [one for one in found - names if one in functions]
        names |= found
    return names


def form_pages() -> Iterator[tuple[str, bool]]:
    """Every form page of a row, and whether it says what ends it."""
    for file, tree in modules():
        parts = file.relative_to(PACKAGE).parts
        if "views" not in {part.removesuffix(".py") for part in parts}:
            continue
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        lines = file.read_text().splitlines()
        for node in functions.values():
            marks = {ast.unparse(one) for one in node.decorator_list}
            if len(node.args.args) > 1 and marks & {"asking", "choosing"}:
                words = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                told = bool(RULES & _names(node.name, functions)) or bool(EXCUSE.search(words))
                yield f"{file.relative_to(PACKAGE)}: {node.name}", told


def test_a_form_page_of_a_row_says_what_ends_it() -> None:
    pages = dict(form_pages())
    assert len(pages) > 200, "the marks are found"
    assert [page for page, told in pages.items() if not told] == []
