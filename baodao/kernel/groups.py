"""Acts that arrive at the same moment, written in one transaction instead of one each.

Whoever comes first gathers for a moment what others bring, and does it all; who comes later is the
next group. Alone, an act is a group of one and waits for nobody.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock
from typing import Generic, TypeVar

from django.db import transaction

T = TypeVar("T")
R = TypeVar("R")

MOST = 64
"""Acts of one group."""

GATHERING = 0.003
"""Seconds for which a group is gathered where the last one was of several."""


class GroupPlace(Generic[T, R]):
    """One act in the queue: whether its thread leads the next group, and what it is answered."""

    def __init__(self, item: T) -> None:
        self.item = item
        self.leads: SimpleQueue[bool] = SimpleQueue()
        self.answer: Future[R] = Future()


class ActGroup(Generic[T, R]):
    """What the threads of this process ask for at once; `act` answers several, in their order.

    Each is answered after the commit. Where `act` or the commit fails, nobody of the group is
    answered and everybody is told why; so `act` returns what it refuses, and does not raise it.
    """

    def __init__(self, act: Callable[[Sequence[T]], Sequence[R]]) -> None:
        self._act = act
        self._lock = Lock()
        self._queue: list[GroupPlace[T, R]] = []
        self._busy = False
        self._last = 1

    def answer(self, item: T) -> R:
        """What `act` answers, once it is committed."""
        place: GroupPlace[T, R] = GroupPlace(item)
        with self._lock:
            self._queue.append(place)
            leads, self._busy = not self._busy, True
        if leads or place.leads.get():
            self._lead()
        return place.answer.result()

    def _lead(self) -> None:
        """Do the first of the queue, this thread's among them, and let the next one lead."""
        if self._last > 1:
            time.sleep(GATHERING)
        with self._lock:
            group = self._queue[:MOST]
            del self._queue[:MOST]
        self._last = len(group)
        self._run(group)
        for place in group[1:]:
            place.leads.put(False)
        with self._lock:
            self._busy = bool(self._queue)
            if self._queue:
                self._queue[0].leads.put(True)

    def _run(self, group: Sequence[GroupPlace[T, R]]) -> None:
        try:
            with transaction.atomic(durable=True):
                answers = self._act([place.item for place in group])
        except BaseException as error:
            for place in group:
                place.answer.set_exception(error)
            return
        for place, answer in zip(group, answers, strict=True):
            place.answer.set_result(answer)
