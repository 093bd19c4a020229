"""How long, as tables write it, also 半天, 每天2小时; and what a service as it is written leaves
open."""

import re
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from baodao.spreadsheets.lengths import HOUR, MOST_HOURS, NUMBER, plain_words, whole, worded_minutes

_DAYS = re.compile(
    r"(?P<whole>\d+(?:\.\d+)?|半|[全整])(?:个)?(?:工作日|天|日)(?P<half>半)?|1?[上下]午"
)
_PARTS_OF_DAY = {"半": 0.5, None: 0.5, "全": 1, "整": 1}
_EACH_DAY = re.compile(r"每[天日]|/[天日]")
_BESIDE = re.compile(r"\([^()]*\)|^(?:大?约|近|共计?|合计)|(?:左右|/[人次]|每[人次]|整)$")
"""What stands around a length of time and does not change it: about, each, what is counted in."""
_PAUSE = re.compile(r"\((?!已扣|不含|已除)[^()]*(?:午休|休息|扣除|减去|除去)[^()]*\)")
"""A pause in brackets, which may or may not be taken off the length before it."""
DAY_HOURS = 24
LEAST_CERTAIN = 0.5
"""A smaller number in a table may be hours, or the part of a day that Excel keeps of a time."""
MOST_CERTAIN = 12
"""A larger number without a unit may be minutes; more hours on one day are unlikely."""
WORKING_DAY = 8
"""Hours that a day of service counts when it is told in days."""


class Uncertainty(StrEnum):
    """Why a service that could be read in more than one way, or is unlikely, is asked about.

    `NO_YEAR`: its day names no year. `NO_UNIT`: its length is neither hours nor minutes.
    `PART_OF_DAY`: its length may be a part of a day, as Excel keeps times. `WHOLE_DAYS`: its length
    is told in days. `TICK`: it says that somebody came and not how long. `LONG_TIME`, `LONG_AGO`:
    longer, or further back, than is likely. `DAY_ABOVE`: its day stands above it. `SEVERAL_DAYS`:
    it names several days and one length. `OVER_DAY`: its number of hours is more than a day has.
    `DAY_ORDER`: it is not certain which of its figures is the day, which the month.
    """

    LONG_AGO = "record.long-ago"
    NO_YEAR = "day-year"
    NO_UNIT = "time-unit"
    PART_OF_DAY = "time-part"
    WHOLE_DAYS = "time-days"
    LONG_TIME = "time-long"
    DAY_ABOVE = "day-above"
    SEVERAL_DAYS = "days-each"
    TICK = "time-tick"
    OVER_DAY = "time-over-day"
    DAY_ORDER = "day-order"


class TimeUnit(Enum):
    """What the heading of a column says that its bare numbers are; `MIXED` says nothing, over
    numbers of which one is too large for hours, so that the small ones may be minutes as well.
    `RESTATED` says hours, while somebody said that its numbers are minutes."""

    HOURS = auto()
    MINUTES = auto()
    UNSAID = auto()
    MIXED = auto()
    RESTATED = auto()


@dataclass(frozen=True)
class Length:
    """Whole minutes, and what has to be answered before they count."""

    minutes: int
    question: Uncertainty | None = None


def length_of(text: str, unit: TimeUnit, day_hours: float = WORKING_DAY) -> Length | None:
    """What a cell says under a heading that names `unit`; None when it cannot be read.

    A bare number is never given another unit than its heading's, unless somebody says so: of more
    hours than a day has the minutes are told that it would be. `day_hours` are what a day counts.
    """
    plain = plain_words(text)
    if _PAUSE.search(plain):
        return None
    plain = _BESIDE.sub("", _BESIDE.sub("", _EACH_DAY.sub("", plain)))
    if NUMBER.fullmatch(plain):
        return _number(float(plain), unit)
    if days := _DAYS.fullmatch(plain):
        parts = _PARTS_OF_DAY.get(days["whole"]) or float(days["whole"])
        minutes = whole((parts + bool(days["half"]) / 2) * day_hours * HOUR)
        return Length(minutes, Uncertainty.WHOLE_DAYS) if minutes else None
    return _certain(worded_minutes(plain))


def length_on_paper(minutes: int) -> str:
    """A length of time as a Chinese sentence has it: 10小时, 10小时30分钟, 45分钟."""
    hours, rest = divmod(minutes, HOUR)
    words = (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")
    return words or "0小时"


def hours_figure(minutes: int) -> str:
    """Minutes as hours in a figure, with one decimal where there is one: 9.5, 8. Only what is shown
    is rounded, never what is added."""
    return f"{minutes / HOUR:.1f}".removesuffix(".0")


def is_of_each_day(text: str) -> bool:
    """Whether a length says that it is that of each of several days: 每天2小时, 2小时/天."""
    return _EACH_DAY.search(plain_words(text)) is not None


def _number(number: float, unit: TimeUnit) -> Length | None:
    if 0 < number < LEAST_CERTAIN:
        minutes = whole(number * DAY_HOURS * HOUR)
        return Length(minutes, Uncertainty.PART_OF_DAY) if minutes else None
    if unit is TimeUnit.MINUTES:
        return _certain(whole(number)) if number.is_integer() else None
    if number.is_integer() and MOST_HOURS < number <= DAY_HOURS * HOUR:
        if unit is TimeUnit.HOURS:
            return Length(int(number), Uncertainty.OVER_DAY)
        if unit is TimeUnit.RESTATED:
            return _certain(whole(number))
    mixed = unit in (TimeUnit.MIXED, TimeUnit.RESTATED) and number.is_integer()
    if mixed or (unit is TimeUnit.UNSAID and number > MOST_CERTAIN):
        minutes = whole(number)
        return Length(minutes, Uncertainty.NO_UNIT) if minutes else None
    return _certain(whole(number * HOUR))


def _certain(minutes: int | None) -> Length | None:
    """More than a day has is refused elsewhere and not asked about."""
    if minutes is None:
        return None
    unlikely = MOST_CERTAIN * HOUR < minutes <= DAY_HOURS * HOUR
    return Length(minutes, Uncertainty.LONG_TIME if unlikely else None)
