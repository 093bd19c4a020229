"""How a membership ends, and what ends with it: each slice registers its own part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code


class Ending(Code):
    """Why a person is no longer a member of a branch."""

    LEFT = "left", gettext_noop("Left")
    DIED = "died", gettext_noop("Died")
    TRANSFERRED = "transferred", gettext_noop("Transferred to another unit")
    MERGED = "merged", gettext_noop("Was entered twice")
    UNDONE = "undone", gettext_noop("The roster was undone")


@dataclass(frozen=True)
class Departure:
    """A person whose membership in a branch ended, for which reason, as of which civil day."""

    person_id: UUID
    branch_id: int
    ending: Ending
    on: date


Json = dict[str, Any]
Obstacles = Mapping[UUID, Sequence[str]]
"""Of persons what cannot be as it was, in words (message ids)."""


class DepartureStep(Protocol):
    """What ends in one slice when memberships end, and stands again when that is taken back.

    `let_go` ends it, in the transaction in which the memberships ended, and returns what
    `take_back` needs, as plain JSON under `key`, empty where nothing ended; the persons are locked.
    Nobody is asked for anything, and nothing is said to who died. `obstacles` tells, before
    anything is done, what cannot stand again; `take_back` is called where there are none.
    """

    @property
    def key(self) -> str: ...

    def let_go(self, actor: Actor, departures: Sequence[Departure]) -> Json: ...

    def obstacles(self, marks: Json) -> Obstacles: ...

    def take_back(self, actor: Actor, marks: Json) -> None: ...


_STEPS: list[DepartureStep] = []


def register_departures(*steps: DepartureStep) -> None:
    """Add what a slice ends when memberships end; slices register from the lowest upwards."""
    _STEPS.extend(steps)


def steps() -> list[DepartureStep]:
    """The steps, highest slice first: notices and the account end after what speaks by them."""
    return _STEPS[::-1]


def check_day(day: date, since: date, today: date) -> None:
    """Refuse a day before the membership began, or one that is still to come."""
    if day > today:
        raise Refused("membership.future", gettext_noop("Enter a day that is past, or today."))
    if day < since:
        raise Refused(
            "membership.before",
            gettext_noop("The membership began on %(since)s. Enter that day or a later one."),
            since=since,
        )
