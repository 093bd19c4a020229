"""From when until when, as people write it: 9:30, 下午2点半, 9:00-11:30, 上午9点到11点半."""

import re
from dataclasses import dataclass
from datetime import time

from baodao.ledger.rules.durations import HOUR
from baodao.spreadsheets.cells import Cell, compact, text_of

NOON = 12
_TO = re.compile(r"[-–—~～至到]+")
_CLOCK = re.compile(
    r"(?P<half>上午|早上|中午|下午|晚上|am|pm)?(?P<hour>\d{1,2})[:时点](?P<minute>\d{2}|半)?"
    r"(?::\d{2})?分?"
)
_LATER = ("下午", "晚上", "pm")
_BESIDE = re.compile(r"\([^()]*\)")


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
    """The hours in a cell, or None when they cannot be read or do not fit together."""
    if isinstance(cell, float):
        hour = _part_of_day(cell)
        return HoursServed(hour) if hour is not None else None
    start, *ends = _TO.split(_BESIDE.sub("", compact(text_of(cell))))
    began = _hour(start)
    if began is None or len(ends) > 1:
        return None
    if not ends:
        return HoursServed(began)
    end = _hour(ends[0])
    return HoursServed(began).until(end) if end else None


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
