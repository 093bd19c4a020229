"""From when until when, as people write it: 9:30, 下午2点半, 9:00-11:30, 上午9点到11点半;
several spans of a day, and the pauses in them: 8:30-17:00（午休2小时）."""

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from baodao.ledger.rules.durations import TimeUnit, length_of
from baodao.spreadsheets.cells import Cell, compact, text_of
from baodao.spreadsheets.headings import SIMPLE
from baodao.spreadsheets.lengths import HOUR

NOON = 12
_TO = re.compile(r"[-–—~～至到]+")
_CLOCK = re.compile(
    r"(?P<half>上午|早上|中午|下午|晚上|am|pm)?(?P<hour>\d{1,2})[:时点](?P<minute>\d{2}|半)?"
    r"(?::\d{2})?分?"
)
_BARE = re.compile(r"(?P<half>上午|早上|中午|下午|晚上)?(?P<hour>\d{1,2})")
"""An hour whose 点 stands behind the second: 下午2-4点, 9-11点半. Without half of the day it may be
the number of an afternoon's hour up to `EARLIEST`."""
EARLIEST = 7
_LATER = ("下午", "晚上", "pm")
_PAUSE = re.compile(
    r"(?:其中)?(?:扣除|减去|除去|去掉|扣|除)?(?:中午|午间|中间|中途)?"
    r"(?:午休|休息|午餐|午饭|用餐|就餐|吃饭)(?:时间)?:?(?P<length>[^,;、()]*)"
)
_NOTHING = re.compile(
    r"(?:(?:周|星期|礼拜)[一二三四五六日天]|上午|早上|中午|下午|晚上|签到|签退|集合|开始|结束|左右|"
    r"含路[程上])*"
)
"""What may stand beside the hours and changes nothing about them."""
_NO_UNIT = re.compile(r"[\d.:]*")
_GAP = re.compile(r"(?<=\d) (?=[\d上下])|(?<=[\d点半分])(?:[/及和与]|(?=[上下]午|晚上))")
"""What parts two spans beside marks: 8:30-11:00 14:00-16:00, 上午9点-11点下午2点-4点."""
_PARTS = re.compile(r"[,;、()]")


@dataclass(frozen=True)
class HoursServed:
    """When it began, and how many minutes until its end, if the end is told too."""

    began: time
    minutes: int | None = None

    def until(self, end: time) -> "HoursServed | None":
        """The same up to `end`, after noon where only that fits; None when it does not fit."""
        began = self.began
        if end.hour < began.hour and began.hour >= NOON > end.hour:
            end = end.replace(hour=end.hour + NOON)
        if end <= began:
            return None
        return HoursServed(began, (end.hour - began.hour) * HOUR + end.minute - began.minute)


def hours_of(cell: Cell) -> HoursServed | None:
    """The hours in a cell, its pauses taken off and several spans added up, or None when they do
    not fit together or anything beside them is not understood."""
    if isinstance(cell, float):
        hour = _part_of_day(cell)
        return HoursServed(hour) if hour is not None else None
    text = compact(_GAP.sub(",", text_of(cell))).translate(SIMPLE)
    pauses = [match["length"] for match in _PAUSE.finditer(text)]
    parts = [one for one in _PARTS.split(_PAUSE.sub("", text)) if not _NOTHING.fullmatch(one)]
    spans = [_span(part) for part in parts]
    hours = [one for one in spans if one]
    lengths = [part for part, one in zip(parts, spans, strict=True) if one is None]
    whole = _less(_joined(hours), hours, pauses)
    if whole is None or any(_length(one) != whole.minutes for one in lengths):
        return None
    return whole


def tells_pause(text: str) -> bool:
    """Whether a text speaks of a break: （午休2小时）."""
    return _PAUSE.search(compact(text).translate(SIMPLE)) is not None


def without_pause(hours: HoursServed, text: str) -> HoursServed | None:
    """Hours from one beginning to one end without the breaks that a text tells; None where these
    do not fit."""
    plain = compact(text).translate(SIMPLE)
    return _less(hours, [hours], [match["length"] for match in _PAUSE.finditer(plain)])


def _span(text: str) -> HoursServed | None:
    """One hour, or one from when until when; None for anything else."""
    start, *ends = _TO.split(text)
    bare = _BARE.fullmatch(start)
    if ends and bare and (bare["half"] or int(bare["hour"]) >= EARLIEST) and "点" in ends[0]:
        start += "点"
    began = _hour(start)
    if began is None or len(ends) > 1:
        return None
    if not ends:
        return HoursServed(began)
    end = _hour(ends[0])
    return HoursServed(began).until(end) if end else None


def _joined(spans: list[HoursServed]) -> HoursServed | None:
    """Spans that follow one another as one, from the first hour and as long as all together."""
    if len(spans) == 1:
        return spans[0]
    bounds = [_bounds(one) for one in spans]
    follow = all(one[1] <= other[0] for one, other in pairwise(bounds))
    if not spans or not follow or not all(one.minutes for one in spans):
        return None
    return HoursServed(spans[0].began, sum(end - begin for begin, end in bounds))


def _less(
    whole: HoursServed | None, spans: list[HoursServed], pauses: list[str]
) -> HoursServed | None:
    """The hours without the pauses in them; None where a pause is not told or does not fit."""
    if whole is None or not pauses:
        return whole
    lengths = [_pause(text, spans) for text in pauses]
    minutes = (whole.minutes or 0) - sum(one or 0 for one in lengths)
    return HoursServed(whole.began, minutes) if None not in lengths and minutes > 0 else None


def _pause(text: str, spans: list[HoursServed]) -> int | None:
    """Minutes that a pause takes off: its length in the only span, or its hours within one of them;
    none if it lies between them."""
    if length := _length(text):
        return length if len(spans) == 1 else None
    pause = _span(text)
    if pause is None or not pause.minutes:
        return None
    begin, end = _bounds(pause)
    bounds = [_bounds(one) for one in spans]
    if any(start <= begin and end <= until for start, until in bounds):
        return pause.minutes
    return 0 if all(end <= start or until <= begin for start, until in bounds) else None


def _bounds(hours: HoursServed) -> tuple[int, int]:
    """The minutes of the day when it began and ended."""
    begin = hours.began.hour * HOUR + hours.began.minute
    return begin, begin + (hours.minutes or 0)


def _length(text: str) -> int | None:
    """Minutes of a length that names its unit and leaves nothing open."""
    length = None if _NO_UNIT.fullmatch(text) else length_of(text, TimeUnit.UNSAID)
    return length.minutes if length and not length.question else None


def _part_of_day(part: float) -> time | None:
    """Excel keeps an hour as a part of its day."""
    minutes = round(part * 24 * HOUR)
    return time(minutes // HOUR, minutes % HOUR) if 0 <= minutes < 24 * HOUR else None


def _hour(text: str) -> time | None:
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    minute = 30 if match["minute"] == "半" else int(match["minute"] or 0)
    later = match["half"] in _LATER and int(match["hour"]) < NOON
    hour = int(match["hour"]) + (NOON if later else 0)
    return time(hour, minute) if hour < 24 and minute < HOUR else None
