"""What a unit does next when its roster is taken over; a slice above registers what it knows."""

from collections.abc import Callable
from typing import Protocol

from baodao.kernel.authz import Actor


class Sequel(Protocol):
    """A button and where it leads."""

    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...


Finder = Callable[[Actor, int], Sequel | None]
"""Of a unit, by its id: what the actor may do there next, or None."""

_FINDERS: list[Finder] = []


def register_sequel(finder: Finder) -> None:
    """Add what a slice knows of the next step; slices register from the lowest upwards."""
    _FINDERS.append(finder)


def sequel_of(actor: Actor, unit_id: int) -> Sequel | None:
    """The first next step that anybody knows, the lowest slice asked first."""
    return next((step for find in _FINDERS if (step := find(actor, unit_id))), None)
