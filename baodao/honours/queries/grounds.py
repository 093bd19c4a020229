"""What the results that are kept of the adopted policy say of the members whom a round judges."""

from collections.abc import Mapping
from uuid import UUID

from baodao.honours.models import HonourRound
from baodao.honours.rules.rounds import PolicyGround
from baodao.kernel.authz import Actor


def grounds_of(actor: Actor, round: HonourRound) -> Mapping[UUID, PolicyGround]:  # noqa: A002, ARG001
    """For each member of whom a result is kept, what it says; nobody where no policy is adopted."""
    return {}
