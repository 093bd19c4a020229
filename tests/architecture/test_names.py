"""Names are nouns: a value is called by what it is, not by what happened to it."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, modules

PARTICIPLES = frozenset(
    {"held", "found", "told", "made", "said", "chosen", "asked", "wanted", "shown"}
)

FROM_DJANGO = "Meta"
"""What Django wants every model and form to call its options."""


def _named(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that is given to a value or a parameter, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def test_a_value_is_called_by_a_noun() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{line} {name}"
        for file, tree in modules()
        for name, line in _named(tree)
        if name in PARTICIPLES
    ]
    assert wrong == []


def test_a_class_name_stands_once() -> None:
    places = defaultdict(list)
    for file, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name != FROM_DJANGO:
                places[node.name].append(f"{file.relative_to(PACKAGE)}:{node.lineno}")
    assert {name: at for name, at in places.items() if len(at) > 1} == {}
