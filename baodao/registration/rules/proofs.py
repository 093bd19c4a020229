"""How a letter's holder proves who they are."""

from datetime import date

from baodao.kernel.errors import Refused, gettext_noop
from baodao.people.rules.identity import tail_of

TAIL = 6


def check_tail(words: str) -> str:
    """The last six characters of an identity number as kept, X in upper case."""
    tail = tail_of(words)
    if len(tail) != TAIL or not tail[:-1].isdecimal() or tail[-1] not in "X0123456789":
        raise Refused(
            "letter.tail-form",
            gettext_noop(
                "Enter the last six characters of your ID number: digits, or X at the end."
            ),
        )
    return tail


def tries_left(tried_on: date | None, tries: int, today: date, a_day: int) -> int:
    """How many more wrong answers a letter bears today, of `a_day`."""
    return a_day if tried_on != today else max(0, a_day - tries)
