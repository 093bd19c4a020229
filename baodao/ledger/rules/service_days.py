"""The days of a service as tables write them: with weekdays, without a year, several, hours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from baodao.ledger.rules.days import years_before
from baodao.ledger.rules.durations import Uncertainty
from baodao.ledger.rules.spans import HoursServed, hours_of, tells_pause
from baodao.people.rules.dates import date_of
from baodao.spreadsheets.cells import Cell, plain_digits, text_of
from baodao.spreadsheets.headings import SIMPLE

_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?")
_WEEKDAYS = "一二三四五六日"
_CHINESE = re.compile(r"^[〇零○一二三四五六七八九十年月日号\s]+")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TEN = re.compile(r"([1-9]?)十([1-9]?)")
_WORDED = re.compile(
    r"(?:(?P<year>(?:20)?\d{2})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?"
)
_MARKED = re.compile(r"(?P<year>20\d{2})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_SHORT = re.compile(r"(?P<month>\d{1,2})\s*[./]\s*(?P<day>\d{1,2})(?![\d./])")
"""A month and a day that could be any number, where it is the month that the table names."""
_BARE = re.compile(
    r"(?P<day>\d{1,2})(?:\s*[日号]|(?=(?:\s*[-–—~～至到、,;和及]\s*\d{1,2})+\s*[日号])|"
    r"(?=(?:\s*[、,;和及]\s*\d{1,2})+\s*(?:[上中下]午|早上|晚上)?$)|$)"
)
"""A day without its month: 5日, 5-6日, 5、6, or 5 alone; 5-6 may be the sixth of May as well."""
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(?:年|[-./]\d{1,2}(?!\d))")
_MONTHS = re.compile(r"(?<!\d)((?:\d{1,2}\s*月?\s*[-–—~～至到、,和及]\s*)*\d{1,2})\s*月")
_MONTH_BEHIND = re.compile(r"(?<!\d)20\d{2}\s*[-./]\s*(\d{1,2})(?!\d)")
_CHINESE_MONTH = re.compile(
    r"[一二三四五六七八九十]{1,2}(?=月|[-至到、和及][一二三四五六七八九十]{1,2}月)"
)
_NO_HOUR = frozenset(["", "上午", "早上", "中午", "下午", "晚上", "全天", "00:00:00"])
_TOKENS = 3
"""Words among which the hours behind a day are looked for: 9:00 - 11:00."""
MOST_DAYS = 31
_NEXT = re.compile(
    r"\s*(?:[上中下]午|早上|晚上|全天)?\s*(?P<by>[-–—~～至到]+|[、,;和及])\s*"
    r"(?:(?P<year>20\d{2})\s*[-./年]\s*)?(?:(?P<month>\d{1,2})\s*[-./月]\s*)?"
    r"(?P<day>\d{1,2})(?:\s*[日号]|(?=[\s、,;和及上中下早晚]|$))"
)
"""One more day behind another: the end of a range, or the next of a list."""
_ANOTHER_DAY = re.compile(r"[-–—~～至到、,和及]\s*(?:20\d{2}\D|\d{1,2}\s*(?:[月日号]|$))")


@dataclass(frozen=True)
class ReadDay:
    """A day, the hours if they stand in the same cell, and what has to be answered before; `pause`
    is what stands there of a break and no hours: （午休2小时）."""

    on: date
    hours: HoursServed | None = None
    question: Uncertainty | None = None
    pause: str = ""


def day_of(cell: Cell, year: int | None, today: date, month: int | None = None) -> ReadDay | str:
    """The one day in a cell, or the kind of its fault: `day`, `day-month`, `weekday`, `days` or
    `began`."""
    days = days_of(cell, year, today, month)
    if isinstance(days, str):
        return days
    return days[0] if len(days) == 1 else "days"


def days_of(
    cell: Cell, year: int | None, today: date, month: int | None = None
) -> list[ReadDay] | str:
    """Every day in a cell, each with the hours behind the last, or the kind of its fault: `day`,
    `day-month` (it names no month), `weekday`, `days` (they do not follow one another) or `began`.

    `year` and `month` are those that the table names for days without; where it names no year the
    latest such day is asked about.
    """
    text = plain_digits(text_of(cell)).translate(SIMPLE)
    weekday = _WEEKDAY.search(text)
    text = _arabic(_WEEKDAY.sub(" ", text).strip())
    match = _WORDED.match(text) or _MARKED.match(text)
    if match is None:
        plain = date_of(cell)
        if plain and not plain.by_month:
            return [ReadDay(plain.on)]
        match = _in_month(cell, text, month)
    if match is None:
        return "day"
    if month is None and "month" not in match.groupdict():
        return "day-month"
    day = _day(match, year, month, today)
    if day is None:
        return "day"
    if weekday and _WEEKDAYS.index(weekday[1].replace("天", "日")) != day.on.weekday():
        return "weekday"
    every, end = _following(day.on, text, match.end())
    last = _with_hours(day, text[end:].strip()) if every else "days"
    return last if isinstance(last, str) else [replace(last, on=on) for on in every]


def _in_month(cell: Cell, text: str, month: int | None) -> re.Match[str] | None:
    """A day that only the month of the table makes one: 5日, 5-6日, 5, and 7.5 in July if it is no
    number, which would have lost the last zero of 7.10."""
    short = _SHORT.match(text) if isinstance(cell, str) else None
    return short if short and int(short["month"]) == month else _BARE.match(text)


def day_phrase(text: str) -> str:
    """The part of a text that tells days, with the hours right behind them; "" where none does."""
    plain = _arabic(_WEEKDAY.sub(" ", plain_digits(text_of(text))))
    match = _MARKED.search(plain) or _WORDED.search(plain)
    if match is None:
        return ""
    end = match.end()
    while another := _NEXT.match(plain, end):
        end = another.end()
    words = plain[end:].replace(" (", "(").split()
    hours = (" ".join(words[:count]) for count in range(_TOKENS, 0, -1))
    behind = next((one for one in hours if hours_of(one)), "")
    return f"{plain[match.start() : end]} {behind}".strip()


def _following(first: date, text: str, end: int) -> tuple[list[date], int]:
    """The day and those that stand behind it, none if they do not follow one another; and where
    the text goes on."""
    days = [first]
    while match := _NEXT.match(text, end):
        last, month = days[-1], int(match["month"] or days[-1].month)
        year = int(match["year"] or last.year + (month < last.month))
        on = _date(year, month, int(match["day"]))
        if on is None or on <= last or (on - first).days >= MOST_DAYS:
            return [], end
        gap = 1 if match["by"] not in "、,;和及" else (on - last).days
        days += [last + timedelta(count) for count in range(gap, (on - last).days + 1, gap)]
        end = match.end()
    return days, end


def year_in(texts: Iterable[str]) -> int | None:
    """The one year that these texts name; None when they name none or several."""
    plain = (_arabic(plain_digits(text)) for text in texts)
    years = {int(year) for text in plain for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def month_in(texts: Iterable[str]) -> int | None:
    """The one month that these texts name; None when they name none or several."""
    months: set[int] = set()
    for text in texts:
        plain = _CHINESE_MONTH.sub(lambda match: _figures(match[0]), plain_digits(text))
        months |= {int(one) for some in _MONTHS.findall(plain) for one in re.findall(r"\d+", some)}
        months |= {int(month) for month in _MONTH_BEHIND.findall(plain)}
    return months.pop() if len(months) == 1 and min(months) in range(1, 13) else None


def _day(match: re.Match[str], year: int | None, month: int | None, today: date) -> ReadDay | None:
    parts = match.groupdict()
    month, day = int(parts.get("month") or month or 0), int(match["day"])
    if own := parts.get("year"):
        year = int(own) + (2000 if len(own) == 2 else 0)
    if year is None:
        on = _latest(month, day, today)
        return ReadDay(on, question=Uncertainty.NO_YEAR) if on else None
    on = _date(year, month, day)
    return ReadDay(on) if on else None


def _latest(month: int, day: int, today: date) -> date | None:
    on = _date(today.year, month, day)
    return on if on is None or on <= today else years_before(on, 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_hours(day: ReadDay, rest: str) -> ReadDay | str:
    """The day with the hours that stand behind it."""
    if _ANOTHER_DAY.match(rest):
        return "days"
    rest = rest.strip(" ,，、T")
    if rest in _NO_HOUR:
        return day
    is_aside = rest.startswith("(") and rest.endswith(")")
    if hours := hours_of(rest.strip("()") if is_aside and rest.count("(") == 1 else rest):
        return replace(day, hours=hours)
    if tells_pause(rest):
        return replace(day, pause=rest) if is_aside else "began"
    return day if is_aside else "began"


def _arabic(text: str) -> str:
    """A day in Chinese numerals at the beginning of a text, in figures."""
    return _CHINESE.sub(lambda match: _figures(match[0]), text)


def _figures(text: str) -> str:
    """Chinese numerals of a day or month in figures."""
    plain = text.translate(_DIGITS)
    return _TEN.sub(lambda ten: f"{ten[1] or '1'}{ten[2] or '0'}", plain)
