"""How a membership ends, and what ends with it: each slice registers its own part of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
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


Step = Callable[[Actor, Sequence[Departure]], None]
"""What ends in one slice, in the transaction in which the memberships ended; the persons are
locked. Nobody is asked for anything, and nothing is said to who died."""

_STEPS: list[Step] = []


def register_departures(step: Step) -> None:
    """Add what a slice ends when memberships end; slices register from the lowest upwards."""
    _STEPS.append(step)


def steps() -> list[Step]:
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
