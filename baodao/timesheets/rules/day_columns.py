"""Days that head columns of their own: people down, days across, the hours in the cells."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from baodao.ledger.rules.durations import TimeUnit, length_of
from baodao.ledger.rules.service_days import month_in
from baodao.ledger.rules.spans import hours_of
from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.headers import SERIALS
from baodao.spreadsheets.headings import header_key

_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_MIDNIGHT = re.compile(r"\s00:00(?::00)?$")
"""What Excel writes behind a day that is a date."""
_HEADING = re.compile(
    r"(?:(?P<over>[^/]*[^\d/][^/]*)/)??"
    r"(?:(?:(?P<year>20\d{2}|\d{2})[-.年]/?)?(?P<month>\d{1,2})(?:[-./]|月份?/?))?"
    r"(?P<day>\d{1,2})"
    r"(?:日(?P<beside>(?!\d{1,2}[日号])[^/]+)|[日号]?(?P<aside>\([^/]+\))|[日号])?"
    r"(?:/(?P<under>.*))?"
)
_TIME = re.compile(r"(?:服务|活动|志愿)?(?:时长|时数|小时数?|时间|时段)(?:\(.*\))?")
"""What a row of lengths below headings of days is called."""
_PARTS = re.compile(r"[(),、;\s]+")
_NUMBER = re.compile(r"[\d.:]*")
_LEAST_BARE = 3
"""So many columns of running numbers are days, where the month stands above them."""
_LEAST_SHORT = 2
"""So many columns headed 7.4 or 7/4 are days; one alone may be anything."""


@dataclass(frozen=True)
class DayHeading:
    """A column of one day: the day in words, perhaps with hours, its heading, what that says
    besides, and how long it was if that stands there: 7月4日（2小时）."""

    day: str
    title: str
    about: str
    length: str = ""


def day_columns(titles: Sequence[str], month: int | None = None) -> Mapping[int, DayHeading]:
    """The columns headed by days, by their place; `month` is that of days without one."""
    headings: dict[int, tuple[DayHeading, bool]] = {}
    bare = 0
    for place, title in enumerate(titles):
        match = _HEADING.fullmatch(_WEEKDAY.sub("", compact(_MIDNIGHT.sub("", title))))
        if match is None or header_key(match["under"] or "") in SERIALS:
            continue
        named = match["month"] or month_in([match["over"] or ""]) or month
        if not named or not 0 < int(named) <= 12 or not 0 < int(match["day"]) <= 31:
            continue
        bare += not match["month"] and "日" not in title
        headings[place] = _heading(match, int(named), title), _is_worded(title)
    least = _LEAST_BARE if bare else _LEAST_SHORT
    certain = any(is_worded for _, is_worded in headings.values()) and not bare
    if not headings or (len(headings) < least and not certain):
        return {}
    return {place: heading for place, (heading, _) in headings.items()}


def _heading(match: re.Match[str], month: int, title: str) -> DayHeading:
    """The heading of a day with what stands around it."""
    about = [match[one] or "" for one in ("over", "beside", "aside", "under")]
    texts = [text for one in about for text in _PARTS.split(one) if text]
    spans = (text for text in texts if (hours := hours_of(text)) and hours.minutes)
    lengths = (text for text in texts if not _NUMBER.fullmatch(text) and _is_length(text))
    day = f"{_words(match, month)} {next(spans, '')}".strip()
    return DayHeading(day, title, " ".join(texts), next(lengths, ""))


def _is_length(text: str) -> bool:
    return length_of(text, TimeUnit.UNSAID) is not None


def _is_worded(title: str) -> bool:
    return "月" in title or "日" in title


def are_lengths(texts: Sequence[str], days: Collection[int]) -> bool:
    """Whether a row right below headings of days says how long it was on each of them."""
    words = [texts[place] for place in days if place < len(texts) and texts[place]]
    others = [text for place, text in enumerate(texts) if text and place not in days]
    named = all(_TIME.fullmatch(compact(text)) for text in others)
    return bool(words) and named and all(_is_timed(text) for text in words)


def _is_timed(text: str) -> bool:
    hours = hours_of(text)
    is_length = not _NUMBER.fullmatch(text) and _is_length(text)
    return is_length or (hours is not None and hours.minutes is not None)


def below(titles: Sequence[str], texts: Sequence[str]) -> list[str]:
    """The headings with what a row right below says as their next level."""
    width = max(len(titles), len(texts))
    levels = zip(_wide(titles, width), _wide(texts, width), strict=True)
    return ["/".join(filter(None, one)) for one in levels]


def _wide(texts: Sequence[str], width: int) -> list[str]:
    return [*texts, *[""] * (width - len(texts))]


def _words(match: re.Match[str], month: int) -> str:
    year = match["year"] or ""
    if len(year) == 2:
        year = f"20{year}"
    return f"{year}年{month}月{int(match['day'])}日" if year else f"{month}月{int(match['day'])}日"
