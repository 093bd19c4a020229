"""How letters and receipts are numbered, and how a letter's holder proves who they are."""

import unicodedata
from datetime import date

from baodao.documents.rules import number_text
from baodao.kernel.errors import Refused, gettext_noop

TAIL = 6


def letter_number(year: int, number: int) -> str:
    """〔2026〕001号, as it stands on the paper; receipts and contact forms are written alike."""
    return number_text(year, number)


def check_tail(tail: str) -> str:
    """The last six characters of an identity number as kept, X in upper case."""
    told = unicodedata.normalize("NFKC", tail).strip().upper()
    if len(told) != TAIL or not told[:-1].isdecimal() or told[-1] not in "X0123456789":
        raise Refused(
            "letter.tail-form",
            gettext_noop(
                "Enter the last six characters of your ID number: digits, or X at the end."
            ),
        )
    return told


def tries_left(tried_on: date | None, tries: int, today: date, a_day: int) -> int:
    """How many more wrong answers a letter bears today, of `a_day`."""
    return a_day if tried_on != today else max(0, a_day - tries)
