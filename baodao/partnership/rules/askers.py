"""Which authority asked a unit to serve in a community, where it agreed; a slice above knows."""

from collections.abc import Callable

UnitAsker = Callable[[int, int], int | None]
"""Of a unit and the community that receives it: the authority that asked it there, or None."""

UNIT_ASKERS: list[UnitAsker] = []


def register_unit_asker(asker: UnitAsker) -> None:
    """Let a slice say whom an authority asked."""
    UNIT_ASKERS.append(asker)
