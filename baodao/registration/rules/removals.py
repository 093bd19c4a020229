"""Who is told that the community moved members out of their team, or that it took this back; slices
above say it.

A member who leaves by their own will, or by a leader's word, is told of by the slice that writes
it (`teams`), in other words.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

Removals = Mapping[int, Sequence[str]]
"""The names of who stands in a team no longer, by its id."""
TeamNotices = Mapping[int, Mapping[UUID, UUID]]
"""What was said of it: by the team the person who was told, by the id of the notice."""

RemovalStep = Callable[[Removals], TeamNotices]
ReturnStep = Callable[[Removals, TeamNotices], None]

_steps: list[tuple[RemovalStep, ReturnStep]] = []


def register_removals(removal: RemovalStep, back: ReturnStep) -> None:
    """Let a slice say it, in the transaction of the placement, and, to whom it was said and not
    unsaid, that they stand there again."""
    _steps.append((removal, back))


def announce_removals(removals: Removals) -> TeamNotices:
    """Let every slice say it that wants to; what was said."""
    return {key: notices for step, _ in _steps for key, notices in step(removals).items()}


def announce_returns(returns: Removals, notices: TeamNotices) -> None:
    """Let them say who stands in a team again, to those who heard otherwise."""
    for _, step in _steps:
        step(returns, notices)
