"""Real threads with connections of their own, let go at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """Run `acts` at the same moment; their answers, or what they raised, in their order."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Exception:
        try:
            connections["default"].ensure_connection()
            gate.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


class Meeting:
    """Holds each of several threads at one point until all are there: makes a race happen."""

    def __init__(self, threads: int) -> None:
        self._barrier = threading.Barrier(threads)

    def wait(self) -> None:
        """Go on when everybody has come, or after two seconds if a lock keeps somebody away."""
        try:
            self._barrier.wait(timeout=2)
        except threading.BrokenBarrierError:
            return
