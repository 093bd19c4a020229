"""Every act on many is taken back, or says why not: in the table of its mechanism."""

import ast
import re
from collections.abc import Iterator

from baodao.kernel import undo
from tests.architecture.source import PACKAGE, ROOT, modules

ROW = re.compile(r"^\| `([\w.]+)` \| (?:`([\w.]+)`|none) \| (.+) \|$", re.MULTILINE)


def table() -> dict[str, str]:
    """The note of each command that the table names; empty where it has none."""
    text = (ROOT / "docs" / "mechanisms" / "undo.md").read_text()
    return {command: note for command, note, _ in ROW.findall(text)}


def acts_on_many() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every command that answers with a `Batch`, but the one that takes back."""
    for file, tree in modules():
        module = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or module == "kernel.undo":
                continue
            is_command = any(ast.unparse(one) == "command" for one in node.decorator_list)
            answer = ast.unparse(node.returns) if node.returns else ""
            name = f"{module}.{node.name}"
            if is_command and answer.startswith("Batch["):
                yield name, node


def test_the_table_names_every_act_on_many_and_nothing_else() -> None:
    assert sorted(table()) == sorted(name for name, _ in acts_on_many())


def test_every_note_that_is_named_is_taken_back_and_no_other_is_known() -> None:
    known = {act for act in undo._registered if not act.startswith("test")}
    assert {note for note in table().values() if note} == known


def test_an_act_without_undo_says_so_where_it_is_written() -> None:
    notes = table()
    silent = [
        name
        for name, node in acts_on_many()
        if not notes[name] and "taken back" not in " ".join((ast.get_docstring(node) or "").split())
    ]
    assert silent == []
