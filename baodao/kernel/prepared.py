"""Queries that are built once and run many times, where hundreds wait for their answers."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """The values of a queryset by one id: its SQL is kept, each run fills in another id.

    Building a query takes ten times as long as running it. `build` is called once, with an id that
    stands in for all; what it returns must name plain columns (`values_list`), which come as the
    database gives them.
    """

    def __init__(self, build: Callable[[UUID], "QuerySet[Any, tuple[Any, ...]]"]) -> None:
        self._build = build
        self._stand_in = uuid4()

    @cached_property
    def _built(self) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = self._build(self._stand_in).query.sql_with_params()
        if self._stand_in not in parameters:
            raise ValueError("the query does not ask for the id that it is given")
        return sql, tuple(parameters)

    def rows(self, pk: UUID) -> list[tuple[Any, ...]]:
        """The rows of this id."""
        sql, parameters = self._built
        filled = [pk if value == self._stand_in else value for value in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
