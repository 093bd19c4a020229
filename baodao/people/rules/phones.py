"""Telephone numbers as people write them: mobile first, a fixed line if that is all there is."""

import re

from baodao.documents.spreadsheets.cells import Cell, bare, note_of, plain_digits

LONGEST = 200
PARTS = re.compile(r"[/,、;，；或\n]+|\s{2,}")
NOISE = re.compile(r"[\s\-‐‑–—_.·•。()（）]+")
PREFIX = re.compile(r"^(\+|00)?86(?=1[3-9][0-9]{9}$)")
ABROAD = re.compile(r"^(?:\+|00)86(?=0?[1-9][0-9]{8,10}$)0?")
"""A fixed line of China as it is dialled from abroad: without the 0 of its area."""

MOBILE = re.compile(r"1[3-9][0-9]{9}")
FIXED = re.compile(r"0[0-9]{9,11}|[2-8][0-9]{6,7}|400[0-9]{7}")
FOREIGN = re.compile(r"\+(?!86)[1-9][0-9]{6,13}")
FORMS = (MOBILE, FIXED, FOREIGN)
EXTENSION = re.compile(r"(?:\s*(?:转|分机|ext\.?|#)\s*|(?<=[0-9]{7})-)([0-9]{1,6})$", re.IGNORECASE)
LABEL = re.compile(r"^(手机|电话|联系电话|tel|mobile|办|宅)[:：]?", re.IGNORECASE)


def phone_of(cell: Cell) -> str | None:
    """The number in digits, "" for an empty cell, None when it is no telephone number.

    Of several in one cell the first mobile number is taken, else the first that is valid. A number
    of another country keeps its `+`, an extension follows a hyphen: 09901234567-801.
    """
    if isinstance(cell, str) and MOBILE.fullmatch(cell):
        return cell
    text = plain_digits(bare(note_of(cell, LONGEST)))
    if not text:
        return ""
    numbers = [_read(LABEL.sub("", part)) for part in PARTS.split(text)]
    for form in FORMS:
        for number, extension in numbers:
            if form.fullmatch(number):
                return f"{number}-{extension}" if extension else number
    return None


def _read(part: str) -> tuple[str, str]:
    """A number without what only parts it, and its extension if it is no number as a whole."""
    whole, extension = _plain(part), EXTENSION.search(part)
    if extension is None or any(form.fullmatch(whole) for form in FORMS):
        return whole, ""
    return _plain(part[: extension.start()]), extension[1]


def _plain(part: str) -> str:
    return ABROAD.sub("0", PREFIX.sub("", NOISE.sub("", part)))
