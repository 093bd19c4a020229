"""A unit compares a number of its member with the document, because the authority above asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class CheckState(Code):
    """待核对, 与证件一致, 号码已更正."""

    WAITING = "waiting", gettext_noop("The unit is to compare it with the card")
    STANDS = "stands", gettext_noop("Stands on the card")
    MENDED = "mended", gettext_noop("Number put right since")


CHECK = Life(
    "check",
    moves={
        CheckState.WAITING: {CheckState.STANDS, CheckState.MENDED},
        CheckState.STANDS: {CheckState.MENDED},
        CheckState.MENDED: (),
    },
    refusals={
        CheckState.WAITING: gettext_noop("The unit was asked already."),
        CheckState.STANDS: gettext_noop("The unit has compared the number already."),
        CheckState.MENDED: gettext_noop("The number was put right already."),
    },
)


class IdentityEvent(StrEnum):
    """What units and those who asked them are told."""

    ASKED = "number-asked"
    STANDS = "number-stands"
    MENDED = "number-mended"
    MENDED_ABOVE = "number-mended-above"
    MERGED_HERE = "entry-merged-here"
    MERGED_AWAY = "entry-merged-away"
    PARTED_HERE = "entry-parted-here"
    PARTED_AWAY = "entry-parted-away"
    PARTED_BEFORE = "entry-parted-before"


@dataclass(frozen=True)
class IdentityNews:
    """What a unit or an account is told: of which row, of whom by name, of which unit."""

    event: IdentityEvent
    about: UUID
    name: str
    unit: str
    unit_id: int | None = None
    account_id: UUID | None = None


IdentityTeller = Callable[[Sequence[IdentityNews]], None]
"""Tells those concerned, in the transaction of the act."""

_TELLERS: list[IdentityTeller] = []


def register_identity_tellers(*tellers: IdentityTeller) -> None:
    """Add who tells of it: the slices above, in which telling is at home."""
    _TELLERS.extend(tellers)


def tell(news: Sequence[IdentityNews]) -> None:
    """Let those concerned be told."""
    for teller in _TELLERS if news else ():
        teller(news)
