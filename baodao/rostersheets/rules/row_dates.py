"""The dates of one row: read once for each different cell, and held against the ID number."""

import re
from datetime import date

from baodao.people.rules.dates import ReadDate, date_of
from baodao.people.rules.periods import able_from
from baodao.spreadsheets.cells import UNSAID, Cell, note_of, text_of

UNREADABLE = ReadDate(date.min)
LONGEST = 40
ACT = re.compile("(?:加?入党|转正|退休|参加工作)$")
"""What happened on a day, behind it: 2005.7.1入党."""


def read_date(cell: Cell) -> ReadDate | None:
    """The date in a cell, None for an empty one, `UNREADABLE` for what is no date for sure."""
    text = note_of(cell, LONGEST)
    if not text or text in UNSAID:
        return None
    read = date_of(cell)
    if read is None and isinstance(cell, str):
        read = date_of(ACT.sub("", text_of(cell)))
    return read or UNREADABLE


def may_be_month(cell: Cell, day: date) -> bool:
    """Whether a number such as 1980.1, January or October without its zero, can be of that day."""
    return isinstance(cell, float) and cell == round(day.year + 0.1, 1) and day.month in (1, 10)


def is_same_day(read: ReadDate, day: date) -> bool:
    """Whether both are one day, or one month where no day was given."""
    on = read.on
    same_month = on.month == day.month and on.year == day.year
    return same_month and (read.by_month or on.day == day.day)


def in_order(
    born_on: date | None,
    born: ReadDate | None,
    joined: ReadDate | None,
    full: ReadDate | None,
    today: date,
) -> bool:
    """Whether the dates of a row agree with the ID number and with each other, and the person is
    of age."""
    if born_on is None or (born is not None and not is_same_day(born, born_on)):
        return False
    if able_from(born_on, None) > today:
        return False
    earliest = joined.on if joined else born_on
    return born_on <= earliest <= today and (full is None or earliest <= full.on <= today)
