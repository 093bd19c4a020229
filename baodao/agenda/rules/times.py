"""When somebody is free and when an offer is, as halves of the days of a week.

A day off by the table of holidays is like a weekend, a Saturday that makes up for one like a
working day.
"""

import re
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import product

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.kernel.workdays import is_workday
from baodao.people.rules.choices import FREE_TIMES

PIECES = re.compile(r"[、，,；;。/\s]+|和|或|及")
DAYS = "一二三四五六日"
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
SPAN = re.compile(
    r"(?:周|星期|礼拜)?([一二三四五六日天])(?:至|到|-|—|~|～)(?:周|星期|礼拜)?([一二三四五六日天])"
)
WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
HOUR = re.compile(r"(\d{1,2})[:：点时]")
LEAST = timedelta(hours=1)
"""A part of an offer shorter than this does not ask for another half of the day."""


class Half(IntEnum):
    """A part of a day, until an hour."""

    MORNING = 12
    AFTERNOON = 18
    EVENING = 24


HALVES = {
    "上午": (Half.MORNING,), "早上": (Half.MORNING,), "中午": (Half.MORNING, Half.AFTERNOON),
    "下午": (Half.AFTERNOON,), "晚": (Half.EVENING,), "夜": (Half.EVENING,),
    "下班后": (Half.EVENING,),
}  # fmt: skip
EVERY_DAY = WORKDAYS | WEEKEND
DAY_WORDS = {
    "周末": WEEKEND, "双休": WEEKEND, "节假日": WEEKEND, "假日": WEEKEND,
    "工作日": WORKDAYS, "平时": WORKDAYS, "平日": WORKDAYS, "下班后": WORKDAYS,
    "每晚": EVERY_DAY, "每天": EVERY_DAY, "每日": EVERY_DAY, "随时": EVERY_DAY,
}  # fmt: skip

Slot = tuple[int, Half]
Slots = frozenset[Slot]
"""Halves of days; Monday is 0."""

FREE_AT = {
    (True, Half.MORNING): gettext_noop("free on weekday mornings"),
    (True, Half.AFTERNOON): gettext_noop("free on weekday afternoons"),
    (True, Half.EVENING): gettext_noop("free on weekday evenings"),
    (True, None): gettext_noop("free on weekdays"),
    (False, None): gettext_noop("free at weekends"),
}


def slots_in(text: str) -> Slots:
    """The halves that a text names, piece by piece: 周六上午 one, 周末 six."""
    pieces = PIECES.split(text)
    return frozenset(
        (day, half)
        for piece in pieces
        for day in _days_in(piece)
        for half in _halves_in(piece) or tuple(Half)
    )


def free_at(free: Slots, starts_at: datetime | None, ends_at: datetime | None, when: str) -> str:
    """That somebody with these halves is free at an offer, as a message id: at its hours, else at
    the words that say when it serves. Empty where they are not, or nothing is known."""
    if not free:
        return ""
    for days, halves in _wishes(starts_at, ends_at, when):
        for day in sorted(days):
            if halves and all((day, half) in free for half in halves):
                weekday = day in WORKDAYS
                half = halves[0] if weekday and len(halves) == 1 else None
                return FREE_AT[weekday, half]
    return ""


def slots_of(starts_at: datetime | None, ends_at: datetime | None, when: str) -> Slots:
    """The halves at which an offer asks for people: by its hours, else by the words that say when
    it serves."""
    return frozenset(
        (day, half)
        for days, halves in _wishes(starts_at, ends_at, when)
        for day in days
        for half in halves
    )


def cells(slots: Slots) -> frozenset[str]:
    """The cells of the table of free times in which these halves lie, such as 周末上午."""
    return frozenset(_CELLS[day in WORKDAYS, half] for day, half in slots)


_CELLS = dict(zip(product((True, False), Half), FREE_TIMES.words, strict=True))


def _wishes(
    starts_at: datetime | None, ends_at: datetime | None, when: str
) -> list[tuple[frozenset[int], tuple[Half, ...]]]:
    """On which days, any of which will do, in which halves, all of them."""
    if starts_at is None:
        halves = _halves_in(when) or tuple(Half)
        return [(days, halves) for days in map(_days_in, PIECES.split(when)) if days]
    begins = clock.local(starts_at)
    works = is_workday(begins.date())
    if works == (begins.weekday() in WORKDAYS):
        days = frozenset({begins.weekday()})
    else:
        days = WORKDAYS if works else WEEKEND
    return [(days, _halves_between(begins, clock.local(ends_at) if ends_at else begins))]


def _halves_between(begins: datetime, ends: datetime) -> tuple[Half, ...]:
    """The half in which it begins, and those of the same day of which it takes an hour."""
    midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    halves = []
    start = midnight
    for half in Half:
        end = midnight + timedelta(hours=int(half))
        if start <= begins < end or min(ends, end) - max(begins, start) >= LEAST:
            halves.append(half)
        start = end
    return tuple(halves)


def _halves_in(words: str) -> tuple[Half, ...]:
    named = {half for word, halves in HALVES.items() if word in words for half in halves}
    if not named and (hour := HOUR.search(words)):
        named = {next((half for half in Half if int(hour[1]) < half), Half.EVENING)}
    return tuple(half for half in Half if half in named)


def _days_in(words: str) -> frozenset[int]:
    days = {day for word, days in DAY_WORDS.items() if word in words for day in days}
    days |= {DAYS.index(day.replace("天", "日")) for day in WEEKDAY.findall(words)}
    for first, last in SPAN.findall(words):
        one, other = (DAYS.index(day.replace("天", "日")) for day in (first, last))
        days |= set(range(one, other + 1))
    return frozenset(days)
