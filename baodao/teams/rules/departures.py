"""What ends at once for who left a team by their own will; slices above say what."""

from collections.abc import Callable, Collection
from uuid import UUID

from baodao.kernel.authz import Actor

TeamDeparture = Callable[[Actor, Collection[UUID]], None]

_steps: list[TeamDeparture] = []


def register_team_departures(step: TeamDeparture) -> None:
    """Let a slice end what is its own of these persons, in the transaction of their leaving."""
    _steps.append(step)


def let_go(actor: Actor, person_ids: Collection[UUID]) -> None:
    """End what every slice has of these persons by the team in which they stand no more."""
    for step in _steps:
        step(actor, person_ids)
