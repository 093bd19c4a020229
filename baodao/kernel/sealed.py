"""Sealed columns: a model declares each of them beside its fields, and all are known here.

    phone = SealedText("phone", "phone_sealed", blind="phone_blind")

`row.phone` is the clear text, "" when none is kept; setting it seals it and keeps its indexes;
`Model.phone` builds the conditions that find it. `kernel/keys.py` seals anew whatever is declared.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Protocol, Self, overload

from django.db import connection, transaction
from django.db.models import Model, Q

from baodao.kernel import crypto

TAIL = 4
"""Characters at the end of a number by which people name it."""


class SealedColumn:
    """A column whose bytes are sealed for one purpose; a value of another purpose opens nowhere.

    `batch` is how many of its rows are sealed anew in one transaction.
    """

    batch = 2_000

    def __init__(self, purpose: str, column: str) -> None:
        self.purpose = purpose
        self.column = column
        self.model: type[Model]

    def __set_name__(self, model: type[Model], name: str) -> None:
        self.model = model
        _columns.append(self)

    def unsealed(self, sealed: bytes | None) -> bytes:
        """The clear bytes; none when nothing is kept. Raises `cryptography`'s `InvalidTag`, or
        `KeyError` when the key was forgotten."""
        return crypto.ring().unseal_bytes(bytes(sealed), self.purpose) if sealed else b""

    def by_key(self) -> dict[int, int]:
        """How many rows are sealed with each key, by the key's id."""
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT get_byte({self.column}, 0), count(*) FROM {table}"  # noqa: S608
                f" WHERE length({self.column}) > 0 GROUP BY 1"
            )
            return dict(cursor.fetchall())


class SealedText(SealedColumn):
    """A short text, with its blind index and that of its tail where it is to be found by them."""

    def __init__(
        self, purpose: str, column: str, *, blind: str = "", tail: str = "", tail_purpose: str = ""
    ) -> None:
        super().__init__(purpose, column)
        self.blind = blind
        self.tail = tail
        self.tail_purpose = tail_purpose

    @overload
    def __get__(self, row: None, model: type[Model]) -> Self: ...
    @overload
    def __get__(self, row: Model, model: type[Model] | None = None) -> str: ...
    def __get__(self, row: Model | None, model: type[Model] | None = None) -> Self | str:
        return self if row is None else self.unsealed(getattr(row, self.column)).decode()

    def __set__(self, row: Model, text: str) -> None:
        for column, value in self.columns(text).items():
            setattr(row, column, value)

    def columns(self, text: str) -> dict[str, Any]:
        """What is kept of `text`, by column, for `create` and `update`; of "" nothing."""
        ring = crypto.ring()
        kept = {self.column: ring.seal(text, self.purpose) if text else None}
        if self.blind:
            kept[self.blind] = ring.blind(text, self.purpose) if text else None
        if self.tail:
            kept[self.tail] = ring.blind(text[-TAIL:], self.tail_purpose) if text else None
        return kept

    def equals(self, text: str, prefix: str = "") -> Q:
        """Rows that keep exactly `text`; `prefix` leads to them from the rows that are asked."""
        return Q(**{f"{prefix}{self.blind}": crypto.ring().blind(text, self.purpose)})

    def equals_by_tail(self, text: str, prefix: str = "") -> Q:
        """What `equals` says, for a column whose one index begins with the tail."""
        return self.ends(text[-TAIL:], prefix) & self.equals(text, prefix)

    def ends(self, tail: str, prefix: str = "") -> Q:
        """Rows whose text ends with these four characters."""
        return Q(**{f"{prefix}{self.tail}": crypto.ring().blind(tail, self.tail_purpose)})

    def ends_of(self, texts: Iterable[str]) -> dict[str, bytes]:
        """The blind index of the end of each of a great many texts, by that end."""
        return crypto.ring().blinds({text[-TAIL:] for text in texts}, self.tail_purpose)

    def is_kept(self, row: Model, text: str) -> bool:
        """Whether `row` keeps exactly `text`."""
        return _same(getattr(row, self.blind), crypto.ring().blind(text, self.purpose))

    def has_tail(self, row: Model, tail: str) -> bool:
        """Whether what `row` keeps ends with these four characters."""
        return _same(getattr(row, self.tail), crypto.ring().blind(tail, self.tail_purpose))


class SealedFile(SealedColumn):
    """The bytes of an uploaded file."""

    batch = 1

    @overload
    def __get__(self, row: None, model: type[Model]) -> Self: ...
    @overload
    def __get__(self, row: Model, model: type[Model] | None = None) -> bytes: ...
    def __get__(self, row: Model | None, model: type[Model] | None = None) -> Self | bytes:
        return self if row is None else self.unsealed(getattr(row, self.column))

    def columns(self, content: bytes) -> dict[str, Any]:
        """What is kept of the file, by column, for `create` and `update`."""
        return {self.column: crypto.ring().seal_bytes(content, self.purpose)}


class Store(Protocol):
    """A place where sealed values lie: what keys they need, and how a batch is sealed anew."""

    @property
    def name(self) -> str: ...
    def by_key(self) -> Mapping[int, int]:
        """How many values are sealed with each key, by the key's id."""
        ...

    def reseal(self) -> int:
        """Seal up to a batch anew that older keys sealed, in one transaction; how many rows."""
        ...


class SealedTable:
    """The table of a model with all columns that it declares sealed."""

    def __init__(self, model: type[Model], columns: list[SealedColumn]) -> None:
        self.name: str = model._meta.label_lower
        self._table = model._meta.db_table
        self._key = str(model._meta.pk.column)
        self._key_type = model._meta.pk.db_type
        self._columns = columns
        self._batch = min(column.batch for column in columns)

    def by_key(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        for column in self._columns:
            for key, count in column.by_key().items():
                counts[key] = counts.get(key, 0) + count
        return counts

    @transaction.atomic
    def reseal(self) -> int:
        ring = crypto.ring()
        current = bytes([ring.current])
        with connection.cursor() as cursor:
            cursor.execute(self._take(), [*[current] * len(self._columns), self._batch])
            rows = cursor.fetchall()
            anew = [
                (key, *(self._anew(*part) for part in zip(self._columns, sealed, strict=True)))
                for key, *sealed in rows
            ]
            if anew:
                cursor.execute(self._put(), [list(column) for column in zip(*anew, strict=True)])
        return len(rows)

    @staticmethod
    def _anew(column: SealedColumn, sealed: bytes | None) -> bytes | None:
        if not sealed:
            return sealed
        return crypto.ring().seal_bytes(column.unsealed(sealed), column.purpose)

    def _take(self) -> str:
        names = [column.column for column in self._columns]
        old = " OR ".join(f"length({name}) > 0 AND substr({name}, 1, 1) <> %s" for name in names)
        return (
            f"SELECT {', '.join([self._key, *names])} FROM {self._table} WHERE {old}"  # noqa: S608
            f" ORDER BY {self._key} LIMIT %s FOR NO KEY UPDATE"
        )

    def _put(self) -> str:
        names = [column.column for column in self._columns]
        places = ", ".join([f"%s::{self._key_type(connection)}[]", *["%s::bytea[]"] * len(names)])
        return (
            f"UPDATE {self._table} kept SET {', '.join(f'{n} = anew.{n}' for n in names)}"  # noqa: S608
            f" FROM unnest({places}) AS anew(key, {', '.join(names)})"
            f" WHERE kept.{self._key} = anew.key"
        )


def register(store: Store) -> None:
    """Have what lies in no declared column, such as another program's table, sealed anew too."""
    _others.append(store)


def stores() -> Iterator[Store]:
    """Everything that is sealed in this installation."""
    for model, columns in groupby(_columns, lambda column: column.model):
        yield SealedTable(model, list(columns))
    yield from _others


def refuse_while(check: Callable[[], None]) -> None:
    """Let `check` refuse a new key while it would be missed by something that runs."""
    _obstacles.append(check)


def check_idle() -> None:
    """Raise the refusal of whatever still seals with the key that it began with."""
    for check in _obstacles:
        check()


def _same(kept: bytes | None, index: bytes) -> bool:
    return kept is not None and hmac.compare_digest(bytes(kept), index)


_columns: list[SealedColumn] = []
_others: list[Store] = []
_obstacles: list[Callable[[], None]] = []
