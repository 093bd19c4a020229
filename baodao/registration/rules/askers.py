"""Which authority asked a member to serve in a community, where they agreed; a slice above knows.

It is asked when the community receives the member, so that it does not matter on which page the
letter was written, or who wrote it first.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

MemberAskers = Callable[[Mapping[UUID, int]], Mapping[UUID, int]]
"""Of persons, each with the community that receives them, those who agreed to go there: with the
authority that asked them."""

MEMBER_ASKERS: list[MemberAskers] = []


def register_member_askers(askers: MemberAskers) -> None:
    """Let a slice say whom an authority asked."""
    MEMBER_ASKERS.append(askers)
