"""Many persons in one act: who was done, and who was not and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from baodao.kernel.errors import Refused

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True)
class Batch(Generic[T]):
    """`done` was changed in the one transaction; each of `refused` is named and left as it was.

    By `undo_id` whoever did it may take it back for a moment (`kernel.undo`).
    """

    done: list[T] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)
    undo_id: UUID | None = None

    @classmethod
    def each(cls, rows: Iterable[S], act: Callable[[S], T], name: Callable[[S], str]) -> "Batch[T]":
        """Run `act` on each of `rows`: what it returns is done; whom it refuses is named, and why.

        `act` refuses before it writes: what it wrote already would stay.
        """
        batch: Batch[T] = Batch()
        for row in rows:
            try:
                batch.done.append(act(row))
            except Refused as refused:
                batch.refused.append((name(row), refused))
        return batch
