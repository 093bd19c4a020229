"""What a cluster refuses, or answers wrongly, held without one: where tables lie, which keys they
have, and which forms of SQL are asked of what is distributed."""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import F, Field, ForeignKey, Model, UniqueConstraint

from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement, own_models, placement_of
from tests.architecture.source import PACKAGE, modules, nodes, slice_of

MODELS = list(own_models())
SILENT = [
    one.__name__ for one in MODELS if not isinstance(vars(one).get("placement"), TablePlacement)
]
SPREAD = [one for one in MODELS if one.__name__ not in SILENT and placement_of(one).column]
TABLES = "|".join(model._meta.db_table for model in SPREAD)
NAMES = {model.__name__ for model in SPREAD}
TIED = {PACKAGE / "ledger" / "queries" / name for name in ("records.py", "seals.py")}
"""Alone tie facts to facts: of the same community, which lie together."""


def test_every_model_says_where_it_lies() -> None:
    assert SILENT == []


def test_facts_that_grow_without_end_are_distributed() -> None:
    spread = {model.__name__ for model in SPREAD}
    assert spread == {"ServiceRecord", "ChainHead", "Seal", "CheckIn", "JournalEntry"}


def _names(key: object) -> set[str]:
    match key:
        case str():
            return {key}
        case F():
            return {key.name}
    return set()


def _keys(model: type[Model]) -> Iterator[tuple[str, set[str]]]:
    """What of a model is unique or excludes, by name, with the attributes of its columns."""
    attributes = {field.name: field.attname for field in model._meta.concrete_fields}
    composite = getattr(model._meta.pk, "field_names", (model._meta.pk.name,))
    keys: list[tuple[str, set[str]]] = [("pk", set(composite))]
    keys += [
        (field.name, {field.name})
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    ]
    keys += [("unique_together", set(names)) for names in model._meta.unique_together]
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint):
            parts = [*one.fields, *one.expressions]
            keys.append((one.name, set().union(*map(_names, parts))))
        elif isinstance(one, ExclusionConstraint):
            parts = [part for part, _ in one.expressions]
            keys.append((one.name, set().union(*map(_names, parts))))
    for name, columns in keys:
        yield name, {attributes.get(column, column) for column in columns}


@pytest.mark.parametrize("model", SPREAD, ids=lambda model: model.__name__)
def test_every_key_of_what_is_distributed_carries_its_column(model: type[Model]) -> None:
    column = placement_of(model).column
    assert [name for name, columns in _keys(model) if column not in columns] == []


def test_no_foreign_key_points_at_what_is_distributed() -> None:
    fields = [field for model in MODELS for field in model._meta.get_fields()]
    wrong = [str(one) for one in fields if isinstance(one, ForeignKey) and _is_spread(one)]
    assert wrong == []


def _is_spread(field: Field) -> bool:
    return field.related_model in SPREAD


def test_a_foreign_key_of_facts_is_checked_at_once_by_a_named_constraint() -> None:
    """Django's own waits until COMMIT, where a cluster answers with another error."""
    facts = [model for model in SPREAD if issubclass(model, Fact)]
    fields = [field for model in facts for field in model._meta.concrete_fields]
    assert [str(one) for one in fields if isinstance(one, ForeignKey) and one.db_constraint] == []


def test_nothing_on_every_node_points_at_the_coordinator_alone() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        if placement_of(model) is not TablePlacement.LOCAL
        for field in model._meta.concrete_fields
        if field.related_model in MODELS
        and placement_of(field.related_model) is TablePlacement.LOCAL
    ]
    assert wrong == []


def test_no_entity_asks_facts_by_a_subquery_of_each_row() -> None:
    """`OuterRef` beside a model of facts: a cluster cannot answer it unless both are facts of the
    same community, which two modules of the ledger ask."""
    wrong = [
        f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name}"
        for file, tree in modules()
        if file not in TIED
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef)
        and {"OuterRef"} & _names_in(node)
        and NAMES & _names_in(node)
    ]
    assert wrong == []


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _statements() -> Iterator[tuple[str, str]]:
    """Every SQL text of the project that stands in a module as a constant, put together."""
    for file, tree in modules():
        source = file.read_text()
        if "sql" not in source.lower() and "SELECT" not in source:
            continue
        name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        if not re.search(r"\b(SELECT|INSERT|WITH)\b", source) or slice_of(file) == "demo":
            continue
        for key, value in vars(importlib.import_module(name)).items():
            if isinstance(value, str) and re.search(r"\b(SELECT|INSERT|JOIN)\b", value):
                yield f"{file.relative_to(PACKAGE)} {key}", value
        for node in nodes(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant):
                text = _text(node)
                if "SELECT" in text:
                    yield f"{file.relative_to(PACKAGE)}:{node.lineno}", text


def _text(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_text(one) if isinstance(one, ast.Constant) else "?" for one in node.values)


STATEMENTS = list(_statements())


def _inside(sql: str, opening: str) -> Iterator[str]:
    """What stands between the brackets that follow each `opening`."""
    for match in re.finditer(opening + r"\s*\(", sql):
        depth, start = 1, match.end()
        for at in range(start, len(sql)):
            depth += {"(": 1, ")": -1}.get(sql[at], 0)
            if not depth:
                yield sql[start:at]
                break


def test_statements_that_ask_facts_select_at_least_one_column() -> None:
    """A cluster works parts of a statement out beforehand, and cannot read a part without columns:
    `EXISTS (SELECT FROM …)` is refused there, `SELECT 1 FROM` is not."""
    asking = ("figures/", "tallies/", "snapshots/", "flags/", "ledger/")
    wrong = [
        name for name, sql in _statements() if name.startswith(asking) and "SELECT FROM" in sql
    ]
    assert wrong == []


def test_no_lateral_subquery_reads_facts() -> None:
    wrong = [
        name
        for name, sql in STATEMENTS
        for inside in _inside(sql, r"\bLATERAL")
        if re.search(TABLES, inside)
    ]
    assert wrong == []


def test_no_recursion_walks_through_facts() -> None:
    wrong = [name for name, sql in STATEMENTS if "RECURSIVE" in sql and re.search(TABLES, sql)]
    assert wrong == []


def test_no_upsert_asks_the_clock_of_the_database() -> None:
    upserts = [(name, sql) for name, sql in STATEMENTS if "ON CONFLICT" in sql]
    now = r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(|CURRENT_TIMEST"
    assert [name for name, sql in upserts if re.search(now, sql, re.IGNORECASE)] == []


def test_the_checks_find_what_they_look_for() -> None:
    lateral = "SELECT FROM x CROSS JOIN LATERAL (SELECT f(1) FROM ledger_servicerecord) r"
    assert re.search(TABLES, next(_inside(lateral, r"\bLATERAL")))
    assert all(file.exists() for file in TIED)
    assert STATEMENTS
