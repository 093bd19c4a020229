"""Who is told that the community moved members out of their team, or that it took this back; slices
above say it.

A member who leaves by their own will, or by a leader's word, is told of by the slice that writes
it (`teams`), in other words.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

Removals = Mapping[int, Sequence[str]]
"""The names of who stands in a team no longer, by its id."""
Heard = Mapping[int, Mapping[UUID, UUID]]
"""What was said of it: by the team the person who was told, by the id of the notice."""

RemovalStep = Callable[[Removals], Heard]
ReturnStep = Callable[[Removals, Heard], None]

_steps: list[tuple[RemovalStep, ReturnStep]] = []


def register_removals(said: RemovalStep, unsaid: ReturnStep) -> None:
    """Let a slice say it, in the transaction of the placement, and, to whom it was said and not
    unsaid, that they stand there again."""
    _steps.append((said, unsaid))


def announce_removals(removals: Removals) -> Heard:
    """Let every slice say it that wants to; what was said."""
    return {key: told for said, _ in _steps for key, told in said(removals).items()}


def announce_returns(returns: Removals, heard: Heard) -> None:
    """Let them say who stands in a team again, to those who heard otherwise."""
    for _, unsaid in _steps:
        unsaid(returns, heard)
