"""A child ends when its parent does, even when that was killed without a word.

The parent keeps the writing end of a pipe; the child waits for the end of the other one.
"""

import os
import signal
import threading

VARIABLE = "BAODAO_LEASH"


def wear() -> None:
    """In the child: end this process, as by SIGTERM, once the parent is gone."""
    end = os.environ.pop(VARIABLE, "")
    if end:
        threading.Thread(target=_watch, args=(int(end),), daemon=True).start()


def _watch(end: int) -> None:
    os.read(end, 1)
    os.kill(os.getpid(), signal.SIGTERM)
