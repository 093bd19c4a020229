"""The JSON Schema (draft 2020-12) of the language, made of its declarations."""

from typing import Any

from baodao.policies.rules.grammar import FORMAT, PolicyNode, RuleSet
from baodao.policies.rules.shapes import (
    NUMBER,
    Expected,
    ShapePart,
    marked_part,
    meaning_of,
    parts_of,
    shape_name,
)

_SCALARS: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "whole": {"type": "integer"},
    "yes-or-no": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    NUMBER: {
        "anyOf": [
            {"type": "number"},
            {"type": "string", "pattern": "^[-+]?[0-9]{1,12}(\\.[0-9]{1,6})?(/[0-9]{1,6})?$"},
        ]
    },
}


def schema() -> dict[str, Any]:
    """The schema of a whole policy; every shape is a definition."""
    definitions: dict[str, dict[str, Any]] = {}
    _define(RuleSet, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"baodao policy, format {FORMAT}",
        "$ref": f"#/$defs/{shape_name(RuleSet)}",
        "$defs": dict(sorted(definitions.items())),
    }


def _define(shape: type[PolicyNode], definitions: dict[str, dict[str, Any]]) -> None:
    name = shape_name(shape)
    if name in definitions:
        return
    definitions[name] = {}
    parts = parts_of(shape)
    whole: dict[str, Any] = {
        "type": "object",
        "description": meaning_of(shape),
        "properties": {key: _described(one, definitions) for key, one in parts.items()},
        "required": [key for key, one in parts.items() if one.is_needed],
        "additionalProperties": False,
    }
    short = marked_part(shape, "short")
    if short:
        whole = {"anyOf": [_described(short, definitions), whole]}
    definitions[name] = whole


def _described(one: ShapePart, definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    bounds = {"minimum": one.marks.get("least"), "maximum": one.marks.get("most")}
    limits = {key: value for key, value in bounds.items() if value is not None}
    inner = _schema_of(one.expected, definitions, limits)
    return {"description": one.meaning, **inner}


def _schema_of(
    expected: Expected, definitions: dict[str, dict[str, Any]], limits: dict[str, Any]
) -> dict[str, Any]:
    if expected.items:
        single = _schema_of(expected.items, definitions, limits)
        return {"anyOf": [single, {"type": "array", "items": single}]}
    if expected.named:
        values = _schema_of(expected.named, definitions, limits)
        return {"type": "object", "additionalProperties": values}
    if expected.words:
        return {"enum": [str(one.value) for one in expected.words]}
    if expected.shapes:
        for shape in expected.shapes:
            _define(shape, definitions)
        places = [{"$ref": f"#/$defs/{shape_name(shape)}"} for shape in expected.shapes]
        return places[0] if len(places) == 1 else {"oneOf": places}
    return _SCALARS[expected.scalar] | limits
