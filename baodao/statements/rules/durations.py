"""How long, as people write it: 1.5小时, 90分钟, 1小时30分, 一个半小时, 1:30, 2h."""

import re
import unicodedata

_DIGITS = str.maketrans("〇零一二两三四五六七八九", "001223456789")
_TEN = re.compile(r"([1-9]?)十([1-9]?)")
_CLOCK = re.compile(r"(\d{1,2})[::](\d{2})(?::00)?")
_HOURS = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)?(?P<half>个半|半个?)?(?:个)?(?:小时|钟头|hours?|hrs?|h)(?P<more>半)?)?"
    r"(?:零|又)?(?:(?P<minutes>\d+(?:\.\d+)?)(?:分钟?|minutes?|mins?|m)?)?"
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
HOUR = 60
LEAST = 0.1
"""Smaller bare numbers are Excel's parts of a day that lost their format, not hours."""
MOST_HOURS = 24
"""A bare number up to this many is hours, a larger one minutes."""


def minutes_of(text: str) -> int | None:
    """Whole minutes, or None when it cannot be read without guessing."""
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    plain = _TEN.sub(lambda match: f"{match[1] or '1'}{match[2] or '0'}", plain.translate(_DIGITS))
    if match := _CLOCK.fullmatch(plain):
        return int(match[1]) * HOUR + int(match[2]) if int(match[2]) < HOUR else None
    if _PLAIN.fullmatch(plain):
        number = float(plain)
        if number < LEAST:
            return None
        return _whole(number * HOUR if number <= MOST_HOURS else number)
    match = _HOURS.fullmatch(plain)
    if not plain or not match:
        return None
    return _whole(_hours(match) * HOUR + float(match["minutes"] or 0))


def _hours(match: re.Match[str]) -> float:
    halves = bool(match["half"]) + bool(match["more"])
    return float(match["hours"] or 0) + halves / 2


def _whole(minutes: float) -> int | None:
    rounded = round(minutes)
    return rounded if rounded > 0 and abs(minutes - rounded) < 0.51 else None
