"""Dates as officials write them: 1980.05, 1980年5月, 198005, 1980/5/1, 二〇〇一年七月, serials."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from baodao.spreadsheets.cells import Cell, bare, plain_digits, text_of

SERIAL_ORIGIN = date(1899, 12, 30)
SERIALS = range(7_000, 80_000)
EARLIEST = date(1900, 1, 1)
MIDNIGHT = re.compile(r"[T\s]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
SEPARATORS = re.compile(r"\s*(?:月份|[年月./\-\\、,。·])\s*|\s+")
SEPARATED = re.compile(r"^([12][0-9]{3})\.([0-9]{1,2})(?:\.([0-9]{1,2}))?$")
JOINED = re.compile(r"^([12][0-9]{3})([0-9]{2})([0-9]{2})?$")
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
TEN = re.compile(r"([1-9]?)十([1-9]?)")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date; `by_month` when no day was given and the first stands for it."""

    on: date
    by_month: bool = False

    @property
    def last(self) -> date:
        """The last day that it can mean."""
        if not self.by_month:
            return self.on
        _weekday, days = monthrange(self.on.year, self.on.month)
        return self.on.replace(day=days)


def date_of(cell: Cell) -> ReadDate | None:
    """The date in a cell, or None when it cannot be read without guessing.

    A number such as 1980.1 is not read: it can be January, or October whose zero was lost.
    """
    if isinstance(cell, float):
        return _number(cell)
    return _text(text_of(cell))


@lru_cache(maxsize=50_000)
def _number(value: float) -> ReadDate | None:
    if value.is_integer():
        return _text(str(int(value)))
    text = repr(value)
    whole, _, part = text.partition(".")
    if whole.isdecimal() and int(whole) in SERIALS:
        return _serial(int(whole))
    return None if part == "1" else _text(text)


@lru_cache(maxsize=50_000)
def _text(text: str) -> ReadDate | None:
    text = MIDNIGHT.sub("", bare(plain_digits(text)))
    if "年" in text:
        text = TEN.sub(_tens, text.translate(CHINESE_DIGITS))
    plain = SEPARATORS.sub(".", text).rstrip(".日号")
    match = SEPARATED.match(plain) or JOINED.match(text)
    if match:
        return _day(match[1], match[2], match[3])
    if text.isdecimal() and len(text) == 5:
        return _serial(int(text))
    return None


def _tens(match: re.Match[str]) -> str:
    return f"{match[1] or '1'}{match[2] or '0'}"


def _serial(days: int) -> ReadDate | None:
    return ReadDate(SERIAL_ORIGIN + timedelta(days)) if days in SERIALS else None


def _day(year: str, month: str, day: str | None) -> ReadDate | None:
    try:
        on = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return ReadDate(on, day is None) if on >= EARLIEST else None
