"""The garbage collector, held still while a great many rows are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_blocks = 0


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for garbage that refers to itself in the block: a hundred thousand rows are looked
    through again and again, which is a third of all the work, and none of them is garbage.

    Blocks of several threads may overlap; the last to end lets the collector go on.
    """
    global _blocks
    with _lock:
        _blocks += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _blocks -= 1
            if not _blocks:
                gc.enable()
