"""What was typed into a form is shown again on its page, however its sender was signed out."""

import ast
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, modules, nodes

SHOWS_AGAIN = {"bound", "typed_before"}


def asking_views() -> Iterator[tuple[str, set[str]]]:
    """Every view that promises it, with the names that it and its module's functions call."""
    for file, tree in modules():
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in functions.values():
            if any(ast.unparse(one) == "asking" for one in node.decorator_list):
                yield f"{file.relative_to(PACKAGE)}: {node.name}", _names(node.name, functions)


def _names(name: str, functions: dict[str, ast.FunctionDef]) -> set[str]:
    names, left = set[str](), [name]
    while left:
        node = functions[left.pop()]
        fresh = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} - names
        names |= fresh
        left += [one for one in fresh if one in functions]
    return names


def test_every_form_that_is_typed_into_shows_again_what_was_typed() -> None:
    views = dict(asking_views())
    assert len(views) > 50, "the mark is found"
    assert [view for view, names in views.items() if not names & SHOWS_AGAIN] == []


def test_nothing_that_was_typed_is_cut_off_in_silence() -> None:
    """Too long is refused by `check_length`; only the words of a search are cut, in pages."""
    cuts = [
        str(file.relative_to(PACKAGE))
        for file, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Slice)
        and node.slice.lower is None
        and ast.unparse(node.value).endswith(".strip()")
    ]
    assert sorted(set(cuts)) == [
        "agenda/tables/suggestions.py", "reports/views/rounds.py", "statements/views/entries.py",
        "ui/guards.py", "ui/listing.py",
    ]  # fmt: skip
