"""Every day that is typed or sent lies in a range that somebody can have meant, or is refused."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from annotated_types import Ge, Le
from django import forms
from django.urls import get_resolver
from ninja import Schema
from pydantic import BaseModel

from baodao.config.api import api
from baodao.people.facts import FACTS, FactKind
from baodao.people.forms import DayField
from baodao.ui.fields import CalendarDay

REFERENCE = re.compile(r"#/components/schemas/(\w+)")
FAR = ("0026-05-01", "1899-12-31", "3000-01-01", "9999-12-31")


def _below(base: type) -> Iterator[Any]:
    for one in base.__subclasses__():
        yield one
        yield from _below(one)


def _fields() -> Iterator[tuple[str, forms.Field]]:
    assert get_resolver().url_patterns, "the forms of all slices are loaded"
    for form in set(_below(forms.Form)):
        if form.__module__.startswith("baodao."):
            for name, field in form.base_fields.items():
                yield f"{form.__qualname__}.{name}", field


def test_every_field_for_a_day_has_a_range_and_says_it() -> None:
    days = {name: field for name, field in _fields() if isinstance(field, forms.DateField)}
    assert len(days) >= 15
    assert [name for name, field in days.items() if not isinstance(field, CalendarDay)] == []
    assert not [name for name, field in _fields() if isinstance(field, forms.DateTimeField)]
    for name, field in days.items():
        for typed in FAR:
            with pytest.raises(forms.ValidationError) as refused:
                field.clean(typed)
            assert "年" in str(refused.value) or "日期" in str(refused.value), name


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.kind is FactKind.DAY])
def test_every_day_that_is_a_fact_of_a_person_has_one(fact: Any) -> None:
    for typed in FAR:
        with pytest.raises(forms.ValidationError):
            DayField(fact).clean(typed)


def _bounds(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Of each day or instant in an annotation what bounds it."""
    if hasattr(annotation, "__metadata__"):
        origin, *more = get_args(annotation)
        yield from _bounds(origin, (*metadata, *_unfolded(more)))
    elif get_origin(annotation) in (Union, UnionType, list):
        for part in get_args(annotation):
            yield from _bounds(part)
    elif annotation in (date, datetime) or getattr(annotation, "__name__", "") == "AwareDatetime":
        yield metadata


def _unfolded(metadata: Any) -> list[Any]:
    return [one for part in metadata for one in (part, *getattr(part, "metadata", ()))]


def _named(part: Any, schemas: Mapping[str, Any]) -> Iterator[str]:
    """The names of the schemas of the description that a part of it is made of."""
    for name in REFERENCE.findall(str(part)):
        yield name
        yield from _named(schemas[name], schemas)


def _sent() -> Iterator[type[BaseModel]]:
    """Every schema that an operation takes, in its body or its query, with those within."""
    description = api.get_openapi_schema()
    operations = [one for path in description["paths"].values() for one in path.values()]
    bodies = [operation.get("requestBody") for operation in operations]
    names = set(_named(bodies, description["components"]["schemas"]))
    for schema in set(_below(Schema)):
        if schema.__name__ in names or schema.__name__.startswith("Sought"):
            yield schema


def test_every_day_that_a_program_sends_has_one() -> None:
    seen, boundless = 0, []
    for schema in _sent():
        for name, field in schema.model_fields.items():
            for bounds in _bounds(field.annotation, tuple(_unfolded(field.metadata))):
                seen += 1
                if not {Ge, Le} <= {type(one) for one in bounds}:
                    boundless.append(f"{schema.__name__}.{name}")
    assert seen >= 20
    assert boundless == []
