"""Who is told that the community moved members out of their team; slices above say it."""

from collections.abc import Callable, Mapping, Sequence

Removals = Mapping[int, Sequence[str]]
"""The names of who stands in a team no longer, by its id."""

RemovalStep = Callable[[Removals], None]

_steps: list[RemovalStep] = []


def register_removals(step: RemovalStep) -> None:
    """Let a slice hear of it, in the transaction of the placement."""
    _steps.append(step)


def announce_removals(removals: Removals) -> None:
    """Say it to every slice that wants to hear of it."""
    for step in _steps:
        step(removals)
