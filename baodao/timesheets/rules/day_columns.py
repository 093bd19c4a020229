"""Days that head columns of their own: people down, days across, the hours in the cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baodao.ledger.rules.service_days import month_in
from baodao.spreadsheets.cells import compact

_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_MIDNIGHT = re.compile(r"\s00:00(?::00)?$")
"""What Excel writes behind a day that is a date."""
_HEADING = re.compile(
    r"(?:(?P<over>[^/]*[^\d/][^/]*)/)??"
    r"(?:(?:(?P<year>20\d{2}|\d{2})[-.年]/?)?(?P<month>\d{1,2})(?:[-./]|月份?/?))?"
    r"(?P<day>\d{1,2})[日号]?(?:/(?P<under>.*))?"
)
_LEAST_BARE = 3
"""So many columns of running numbers are days, where the month stands above them."""
_LEAST_SHORT = 2
"""So many columns headed 7.4 or 7/4 are days; one alone may be anything."""


@dataclass(frozen=True)
class DayHeading:
    """A column of one day: the day in words, its heading, and what that says besides the day."""

    day: str
    title: str
    about: str


def day_columns(titles: Sequence[str], month: int | None = None) -> Mapping[int, DayHeading]:
    """The columns headed by days, by their place; `month` is that of days without one."""
    headings: dict[int, tuple[DayHeading, bool]] = {}
    bare = 0
    for place, title in enumerate(titles):
        match = _HEADING.fullmatch(_WEEKDAY.sub("", compact(_MIDNIGHT.sub("", title))))
        if match is None:
            continue
        named = match["month"] or month_in([match["over"] or ""]) or month
        if not named or not 0 < int(named) <= 12 or not 0 < int(match["day"]) <= 31:
            continue
        bare += not match["month"] and "日" not in title
        about = " ".join(filter(None, (match["over"], match["under"])))
        headings[place] = DayHeading(_words(match, int(named)), title, about), _is_worded(title)
    least = _LEAST_BARE if bare else _LEAST_SHORT
    certain = any(is_worded for _, is_worded in headings.values()) and not bare
    if not headings or (len(headings) < least and not certain):
        return {}
    return {place: heading for place, (heading, _) in headings.items()}


def _is_worded(title: str) -> bool:
    return "月" in title or "日" in title


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
