"""How a series returns: every week, every other week, on a weekday or a day of the month."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code

WEEK = timedelta(weeks=1)
LAST = 5
"""A fifth weekday of a month is its last: not every month has five."""


class SeriesRhythm(Code):
    """每周, 隔周, 每月第几个星期几, 每月几日; which weekday or day the first date says."""

    WEEK = "week", gettext_noop("Every week")
    FORTNIGHT = "fortnight", gettext_noop("Every other week")
    WEEKDAY = (
        "weekday",
        gettext_noop("Every month on the same weekday, such as the second Saturday"),
    )
    DAY = "day", gettext_noop("Every month on the same day")


def days_of(rhythm: str, first_on: date, until_on: date) -> Iterator[date]:
    """The days of a series, the first of them first."""
    on, number = first_on, 0
    while on <= until_on:
        yield on
        number += 1
        on = _next(rhythm, first_on, number)


def _next(rhythm: str, first_on: date, number: int) -> date:
    """The day of the `number`-th date after the first."""
    if rhythm == SeriesRhythm.WEEK:
        return first_on + number * WEEK
    if rhythm == SeriesRhythm.FORTNIGHT:
        return first_on + number * 2 * WEEK
    months = first_on.year * 12 + first_on.month - 1 + number
    first = date(months // 12, months % 12 + 1, 1)
    length = monthrange(first.year, first.month)[1]
    if rhythm == SeriesRhythm.DAY:
        return first.replace(day=min(first_on.day, length))
    day = (first_on.weekday() - first.weekday()) % 7 + 1 + (turn_of(first_on) - 1) * 7
    return first.replace(day=day if day <= length else day - 7)


def turn_of(on: date) -> int:
    """Which of its weekday a day is in its month: the first, second and so on, where the fifth
    stands for the last."""
    return (on.day - 1) // 7 + 1
