"""A member moves to another unit: the one proposes, the other accepts, and both see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class TransferState(Code):
    """待接收, 已接收, 未接收, 已撤回, 逾期未接收."""

    PROPOSED = "proposed", gettext_noop("Waiting for the other unit")
    ACCEPTED = "accepted", gettext_noop("Taken in")
    DECLINED = "declined", gettext_noop("Not taken in")
    WITHDRAWN = "withdrawn", gettext_noop("Taken back")
    LAPSED = "lapsed", gettext_noop("Not answered in time")


TRANSFER = Life(
    "transfer",
    moves={
        TransferState.PROPOSED: {
            TransferState.ACCEPTED,
            TransferState.DECLINED,
            TransferState.WITHDRAWN,
            TransferState.LAPSED,
        },
        TransferState.ACCEPTED: (),
        TransferState.DECLINED: (),
        TransferState.WITHDRAWN: (),
        TransferState.LAPSED: (),
    },
    refusals={
        TransferState.PROPOSED: gettext_noop("The transfer waits for the other unit."),
        TransferState.ACCEPTED: gettext_noop("The other unit has taken the member in already."),
        TransferState.DECLINED: gettext_noop("The other unit has not taken the member in."),
        TransferState.WITHDRAWN: gettext_noop("The transfer was taken back."),
        TransferState.LAPSED: gettext_noop(
            "Nobody answered in time, and the member stayed. Propose the transfer once more."
        ),
    },
)
"""Until the other unit accepts, the member stays where they are; so they do when nobody answers."""


@dataclass(frozen=True)
class TransferNews:
    """What a transfer has become: whose, between which units, with their ids and names."""

    transfer_id: UUID
    state: TransferState
    person_id: UUID
    name: str
    giving_id: int
    giving: str
    receiving_id: int
    receiving: str
    reason: str


Teller = Callable[[Sequence[TransferNews]], None]
"""Tells those concerned, in the transaction of the act."""

_TELLERS: list[Teller] = []


def register_tellers(*tellers: Teller) -> None:
    """Add who tells of transfers: the slices above, in which telling is at home."""
    _TELLERS.extend(tellers)


def tell(news: Sequence[TransferNews]) -> None:
    """Let those concerned be told."""
    for teller in _TELLERS if news else ():
        teller(news)
