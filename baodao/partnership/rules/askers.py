"""Which authority asked a member or a unit to serve in a community, where they agreed; a slice
above knows.

It is asked when the community receives them, so that it does not matter on which page the letter of
a member was written, or who wrote it first.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

MemberAskers = Callable[[Mapping[UUID, int]], Mapping[UUID, int]]
"""Of persons, each with the community that receives them, those who agreed to go there: with the
authority that asked them."""

UnitAsker = Callable[[int, int], int | None]
"""Of a unit and the community that receives it: the authority that asked it there, or None."""

MEMBER_ASKERS: list[MemberAskers] = []
UNIT_ASKERS: list[UnitAsker] = []


def register_askers(members: MemberAskers, unit: UnitAsker) -> None:
    """Let a slice say whom an authority asked."""
    MEMBER_ASKERS.append(members)
    UNIT_ASKERS.append(unit)
