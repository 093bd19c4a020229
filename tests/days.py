"""No test module asks what day it is while it is read: a run that begins before midnight ends on
another day, and what was worked out before would be of yesterday. A test asks in its own body, by
distances from `clock.today()` with room on both sides, or says when it is with `clock.at`.
"""

from typing import NoReturn

from baodao.kernel import clock

_now = clock.now
NEXT_YEAR = clock.today().year + 1
"""The year after the one in which the run began: its days are to come, in their order. The only
thing that may be the same for a whole run, and what builds on it may not ask for today as well."""


def stop_the_clock() -> None:
    """From here on nobody is told what time it is."""
    clock.now = _asked_too_early


def start_the_clock() -> None:
    """The tests begin."""
    clock.now = _now


def _asked_too_early() -> NoReturn:
    raise AssertionError("a module asks what day it is while it is read: ask in the test itself")
