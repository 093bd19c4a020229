"""Whether an installation is in order: each slice registers what of it can be looked at.

A slice lists its checks in `checks.py` and registers them in `ready()` of its `apps.py`; the
command `baodao doctor` and the page of health look at all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import DatabaseError
from django.utils.translation import gettext


class Health(StrEnum):
    """How it stands: in order, in order for now, or not."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """What a check saw, in the reader's language, and what to do unless all is in order.

    `parts` are the single things that it looked at, each by name with what it saw; `fact` says
    what they come to.
    """

    health: Health
    fact: str
    advice: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Check:
    """One thing that can be looked at: `question` is a message id that names it to people."""

    name: str
    question: str
    act: Callable[[], Finding]

    def look(self) -> Finding:
        """Look now; a database that does not answer is a finding as well."""
        try:
            return self.act()
        except DatabaseError as failure:
            advice = gettext(
                "Check BAODAO_DATABASE_URL, and that the server runs and accepts this role."
            )
            return Finding(Health.FAIL, str(failure).strip(), advice)


_checks: dict[str, Check] = {}


def register(*checks: Check) -> None:
    """Have `checks` looked at after those that were registered before."""
    _checks.update({check.name: check for check in checks})


def check_of(name: str) -> Check:
    """The check registered under that name."""
    return _checks[name]


def examine() -> Iterator[tuple[Check, Finding]]:
    """Every check with what it sees now, in the order of registration."""
    return ((check, check.look()) for check in _checks.values())
