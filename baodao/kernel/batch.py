"""Many persons in one act: who was done, and who was not and why."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from baodao.kernel.errors import Refused

T = TypeVar("T")


@dataclass(frozen=True)
class Batch(Generic[T]):
    """`done` was changed in the one transaction; each of `refused` is named and left as it was."""

    done: list[T] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)
