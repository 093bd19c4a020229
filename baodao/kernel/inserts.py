"""Appending rows by COPY: quicker than INSERT, which Django and the driver write value by value."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction

from baodao.kernel.copy_lines import Value, line_of

PIECE = 50
"""Rows sent at a time: a piece fits the socket's buffer, so the next one is made while the server
still works on it."""
MANY = 5_000
"""From so many rows on a table is analysed when they are committed: PostgreSQL does so by itself,
but a minute later or, worse, while they are not to be seen yet, and then plans for an empty table.
"""
M = TypeVar("M", bound=models.Model)


def append(model: type[M], rows: Sequence[M]) -> None:
    """Write new rows of a model whose keys are given, in the caller's transaction.

    Not covered: an SQL NULL in a JSON field (None is written as JSON's null, where Django's INSERT
    writes NULL for it), the encoder of a JSON field, and values of the kinds that
    `kernel/copy_lines.py` leaves out.
    """
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    json_at = [at for at, field in enumerate(fields) if isinstance(field, models.JSONField)]
    lines = (line_of(_values(row, names, json_at)) for row in rows)
    if rows:
        append_lines(model._meta.db_table, [str(field.column) for field in fields], lines)
    settle(rows)


def append_lines(table: str, columns: Sequence[str], lines: Iterable[bytes]) -> None:
    """Write rows that stand as lines of COPY's text format, without their newlines."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    wrapped = connection.wrap_database_errors
    count = 0
    with wrapped, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in _pieces(lines):
            copy.write(b"\n".join(piece) + b"\n")
            count += len(piece)
    if count >= MANY:
        transaction.on_commit(partial(_analyse, table, count), robust=True)


def _analyse(table: str, added: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT analyse_growth(%s::regclass, %s)", [table, added])


def settle(rows: Iterable[models.Model]) -> None:
    """Let Django know that these rows stand in the database."""
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _pieces(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(lines)
    while piece := list(islice(remaining, PIECE)):
        yield piece


def _values(row: models.Model, names: Sequence[str], json_at: Sequence[int]) -> list[Value]:
    """The columns of a row in their order, those that hold JSON as its text."""
    values: list[Any] = [getattr(row, name) for name in names]
    for at in json_at:
        values[at] = json.dumps(values[at], ensure_ascii=False)
    return values
