"""The word of anybody: its code and its length."""

from baodao.kernel.errors import Refused, gettext_noop

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 4
MOST_WORDS = 2000


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
