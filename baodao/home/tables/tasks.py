"""What waits, as first pages show it: how much, in words, and the one act that does it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NextAct:
    """The one useful thing: a button and where it leads."""

    label: str
    url: str


class TaskRank(IntEnum):
    """How soon something that waits is to be done: somebody stands at the door, or it has its hour
    or its last day; somebody waits for it; when convenient."""

    DUE = 0
    AWAITED = 1
    LATER = 2


@dataclass(frozen=True)
class Task:
    """Something that waits: how much of it, in words, in detail, and the act that does it.

    `pressing` ones may be the red button of the page; `due` ones stand before all others.
    """

    number: int
    words: str
    detail: str
    act: NextAct
    pressing: bool = True
    due: bool = False

    @property
    def urgency(self) -> TaskRank:
        """By what it stands before others."""
        if self.due:
            return TaskRank.DUE
        return TaskRank.AWAITED if self.pressing else TaskRank.LATER


FIRST = 7
"""How many lines of a first page fit on one screen of a desk; those behind them have a heading by
which they can be folded, and stand open, so that nothing costs a tap more."""


@dataclass(frozen=True)
class TaskFold:
    """Lines that can be folded under their words, with how many they are."""

    words: Promise
    tasks: Sequence[Task]


@dataclass(frozen=True)
class WaitingTasks:
    """What waits on a first page, the most urgent first, and what stands behind it."""

    first: Sequence[Task]
    folds: Sequence[TaskFold]

    @classmethod
    def of(cls, tasks: Iterable[Task]) -> "WaitingTasks":
        """The most urgent of these first; what is alike keeps its order. A fold is not made
        for a single line, which takes no more room than its fold."""
        rows = sorted(tasks, key=lambda task: task.urgency)
        if len(rows) <= FIRST + 1:
            return cls(rows, ())
        groups = (
            (_("Somebody waits for these too"), [row for row in rows[FIRST:] if _is_awaited(row)]),
            (_("When convenient"), [row for row in rows[FIRST:] if not _is_awaited(row)]),
        )
        return cls(rows[:FIRST], [TaskFold(words, rest) for words, rest in groups if rest])


def _is_awaited(task: Task) -> bool:
    return task.urgency is not TaskRank.LATER


def sole_url(several: str, page: str, *ids: UUID | None) -> str:
    """Where a line leads: to the page of the only one, to the list of several."""
    return reverse(page, args=ids) if len(ids) == 1 and ids[0] else several
