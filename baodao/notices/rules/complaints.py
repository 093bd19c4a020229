"""The word of anybody: its code, its length, and the day by which it is answered."""

from datetime import date, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.workdays import is_workday

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 4
MOST_WORDS = 2000
ANSWER_WORKING_DAYS = 5


def answer_due(received: date) -> date:
    """The fifth working day after `received`."""
    day, left = received, ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day


def check_words(text: str) -> str:
    """What was written, without space around it; refused when there is nothing or too much."""
    words = text.strip()
    if not words:
        raise Refused("complaint.empty", gettext_noop("Please write what it is about."))
    if len(words) > MOST_WORDS:
        raise Refused(
            "complaint.long",
            gettext_noop("Please keep to %(most)s characters."),
            most=MOST_WORDS,
        )
    return words
