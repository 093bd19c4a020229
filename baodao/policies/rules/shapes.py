"""The declarations of the language as the reader and the schema need them: slots of shapes."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from baodao.kernel.lives import Code
from baodao.kernel.phrases import Number
from baodao.policies.rules.grammar import PolicyNode

NUMBER = "number"
SCALARS: dict[object, str] = {str: "text", int: "whole", bool: "yes-or-no", date: "day"}


@dataclass(frozen=True)
class Expected:
    """What may stand at a place: one of the names of `SCALARS` or `NUMBER`, words of a closed
    list, shapes (one, or several told apart by their heads), a list or a mapping by names."""

    scalar: str = ""
    words: type[Code] | None = None
    shapes: tuple[type[PolicyNode], ...] = ()
    items: "Expected | None" = None
    named: "Expected | None" = None


@dataclass(frozen=True)
class ShapePart:
    """One part of a shape."""

    attribute: str
    key: str
    expected: Expected
    is_needed: bool
    marks: Mapping[str, Any]

    @property
    def meaning(self) -> str:
        return str(self.marks["meaning"])


def _expected(hint: Any) -> Expected:
    if hint == Number:
        return Expected(scalar=NUMBER)
    if hint in SCALARS:
        return Expected(scalar=SCALARS[hint])
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return Expected(items=_expected(inner[0]))
    if origin is not None and origin not in (Union, UnionType):
        return Expected(named=_expected(inner[1]))
    if origin is None:
        is_code = issubclass(hint, Code)
        return Expected(words=hint) if is_code else Expected(shapes=(hint,))
    rest = [one for one in inner if one is not NoneType]
    if {*rest} == {*get_args(Number)}:
        return Expected(scalar=NUMBER)
    return _expected(rest[0]) if len(rest) == 1 else Expected(shapes=tuple(rest))


def _part(one: "Field[Any]", hint: Any) -> ShapePart:
    needed = one.default is MISSING and one.default_factory is MISSING
    return ShapePart(one.name, one.name.removesuffix("_"), _expected(hint), needed, one.metadata)


_PARTS: dict[type[PolicyNode], dict[str, ShapePart]] = {}


def parts_of(shape: type[PolicyNode]) -> dict[str, ShapePart]:
    """The parts of a shape by the keys under which a document writes them."""
    if shape not in _PARTS:
        _PARTS[shape] = _declared(shape)
    return _PARTS[shape]


def _declared(shape: type[PolicyNode]) -> dict[str, ShapePart]:
    hints = get_type_hints(shape)
    parts = [_part(one, hints[one.name]) for one in fields(shape) if one.name != "line"]
    return {one.key: one for one in parts}


def marked_part(shape: type[PolicyNode], mark: str) -> ShapePart | None:
    """The part that is the `head` or the `short` of a shape, if it has one."""
    return next((one for one in parts_of(shape).values() if one.marks.get(mark)), None)


def shape_name(shape: type[PolicyNode]) -> str:
    """How the schema and the manual call a shape: `deed-filter`."""
    words = "".join(f"-{one.lower()}" if one.isupper() else one for one in shape.__name__)
    return words.lstrip("-")


def meaning_of(shape: type[PolicyNode]) -> str:
    """The docstring in one line."""
    return " ".join((shape.__doc__ or "").split())
