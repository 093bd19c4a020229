"""Names are nouns and verbs: a value is called by what it is, a verb means one thing."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, ROOT, modules, nodes, slice_of

PARTICIPLES = frozenset(
    {"held", "found", "told", "made", "said", "chosen", "asked", "wanted", "shown"}
)

EMPTY = frozenset(
    {
        *("manager", "managers", "helper", "helpers", "util", "utils", "common", "misc"),
        *("handle", "handles", "handler", "handlers", "process", "processes", "processor"),
        *("data", "info"),
    }
)
"""Words that say nothing of what something is or does."""

LAYERS = frozenset({"service", "services"})
"""A noun of the domain, 服务, and no layer of a slice."""

CALLED_BY_DJANGO = frozenset(
    {"bound_data", "handle_no_permission", "process_exception", "process_view"}
)
"""Names under which Django looks for a method of ours."""

AFTER = frozenset({"at", "by", "in", "on"})
"""With one of these a participle says when, by whom or where: `made_at`, `asked_by`."""

BEFORE = frozenset({"is", "was", "are", "were", "has", "have"})
"""With one of these it answers a question: `is_told`."""

FROM_DJANGO = "Meta"
"""What Django wants every model and form to call its options."""

PARTICLES = frozenset({"back", "up", "over", "out", "off", "down", "again", "go", "to", "of"})
"""Words that make another verb of the one before: `take_back` is not `take`."""

NEIGHBOUR = re.compile(
    r"(the same (for|with|as|from|in|of|to)|as (above|before)|likewise|ditto)\b", re.I
)
"""How a docstring begins that says something only beside the one above it."""

NO_NOUNS = PARTICIPLES | {
    *("above", "again", "around", "away", "back", "before", "beside", "down", "elsewhere", "here"),
    *("known", "lately", "merged", "missing", "off", "once", "out", "outside", "over", "own"),
    *("received", "recently", "since", "there", "together", "under", "until", "up"),
}
"""Words that are no names of modules by themselves."""

TERMS = {
    "once": "the mechanism by which a form acts once is called so everywhere",
    "own": "what is about oneself is `own()` in the authorisation, and its pages are called so",
}
"""Modules that are called by a term of the house instead, each with what it is."""


def _named(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that is given to a value or a parameter, with its line."""
    for node in nodes(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def _codes(tree: ast.Module) -> set[str]:
    """The codes of closed lists: each says how something is, and may be a participle."""
    lists = [node for node in nodes(tree) if isinstance(node, ast.ClassDef)]
    parts = [part for one in lists for part in one.body if isinstance(part, ast.Assign)]
    return {name.id for part in parts for name in part.targets if isinstance(name, ast.Name)}


def _stands_for_a_noun(name: str) -> bool:
    words = name.lower().strip("_").split("_")
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    return any(
        word in PARTICIPLES and before not in BEFORE and after not in AFTER
        for before, word, after in around
    )


def test_a_value_is_called_by_a_noun() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{line} {name}"
        for file, tree in modules()
        for name, line in _named(tree)
        if _stands_for_a_noun(name) and not (name.isupper() and name in _codes(tree))
    ]
    assert wrong == []


def test_a_function_is_not_called_by_a_participle_alone() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name}"
        for file, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef) and node.name.strip("_") in PARTICIPLES
    ]
    assert wrong == []


def _words(name: str) -> set[str]:
    """The words of a name in small letters, written `like_this` or `LikeThis`."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_no_name_has_a_word_that_says_nothing() -> None:
    wrong = [
        str(file.relative_to(PACKAGE))
        for file, _ in modules()
        if any(_words(part) & EMPTY for part in file.relative_to(PACKAGE).with_suffix("").parts)
    ]
    wrong += [
        f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name}"
        for file, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and _words(node.name) & EMPTY
        and node.name not in CALLED_BY_DJANGO
    ]
    assert wrong == []


def test_a_word_that_says_nothing_is_noticed() -> None:
    assert _words("SeatManager") & EMPTY
    assert _words("_handle_rows") & EMPTY
    assert not _words("OneInformation") & EMPTY


def test_no_slice_has_a_layer_of_services() -> None:
    places = (file.relative_to(PACKAGE).with_suffix("").parts for file, _ in modules())
    assert LAYERS & {place[1] for place in places if len(place) > 1} == set()


def test_a_class_name_stands_once() -> None:
    places = defaultdict(list)
    for file, tree in modules():
        for node in nodes(tree):
            if isinstance(node, ast.ClassDef) and node.name != FROM_DJANGO:
                places[node.name].append(f"{file.relative_to(PACKAGE)}:{node.lineno}")
    assert {name: at for name, at in places.items() if len(at) > 1} == {}


def test_a_module_is_called_by_a_noun_or_a_term() -> None:
    names = {file.stem for file, _ in modules() if file.stem != "__init__"}
    assert names & NO_NOUNS == {*TERMS}


def test_a_docstring_stands_without_its_neighbour() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name}"
        for file, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and NEIGHBOUR.match(ast.get_docstring(node) or "")
    ]
    assert wrong == []


def _is_command(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(part, ast.Name) and part.id == "command"
        for decorator in function.decorator_list
        for part in ast.walk(decorator)
    )


def _verb(name: str) -> str:
    first, *rest = name.split("_")
    return f"{first} {rest[0]}" if rest and rest[0] in PARTICLES else first


def _acts() -> Iterator[tuple[str, str, bool]]:
    """The verb of each command, and of what is called by a verb alone beside them: its slice, and
    whether it is a command."""
    for file, tree in modules():
        if file.relative_to(PACKAGE).parts[1:2] in (("commands.py",), ("commands",)):
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    verb, is_command = _verb(node.name), _is_command(node)
                    if is_command or node.name.replace("_", " ") == verb:
                        yield verb, slice_of(file), is_command


def _shared_verbs() -> set[str]:
    """The verbs of commands by which several slices call what they do."""
    slices = defaultdict(set)
    for verb, name, _ in _acts():
        slices[verb].add(name)
    return {verb for verb, _, is_command in _acts() if is_command and len(slices[verb]) > 1}


def _glossary_verbs() -> list[str]:
    section = (ROOT / "docs" / "glossary.md").read_text().partition("\n## Verbs\n")[2]
    cells = (line.split(" | ")[0] for line in section.splitlines() if line.startswith("| "))
    return [cell.removeprefix("| ") for cell in cells][1:]


def test_a_verb_of_several_slices_means_the_one_thing_that_the_glossary_says() -> None:
    assert _shared_verbs() - {*_glossary_verbs()} == set()


def test_the_glossary_explains_each_verb_once_and_none_that_one_slice_uses_alone() -> None:
    verbs = _glossary_verbs()
    assert verbs == sorted({*verbs} & _shared_verbs())
