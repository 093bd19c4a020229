"""Telephone numbers as rosters hold them: mobile first, a fixed line if that is all there is."""

import re

from baodao.people.rules.cells import Cell, bare, note_of

LONGEST = 200
PARTS = re.compile(r"[/,、;，；或\n]+|\s{2,}")
NOISE = re.compile(r"[\s\-‐‑–—_.()（）]+")
PREFIX = re.compile(r"^(\+|00)?86(?=1[3-9][0-9]{9}$)")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
FIXED = re.compile(r"0[0-9]{9,11}|[2-8][0-9]{6,7}|400[0-9]{7}")
LABEL = re.compile(r"^(手机|电话|联系电话|tel|mobile|办|宅)[:：]?", re.IGNORECASE)


def phone_of(cell: Cell) -> str | None:
    """The number in digits, "" for an empty cell, None when it is no telephone number.

    Of several in one cell the first mobile number is taken, else the first that is valid.
    """
    if isinstance(cell, str) and MOBILE.fullmatch(cell):
        return cell
    text = bare(note_of(cell, LONGEST))
    if not text:
        return ""
    numbers = [PREFIX.sub("", NOISE.sub("", LABEL.sub("", part))) for part in PARTS.split(text)]
    for form in (MOBILE, FIXED):
        for number in numbers:
            if form.fullmatch(number):
                return number
    return None
