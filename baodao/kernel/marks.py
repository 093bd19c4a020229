"""Rows as an act found and as it left them, so that they can stand again as they stood before."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from baodao.kernel.stages import turn

Json = dict[str, Any]
M = TypeVar("M", bound=Model)


def plain(value: Any) -> Any:
    """A value as JSON keeps it, to the microsecond."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | str) else value


def all_plain(values: Json) -> Json:
    """The values of columns as JSON keeps them."""
    return {name: plain(value) for name, value in values.items()}


def restored(model: type[Model], kept: Json) -> Json:
    """The values of columns (of a foreign key the id) as the model has them, of what JSON kept."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in kept.items()}


@contextmanager
def marking(model: type[Model], keys: Collection[Any], columns: Sequence[str]) -> Iterator[Json]:
    """What stands in these columns of locked rows before and after what is done inside."""
    marks = {"before": _standing(model, keys, columns)}
    yield marks
    marks["after"] = _standing(model, keys, columns)


def _standing(model: type[Model], keys: Collection[Any], columns: Sequence[str]) -> Json:
    rows = model._base_manager.filter(pk__in=keys).order_by("pk").values("pk", *columns)
    return {str(row.pop("pk")): all_plain(row) for row in rows}


def marked(model: type[M], marks: Json) -> QuerySet[M]:
    """The rows of which these marks tell."""
    return model._base_manager.filter(pk__in=list(marks["before"])).order_by("pk")


def is_as_left(row: Model, marks: Json) -> bool:
    """Whether a row is still as the act left it."""
    after: Json = marks["after"][str(row.pk)]
    return all_plain({name: getattr(row, name) for name in after}) == after


def put_back(rows: Sequence[M], marks: Json, at: datetime) -> None:
    """Let locked rows of one model stand as before the act; where they keep stages, their next one
    begins at `at`, so that what was counted meanwhile stays counted."""
    groups: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows:
        values = restored(type(row), marks["before"][str(row.pk)])
        groups[tuple(values.items())].append(row)
    for columns, members in groups.items():
        turn(members, at, **dict(columns))
