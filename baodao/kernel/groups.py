"""Acts that arrive at the same moment, written in one transaction instead of one each.

Whoever comes first gathers for a moment what others bring, and does it all; who comes later is the
next group. Alone, an act is a group of one and waits for nobody.
"""

from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Condition
from typing import Generic, TypeVar, cast

from django.db import transaction

T = TypeVar("T")
R = TypeVar("R")

WAKERS = 4
"""Threads of a group that are woken at once, each of which wakes the next when it has its answer.
Woken all at the same moment they would fight over the interpreter, and the leader of the next group
with them: on a busy machine that takes longer than what the group has to do."""

MOST = 64
"""Acts of one group."""

GATHERING = 0.003
"""Seconds for which a group is gathered at most, until it is as large as the last one; where that
was of one, nobody is waited for."""


class GroupPlace(Generic[T, R]):
    """One act in the queue, and what its thread is told: to lead the next group, or that there is
    an answer, or why there is none; and whom it wakes then."""

    def __init__(self, item: T) -> None:
        self.item = item
        self.next: GroupPlace[T, R] | None = None
        self.news: SimpleQueue[bool] = SimpleQueue()
        self.answer: R | None = None
        self.error: BaseException | None = None


class ActGroup(Generic[T, R]):
    """What the threads of this process ask for at once; `act` answers several, in their order.

    Each is answered after the commit. Where `act` or the commit fails, nobody of the group is
    answered and everybody is told why; so `act` returns what it refuses, and does not raise it.
    """

    def __init__(self, act: Callable[[Sequence[T]], Sequence[R]]) -> None:
        self._act = act
        self._queue: list[GroupPlace[T, R]] = []
        self._changed = Condition()
        self._busy = self._gathering = False
        self._last = 1

    def answer(self, item: T) -> R:
        """What `act` answers, once it is committed."""
        place: GroupPlace[T, R] = GroupPlace(item)
        with self._changed:
            self._queue.append(place)
            if self._gathering and len(self._queue) >= self._last:
                self._changed.notify()
            if not self._busy:
                self._appoint()
        if place.news.get():
            self._lead()
        elif place.next is not None:
            place.next.news.put(False)
        if place.error is not None:
            raise place.error
        return cast("R", place.answer)

    def _appoint(self) -> None:
        """Let the first of the queue lead the next group."""
        self._busy = bool(self._queue)
        if self._queue:
            self._queue[0].news.put(True)

    def _lead(self) -> None:
        """Do the first of the queue, this thread's among them, and let the next one lead."""
        with self._changed:
            if self._last > 1:
                self._gathering = True
                self._changed.wait_for(lambda: len(self._queue) >= self._last, GATHERING)
                self._gathering = False
            group = self._queue[:MOST]
            del self._queue[:MOST]
            self._last = len(group)
        self._run(group)
        with self._changed:
            self._appoint()
        for place, later in zip(group[1:], group[1 + WAKERS :], strict=False):
            place.next = later
        for place in group[1 : 1 + WAKERS]:
            place.news.put(False)

    def _run(self, group: Sequence[GroupPlace[T, R]]) -> None:
        try:
            with transaction.atomic(durable=True):
                answers = self._act([place.item for place in group])
        except BaseException as error:
            for place in group:
                place.error = error
            return
        for place, answer in zip(group, answers, strict=True):
            place.answer = answer
