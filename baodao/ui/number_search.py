"""Whether a reader may search people by numbers: asked of the slice that knows what a number is."""

from collections.abc import Callable

from baodao.ui.requests import ActorRequest

Guard = Callable[[ActorRequest, str], bool]

_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask `guard` before people are searched; it tells the reader when it says no."""
    _guards.append(guard)


def may_search(request: ActorRequest, words: str) -> bool:
    """Whether people may be searched for these words in the organisation acted for."""
    return all(guard(request, words) for guard in _guards)
