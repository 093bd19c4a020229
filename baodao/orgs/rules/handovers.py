"""What happens to the rows of every slice when an organisation is reorganised.

A slice registers its handovers in its `apps.py`; the reorganisation asks each for its lines and
then lets each act, slices from low to high. The mechanism never lists its users.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.orgs.rules.tree import Kind


class Reform(Code):
    """What is done to an organisation."""

    RENAMED = "renamed", gettext_noop("Rename")
    MOVED = "moved", gettext_noop("Move")
    MERGED = "merged", gettext_noop("Merge into another")
    SPLIT = "split", gettext_noop("Split among others")
    DISSOLVED = "dissolved", gettext_noop("Dissolve")


SUCCESSIONS = (Reform.MERGED, Reform.SPLIT)
"""After these another takes over."""


class Fate(StrEnum):
    """What becomes of the rows of a line: they go to the successor or end with the organisation,
    or they stand in the way of the act until somebody sees to them."""

    GOES = "goes"
    ENDS = "ends"
    STANDS = "stands"


MERGEABLE = frozenset({Kind.COMMUNITY, Kind.UNIT, Kind.BRANCH})
"""What can be merged and, but for branches, split. Members are transferred out of a branch one by
one; a grid or team that is given up is emptied first."""


def check_reform(kind: Kind, reform: Reform) -> None:
    """Refuse what cannot be done to an organisation of this kind."""
    if reform not in reforms_of(kind):
        raise Refused(
            "organisation.no-such-reform",
            gettext_noop("This cannot be done to a %(kind)s; look at what its page offers."),
            kind=kind.words,
        )


def reforms_of(kind: Kind) -> tuple[Reform, ...]:
    """What can be done to an organisation of this kind. A city stands on nothing."""
    if kind is Kind.CITY:
        return (Reform.RENAMED,)
    if kind is Kind.BRANCH:
        return (Reform.RENAMED, Reform.MOVED, Reform.MERGED, Reform.DISSOLVED)
    if kind in MERGEABLE:
        return tuple(Reform)
    return (Reform.RENAMED, Reform.MOVED, Reform.DISSOLVED)


@dataclass(frozen=True)
class Aim:
    """What is wanted of an organisation: `name` where it is renamed, `parent_id` where it is moved,
    `successor_id` where it is merged or split (then the one that takes over all that is not
    shared out). `shares` says which organisation directly below goes to which successor, `further`
    names successors that may get none."""

    reform: Reform
    name: str = ""
    parent_id: int | None = None
    successor_id: int | None = None
    shares: Mapping[int, int] = field(default_factory=dict)
    further: Sequence[int] = ()

    @property
    def successor_ids(self) -> list[int]:
        """Everyone that takes over, the first of them what has one place only."""
        first = [] if self.successor_id is None else [self.successor_id]
        return list(dict.fromkeys([*first, *self.further, *self.shares.values()]))


@dataclass(frozen=True)
class ReorganisationPlan:
    """One act on one organisation, as it is previewed and as it is done.

    `ending` are the ids of what is closed by it: none where it goes on, the organisation itself
    where another takes over, and all that hang below it where nobody does. `hanging` are these with
    what was closed before and hangs below, so with all whose work they took over: handovers look
    for rows of each.
    `target` is what is told of it: the new name, what it stands below, who takes over. `at` is the
    instant.
    """

    organisation_id: int
    name: str
    aim: Aim
    ending: frozenset[int]
    hanging: frozenset[int]
    reason: str
    target: str
    at: datetime

    @property
    def reform(self) -> Reform:
        return self.aim.reform

    @property
    def heir_id(self) -> int | None:
        """Who takes over what is not shared out; None where nobody does."""
        return self.aim.successor_id

    @property
    def elsewhere(self) -> list[int]:
        """What goes to another place than the people registered where it stands: given to a further
        successor, or moved alone."""
        if self.reform is Reform.MOVED:
            return [self.organisation_id]
        return [child for child, heir in self.aim.shares.items() if heir != self.heir_id]


@dataclass(frozen=True)
class HandoverLine:
    """A line of the preview: how many rows, and the two message ids (of one and of many, with
    `%(count)s`) that say what becomes of them, or what has to be done first."""

    fate: Fate
    count: int
    words: tuple[str, str]


class UndoList(Protocol):
    """Through which a reorganisation changes rows, so that each is as it was when it is undone."""

    def change(self, rows: Any, **values: Any) -> int:
        """Set the columns `values` of the rows of a queryset; returns how many there were."""

    def move(self, rows: Any, to: Any, **columns: Any) -> None:
        """Move rows that have a life into the state `to`, with `columns` the same for all."""

    def turn(self, rows: Any, **columns: Any) -> None:
        """Change columns, the same for all, of rows that have a life; their next stage begins."""

    def create(self, rows: Any) -> None:
        """Note a list of rows, just made; undone, they are deleted."""

    def drop(self, rows: Any) -> None:
        """Delete the rows of a queryset, which say only what is still to come; undone, they stand
        again."""

    def remember(self, persons: Iterable[UUID], organisations: Iterable[int]) -> None:
        """Note who was told of the act; undone, they are told of that too."""


class Aftermath(Protocol):
    """What is over in one slice because the tree stands otherwise, wherever in the tree: it ends
    with the act on the tree, not in the night, and stands again when that is undone.

    `over` are the ids of what may stand no longer, asked before and after the act; `settle` ends
    those that the act added and returns, as plain JSON, what `take_back` needs, empty where nothing
    ended.
    """

    @property
    def key(self) -> str: ...

    def over(self) -> set[UUID]: ...

    def settle(self, actor: Actor, ids: set[UUID]) -> dict[str, Any]: ...

    def take_back(self, actor: Actor, marks: dict[str, Any]) -> None: ...


AFTERMATHS: dict[str, Aftermath] = {}


def register_aftermath(aftermath: Aftermath) -> None:
    """Add what is over in a slice when the tree stands otherwise."""
    AFTERMATHS[aftermath.key] = aftermath


def no_lines(_plan: ReorganisationPlan) -> Iterable[HandoverLine]:
    """Nothing is said of rows that stay."""
    return ()


def no_act(_actor: Actor, _plan: ReorganisationPlan, _changes: UndoList) -> None:
    """Rows that name the organisation of their day stay with it, below its successor."""


@dataclass(frozen=True)
class Handover:
    """What becomes of the rows of a table that points at the tree; `name` is the table's noun.

    `lines` says what will happen, with no line where nothing hangs there. `act` does it: every row
    is changed through the undo list, so that the act can be taken back. By default rows stay.
    `words` name the rows where it is told what hangs on an organisation; without words nobody
    would keep it open for them: how it worked and was told of things, and numbers already given.
    """

    name: str
    lines: Callable[[ReorganisationPlan], Iterable[HandoverLine]] = no_lines
    act: Callable[[Actor, ReorganisationPlan, UndoList], None] = no_act
    words: str = ""


@dataclass(frozen=True)
class Restoration:
    """A reorganisation that was undone: of which organisation, and who was told of it before."""

    name: str
    person_ids: frozenset[UUID]
    organisation_ids: frozenset[int]


RestorationTeller = Callable[[Restoration], None]
"""Tells those concerned, in the transaction of the undoing."""

RESTORATION_TELLERS: list[RestorationTeller] = []


def register_restoration_teller(teller: RestorationTeller) -> None:
    """Add who tells that a reorganisation was undone."""
    RESTORATION_TELLERS.append(teller)


UndoneActs = Callable[[datetime], Iterable[datetime]]
"""Of each act on the tree that was undone after an instant, when it was done and when undone."""

UNDONE_ACTS: list[UndoneActs] = []


def register_undone_acts(acts: UndoneActs) -> None:
    """Add acts on the tree that can be undone: what is journalled at their instants is no work that
    keeps an earlier act from being undone."""
    UNDONE_ACTS.append(acts)


HANDOVERS: dict[str, Handover] = {}
"""One for each table that points at the tree, by its name, in the order of the slices."""


def register_handovers(*handovers: Handover) -> None:
    """Add a slice's handovers. Raises `ValueError` for a name that is there already."""
    for handover in handovers:
        if handover.name in HANDOVERS:
            raise ValueError(f"two handovers are called {handover.name}")
        HANDOVERS[handover.name] = handover
