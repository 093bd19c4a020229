"""Row locks: what the actor may change is fetched and locked in one step."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Model, QuerySet
from psycopg.errors import ExclusionViolation, UniqueViolation

from baodao.kernel.errors import Absent

M = TypeVar("M", bound=Model)


def lock(queryset: QuerySet[M], pk: UUID | int | str) -> M:
    """The row `pk` of `queryset`, locked until the transaction ends.

    Raises `Absent` when it is not there or not the actor's. Only the row itself is locked, not
    what it is joined with; rows that point at it may still be inserted meanwhile.
    """
    row = queryset.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        raise Absent(queryset.model.__name__)
    return row


def lock_many(queryset: QuerySet[M], pks: Iterable[UUID | int]) -> list[M]:
    """The rows `pks`, locked in primary key order so that two callers never wait in a ring.

    Raises `Absent` when any of them is not there or not the actor's.
    """
    keys = set(pks)
    locked = queryset.select_for_update(of=("self",), no_key=True)
    rows = list(locked.filter(pk__in=keys).order_by("pk"))
    if len(rows) != len(keys):
        raise Absent(queryset.model.__name__)
    return rows


def is_double(error: IntegrityError) -> bool:
    """Whether the database refused a row because there is one like it, or one that overlaps.

    Somebody else was quicker then; any other refusal is a fault of ours, and stays one.
    """
    return isinstance(error.__cause__, (UniqueViolation, ExclusionViolation))
