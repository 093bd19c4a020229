"""The description of the API (OpenAPI 3.1) as a page shows it: operations, fields, schemas."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from baodao.accounts.rules import SCOPES
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop

Node = Mapping[str, Any]

ERRORS: tuple[tuple[int, str, str], ...] = (
    (401, "token.missing", gettext_noop("no token was sent, or only a session's cookie")),
    (401, "token.unknown", gettext_noop("there is no such token")),
    (401, "token.over", gettext_noop("it has ended, was revoked, or its account rests")),
    (403, "scope.missing", gettext_noop("the token, or its account now, may not do this at all")),
    (404, "absent", gettext_noop("not there, or outside the scope: the two look the same")),
    (405, "method.not-allowed", gettext_noop("another verb is meant")),
    (409, "…", gettext_noop("a rule said no: the code names it, the message says what to do")),
    (413, "input.too-large", gettext_noop("the body is larger than the site takes")),
    (422, "input.missing", gettext_noop("a field is missing")),
    (422, "input.invalid", gettext_noop("a field has another form or value")),
    (422, "input.unreadable", gettext_noop("the body is no JSON")),
    (422, "request.reused", gettext_noop("this Idempotency-Key stands for another write")),
    (429, "token.too-many-wrong", gettext_noop("too many wrong tokens from this address")),
    (500, "server.fault", gettext_noop("a fault of ours; send the same again later")),
)
"""Every error, by status; the codes of 409 are those of the rules."""

SAMPLES = {
    "uuid": "01990c1e-7d3a-7cc2-8a51-3b0f5f6c2d11",
    "date": "2026-07-01",
    "date-time": "2026-07-01T09:00:00+08:00",
}


@dataclass(frozen=True)
class FieldRow:
    """A parameter or a field: its name, its type in words, and what it means."""

    name: str
    type: str
    required: bool
    meaning: str
    link: str = ""


@dataclass(frozen=True)
class Shape:
    """A schema by name."""

    name: str
    meaning: str
    fields: list[FieldRow]


@dataclass(frozen=True)
class ApiOperation:
    """One address and verb, with an example that can be typed."""

    id: str
    method: str
    path: str
    summary: str
    meaning: str
    scope: str
    scope_words: str
    parameters: list[FieldRow]
    body: str
    answer: str
    example: str


@dataclass(frozen=True)
class Group:
    """The operations of one slice."""

    name: str
    operations: list[ApiOperation] = field(default_factory=list)


@dataclass(frozen=True)
class Reference:
    """The whole page."""

    groups: list[Group]
    shapes: list[Shape]
    errors: list[tuple[int, str, str]]


def reference(description: Node) -> Reference:
    """What the page shows, in the reader's language."""
    reader = _Reader(description["components"]["schemas"])
    groups: dict[str, Group] = {}
    for path, verbs in description["paths"].items():
        for method, node in verbs.items():
            name = node["tags"][0]
            group = groups.setdefault(name, Group(_(name)))
            group.operations.append(reader.operation(path, method, node))
    named = [one for group in groups.values() for one in group.operations]
    shapes = reader.shapes({name for one in named for name in (one.body, one.answer) if name})
    errors = [(status, code, _(words)) for status, code, words in ERRORS]
    return Reference(list(groups.values()), shapes, errors)


class _Reader:
    """Puts types into words; a type that names a schema is looked up in `schemas`."""

    def __init__(self, schemas: Node) -> None:
        self.schemas = schemas

    def operation(self, path: str, method: str, node: Node) -> ApiOperation:
        scope = node.get("x-scope", "")
        body = _schema_of(node.get("requestBody", {}))
        return ApiOperation(
            id=node["operationId"],
            method=method.upper(),
            path=path,
            summary=_(node["summary"]),
            meaning=_meaning(node),
            scope=scope,
            scope_words=_(SCOPES[Permission(scope)]) if scope else "",
            parameters=[self.parameter(one) for one in node["parameters"]],
            body=_name_of(body),
            answer=_name_of(_schema_of(node["responses"][200])),
            example=self.example(path, method, node["parameters"], body),
        )

    def parameter(self, node: Node) -> FieldRow:
        kind = self.type_of(node["schema"])
        return FieldRow(node["name"], kind, node["required"], _meaning(node))

    def shapes(self, names: set[str]) -> list[Shape]:
        """The schemas with these names, and those that they name, by name."""
        known: set[str] = set()
        while names:
            known |= names
            fields = [kind for one in names for kind in self._fields(one).values()]
            names = {name for kind in fields if (name := _name_of(kind))} - known
        return [self.shape(name) for name in sorted(known) if self._fields(name)]

    def shape(self, name: str) -> Shape:
        node = self.schemas[name]
        required = node.get("required", [])
        fields = [
            FieldRow(one, self.type_of(kind), one in required, _meaning(kind), self._link(kind))
            for one, kind in self._fields(name).items()
        ]
        return Shape(name, _meaning(node), fields)

    def _fields(self, name: str) -> Node:
        properties: Node = self.schemas[name].get("properties", {})
        return properties

    def _link(self, node: Node) -> str:
        name = _name_of(node)
        return name if name and self._fields(name) else ""

    def type_of(self, node: Node) -> str:
        nullable = any(one.get("type") == "null" for one in node.get("anyOf", []))
        words = [self._words_of(one) for one in _kinds(node)]
        return " | ".join([*words, "null"] if nullable else words)

    def _words_of(self, node: Node) -> str:
        if "$ref" in node:
            name = _name_of(node)
            return name if self._fields(name) else self._words_of(self.schemas[name])
        if "enum" in node:
            return " | ".join(str(value) for value in node["enum"])
        if node.get("type") == "array":
            return f"[{self.type_of(node['items'])}]"
        return str(node.get("format") or node.get("type", ""))

    def example(self, path: str, method: str, parameters: list[Node], body: Node) -> str:
        """A line for a shell; `$TOKEN` and the words in braces are the reader's."""
        verb = "" if method == "get" else f"-X {method.upper()} "
        lines = [f"curl {verb}{settings.PUBLIC_URL}{path}", '-H "Authorization: Bearer $TOKEN"']
        if any(one["name"] == "Idempotency-Key" for one in parameters):
            lines.append('-H "Idempotency-Key: $(uuidgen)"')
        if body:
            sample = json.dumps(self.sample(body), ensure_ascii=False)
            lines += ['-H "Content-Type: application/json"', f"-d '{sample}'"]
        return " \\\n  ".join(lines)

    def sample(self, node: Node) -> Any:
        """A value of the right form."""
        first = next(_kinds(node))
        if "$ref" in first:
            return self.sample(self.schemas[_name_of(first)])
        if "properties" in first:
            return {name: self.sample(kind) for name, kind in first["properties"].items()}
        if "enum" in first:
            return first["enum"][0]
        if first.get("type") == "array":
            return [self.sample(first["items"])]
        if first.get("type") == "integer":
            return first.get("minimum", 1)
        if first.get("type") == "boolean":
            return True
        return SAMPLES.get(first.get("format", ""), "…")


def _schema_of(node: Node) -> Node:
    schema: Node = node.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _meaning(node: Node) -> str:
    return _(node["description"]) if node.get("description") else ""


def _kinds(node: Node) -> Iterator[Node]:
    """A type, or the types of which one holds, without null."""
    return (one for one in node.get("anyOf", [node]) if one.get("type") != "null")


def _name_of(node: Node) -> str:
    """The schema that a type names, by itself or in a list."""
    for one in _kinds(node):
        pointed = one.get("$ref") or one.get("items", {}).get("$ref", "")
        if pointed:
            return str(pointed).rpartition("/")[2]
    return ""
