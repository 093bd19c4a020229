"""A length of time as people write it: 1.5小时, 90分钟, 1小时30分, 一个半小时, 1:30, 2h."""

import re
import unicodedata

from baodao.spreadsheets.headings import SIMPLE

_DIGITS = str.maketrans("〇零一二两三四五六七八九", "001223456789")
_TEN = re.compile(r"([1-9]?)十([1-9]?)")
_CLOCK = re.compile(r"(\d{1,2})[::](\d{2})(?::00)?")
_HOURS = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)?(?P<half>个半|半个?)?(?:个)?(?:小时|钟头|钟|hours?|hrs?|h)(?P<more>半)?)?"
    r"(?:零|又)?(?:(?P<minutes>\d+(?:\.\d+)?)(?:分钟?|minutes?|mins?|m)?)?"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
HOUR = 60
LEAST = 0.1
"""Smaller bare numbers are Excel's parts of a day that lost their format, not hours."""
MOST_HOURS = 24
"""A bare number up to this many may be hours, a larger one is minutes."""
CERTAIN_HOURS = 4
"""A bare number up to this many is hours: nobody is asked for so few minutes."""


class Unsaid(Exception):
    """A bare number that may be hours as well as minutes."""


def minutes_of(text: str, least: int = 1, most: int = MOST_HOURS * HOUR) -> int | None:
    """Whole minutes of what is typed in a form, or None when it cannot be read.

    Raises `Unsaid` for a number without its unit, when both hours and minutes of it lie between
    `least` and `most` minutes and neither is unlikely.
    """
    plain = plain_words(text)
    if not NUMBER.fullmatch(plain):
        return worded_minutes(plain)
    number = float(plain)
    if number < LEAST:
        return 0 if not number and not least else None
    hours = number * HOUR
    if number > MOST_HOURS or (number >= least and not least <= hours <= most):
        return whole(number)
    if number > CERTAIN_HOURS and number >= least:
        raise Unsaid
    return whole(hours)


def plain_words(text: str) -> str:
    """Without spaces, in figures and simplified characters."""
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    plain = plain.translate(SIMPLE)
    return _TEN.sub(lambda match: f"{match[1] or '1'}{match[2] or '0'}", plain.translate(_DIGITS))


def worded_minutes(plain: str) -> int | None:
    """Minutes of hours and minutes told by their words, or as on a clock."""
    if match := _CLOCK.fullmatch(plain):
        return int(match[1]) * HOUR + int(match[2]) if int(match[2]) < HOUR else None
    words = _HOURS.fullmatch(plain)
    if not plain or not words:
        return None
    return whole(_hours(words) * HOUR + float(words["minutes"] or 0))


def _hours(match: re.Match[str]) -> float:
    halves = bool(match["half"]) + bool(match["more"])
    return float(match["hours"] or 0) + halves / 2


def whole(minutes: float) -> int | None:
    """Minutes without a rest; None where they are none, or no whole number."""
    rounded = round(minutes)
    return rounded if rounded > 0 and abs(minutes - rounded) < 0.51 else None
