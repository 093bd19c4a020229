"""Identity numbers of citizens (GB 11643): form, check digit, sex and date of birth."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from baodao.spreadsheets.cells import Cell, bare, plain_digits, text_of

CHECK_DIGITS = "10X98765432"
FORM = re.compile(r"[0-9]{17}[0-9X]")
SCIENTIFIC = re.compile(r"^[0-9](\.[0-9]+)?E\+?[0-9]{2}$")
EXACT_DIGITS = 15
LIKE_X = str.maketrans("×ХΧ✕✖╳", "XXXXXX")
"""What is typed for the X at the end: a sign of multiplication, a Cyrillic or Greek letter."""
WITHIN = re.compile(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9X])")
AROUND = re.compile(
    r"(?:(?:居民|公民)?身份证?(?:号码?)?|长期|有效|本人|[()（）\[\]【】:：;；,，/、\s])*"
)
"""What may stand around a number and says nothing else of it."""
MASKED = re.compile(r"[*●•■#]{2,}|X{3,}")
SEPARATORS = str.maketrans("", "", " -‐‑–—_.·•。")


class Identity(NamedTuple):
    """A valid number of 18 characters, or the kind of its fault in `fault`."""

    number: str
    sex: str = ""
    born_on: date | None = None
    fault: str = ""


@lru_cache(maxsize=200_000)
def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def check_digit(seventeen: str) -> str:
    """The eighteenth character that GB 11643 asks for of seventeen digits.

    The weight of each digit is twice that of the next, from 2 at the end, modulo 11: digits of a
    number whose base is 13, which is 2 modulo 11.
    """
    return CHECK_DIGITS[2 * int(seventeen, 13) % 11]


def upgraded(fifteen: str) -> str:
    """The eighteen characters of an old number; only people born before 2000 have one."""
    seventeen = f"{fifteen[:6]}19{fifteen[6:]}"
    return seventeen + check_digit(seventeen)


def identity_of(cell: Cell) -> Identity:
    """Read an ID number; faults are `id-missing`, `id-masked` where digits are hidden, `id-length`,
    `id-checksum`, and `id-precision-lost` for numbers that a spreadsheet has rounded to fifteen
    digits."""
    if isinstance(cell, str) and FORM.fullmatch(cell):
        return _checked(cell)
    if isinstance(cell, int | float) and abs(cell) >= 10**EXACT_DIGITS:
        return Identity(f"{cell:.0f}", fault="id-precision-lost")
    text = _alone(plain_digits(bare(text_of(cell))).upper().translate(LIKE_X))
    if not text:
        return Identity("", fault="id-missing")
    if SCIENTIFIC.match(text):
        return Identity(text, fault="id-precision-lost")
    if MASKED.search(text):
        return Identity(text, fault="id-masked")
    if not text.isalnum():
        text = text.translate(SEPARATORS)
    if len(text) == 15 and text.isdecimal() and text.isascii():
        text = upgraded(text)
    if len(text) != 18:
        return Identity(text, fault="id-length")
    return _checked(text) if FORM.fullmatch(text) else Identity(text, fault="id-checksum")


def _alone(text: str) -> str:
    """The one number in a text that says nothing else: 身份证：…, …（长期）, the same once more."""
    numbers = set(WITHIN.findall(text))
    alone = len(numbers) == 1 and AROUND.fullmatch(WITHIN.sub("", text))
    return numbers.pop() if alone else text


def tail_of(text: str) -> str:
    """The end of an ID number as it was typed, written as numbers are kept."""
    return plain_digits(bare(text_of(text))).upper().translate(SEPARATORS)


def _checked(number: str) -> Identity:
    born_on = _date(number[6:14])
    if born_on is None or born_on.year < 1900 or check_digit(number[:17]) != number[17]:
        rounded = number.endswith("000")
        return Identity(number, fault="id-precision-lost" if rounded else "id-checksum")
    return Identity(number, "m" if number[16] in "13579" else "f", born_on)
