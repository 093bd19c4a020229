"""The word of anybody: its code, its length, and how often it comes from one connection."""

import unicodedata
from datetime import timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_length

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 4
MOST_WORDS = 2000
LIMIT, WINDOW = 10, timedelta(hours=1)
"""Complaints from one address within an hour; a whole office may share one."""


def code_in(typed: str) -> str:
    """A code as it is kept, of what was typed or copied: in full width or small letters, with
    blanks or other strokes between its parts, or none."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
    parts = range(0, len(signs), CODE_LENGTH)
    return "-".join(signs[start : start + CODE_LENGTH] for start in parts)


def check_words(text: str) -> str:
    """What was written, without space around it; refused when there is nothing or too much."""
    words = text.strip()
    if not words:
        raise Refused("complaint.empty", gettext_noop("Please write what it is about."))
    return check_length(words, MOST_WORDS, "complaint.long")


def check_times(times: int) -> None:
    """Refuse more from one connection than anybody needs."""
    if times > LIMIT:
        raise Refused(
            "complaint.too-many",
            gettext_noop("Too many from this connection. Wait an hour, or call the community."),
        )
