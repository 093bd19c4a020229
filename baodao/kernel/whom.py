"""Whom an entry of the journal is about: told by the slice whose row it names."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

Whom = Callable[[Collection[UUID]], Mapping[UUID, str]]
"""Of the rows with these ids that are a slice's own, the volunteer number of whom each is about."""

_WHOM: list[Whom] = []


def register_whom(source: Whom) -> None:
    """Let the journal name whom an entry is about, where that is a row of a slice's own."""
    _WHOM.append(source)


def whom_of(about: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of whom these rows are about, by row."""
    return {key: number for source in _WHOM for key, number in source(about).items()}
