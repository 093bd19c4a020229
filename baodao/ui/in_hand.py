"""Rows that are at hand, of which a list is shown as of rows of the database."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, cast

from baodao.ui.listing import Rows


class RowsInHand:
    """Rows in a sequence, ordered, cut and counted as a list asks its rows."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def where(self, holds: Callable[[Any], bool]) -> "RowsInHand":
        """Those of the rows of which it holds."""
        return RowsInHand([row for row in self._rows if holds(row)])

    def order_by(self, *fields: str) -> "RowsInHand":
        """By these attributes, the last of which, the primary key, they have not: rows that are
        alike stay in their order."""
        rows = list(self._rows)
        for field in reversed(fields[:-1]):
            rows.sort(key=attrgetter(field.lstrip("-")), reverse=field.startswith("-"))
        return RowsInHand(rows)

    def values(self, *_: str) -> "RowsInHand":
        return self

    def count(self) -> int:
        return len(self._rows)

    def iterator(self, _: int = 0) -> Iterator[Any]:
        return iter(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __getitem__(self, part: slice) -> "RowsInHand":
        return RowsInHand(self._rows[part])


def in_hand(rows: Sequence[Any]) -> Rows:
    """These rows, for a list."""
    return cast(Rows, RowsInHand(rows))


def naming(*names: str) -> Callable[[Rows, str], Rows]:
    """The search of a list of rows at hand: those in one of whose attributes the text stands."""

    def search(rows: Rows, text: str) -> Rows:
        matching = cast(RowsInHand, rows).where(
            lambda row: any(text in str(getattr(row, name)) for name in names)
        )
        return cast(Rows, matching)

    return search
