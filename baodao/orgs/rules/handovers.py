"""What happens to the rows of every slice when an organisation is reorganised.

A slice registers its handovers in its `apps.py`; the reorganisation asks each for its lines and
then lets each act, slices from low to high. The mechanism never lists its users.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from baodao.kernel.authz import Actor


class Reform(StrEnum):
    """What is done to an organisation."""

    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    DISSOLVED = "dissolved"


SUCCESSIONS = (Reform.MERGED, Reform.SPLIT)
"""After these another takes over."""

ENDINGS = frozenset({Reform.MERGED, Reform.SPLIT, Reform.DISSOLVED})
"""After these the organisation is closed."""


class Fate(StrEnum):
    """What becomes of the rows of a line: `STANDS` in the way of the act until somebody acts."""

    GOES = "goes"
    ENDS = "ends"
    STANDS = "stands"


@dataclass(frozen=True)
class ReorganisationPlan:
    """One act on one organisation, as it is planned and as it is done.

    `ending` are the ids of what is closed: the organisation itself and, where it is dissolved, all
    open ones below it. `heir` is the successor that takes over what has one place only, None where
    nobody does. `at` is the instant of the act.
    """

    reform: Reform
    organisation_id: int
    ending: frozenset[int]
    heir: int | None
    at: datetime
    reason: str


@dataclass(frozen=True)
class HandoverLine:
    """A line of the preview: how many rows, and the two message ids (of one and of many, with
    `%(count)s`) that say what becomes of them, or what has to be done first."""

    outcome: Fate
    count: int
    words: tuple[str, str]


class UndoList(Protocol):
    """Through which a reorganisation changes rows, so that each is as it was when it is undone."""

    def change(self, rows: Any, **values: Any) -> int:
        """Set the columns `values` of the rows of a queryset; returns how many there were."""

    def create(self, rows: Any) -> None:
        """Keep a list of rows, just made; undone, they are deleted."""


@dataclass(frozen=True)
class Handover:
    """What a slice does with its rows; `name` is the noun of the rows.

    `lines` says what will happen, with no line where nothing hangs there. `act` does it: every row
    is changed through the undo list, so that the act can be taken back.
    """

    name: str
    lines: Callable[[ReorganisationPlan], Iterable[HandoverLine]]
    act: Callable[[Actor, ReorganisationPlan, UndoList], None]


HANDOVERS: dict[str, Handover] = {}
"""Every handover by its name, in the order of the slices."""


def register_handovers(*handovers: Handover) -> None:
    """Add a slice's handovers. Raises `ValueError` for a name that is there already."""
    for handover in handovers:
        if handover.name in HANDOVERS:
            raise ValueError(f"two handovers are called {handover.name}")
        HANDOVERS[handover.name] = handover
