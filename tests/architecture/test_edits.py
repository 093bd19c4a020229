"""Whoever saves second is told: no form opens with the values of a row without its mechanism.

A form that begins with something else than a constant, the present instant or the request itself
either is filled in by `editing` (`ui/submissions.py`), or says beside it, after `no edit:`, why
nobody's word can be lost by it. An operation of the API that changes values of what it answers
takes them as they were read (`ui.api.check_unchanged`).
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from baodao.config.api import api
from tests.architecture.source import PACKAGE, modules, nodes

EXCUSE = re.compile(r"no edit: \w")
HARMLESS = {"clock", "request", "gettext_lazy", "_"}
OPENS = re.compile(
    r"<input(?![^>]*(?:readonly|type=\"(?:hidden|search|checkbox|radio)\"))[^>]*value=\"\{\{"
    r"|%\}\s*(?:checked|selected)"
)
ANSWERED = ("{{ edit.carried }}", "{{ row.edit.carried }}", 'name="before-', 'method="get"')
NEW_EACH_TIME = {"reason", "ended_on"}
"""Fields that are typed with an act that is done once, and are never put right."""
MAKES = re.compile(r"(Add|Call|Enter) an? ")
"""How the summary of an operation begins that makes a new row below the one of its address."""


def _forms_and_views() -> Iterator[tuple[Path, ast.Module]]:
    for file, tree in modules():
        parts = {*file.relative_to(PACKAGE).with_suffix("").parts}
        if parts & {"forms", "views"}:
            yield file, tree


def _is_harmless(value: ast.expr) -> bool:
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    return all(name in HARMLESS or name[0].isupper() for name in names)


def _initials(tree: ast.Module) -> Iterator[tuple[int, int, ast.expr]]:
    """First and last line of each call that says what a form or a field begins with."""
    for node in nodes(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "initial":
                    yield node.lineno, node.end_lineno or node.lineno, keyword.value


def test_a_form_that_begins_with_the_values_of_a_row_is_filled_in_by_editing() -> None:
    silent = []
    for file, tree in _forms_and_views():
        lines = file.read_text().splitlines()
        for first, last, value in _initials(tree):
            told = EXCUSE.search(" ".join(lines[first - 2 : last]))
            if not told and not _is_harmless(value):
                silent.append(f"{file.relative_to(PACKAGE)}:{first} {ast.unparse(value)}")
    assert silent == []


def test_a_template_that_fills_in_a_form_by_hand_carries_what_it_shows() -> None:
    silent = []
    for file in sorted(PACKAGE.rglob("templates/**/*.html")):
        text = file.read_text()
        answered = any(mark in text for mark in ANSWERED) or EXCUSE.search(text)
        if OPENS.search(text) and not answered:
            silent.append(str(file.relative_to(PACKAGE)))
    assert silent == []


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a schema of the description, by name."""
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return dict(schema.get("properties", {}))


def test_an_operation_that_changes_what_it_answers_takes_it_as_it_was_read() -> None:
    description = api.get_openapi_schema()
    schemas, silent = description["components"]["schemas"], []
    for path, operations in description["paths"].items():
        body = operations.get("post", {}).get("requestBody")
        if body is None or not re.search(r"\{\w+_id\}/", path):
            continue
        typed = _fields(body["content"]["application/json"]["schema"], schemas)
        answer = operations["post"]["responses"][200]["content"]["application/json"]["schema"]
        changed = typed.keys() & _fields(answer, schemas).keys() - NEW_EACH_TIME
        makes = MAKES.match(operations["post"]["summary"])
        if changed and "before" not in typed and not makes:
            silent.append((path, sorted(changed)))
    assert silent == []
