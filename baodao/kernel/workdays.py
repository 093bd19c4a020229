"""On which days offices work in China: public holidays and the weekends that make up for them.

The State Council announces a year's holidays in the November before it; the package
`chinesecalendar` carries what is announced. In a year that it does not know yet Monday to Friday
are taken for working days.
"""

from datetime import date, timedelta

import chinese_calendar

SATURDAY = 5


def is_workday(day: date) -> bool:
    """Whether offices work on this civil date."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def workday_after(day: date, count: int) -> date:
    """The `count`-th working day after a civil date, which itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
