"""Dates such as 7/4/2026 and 26.7.4, of which the whole column tells where day and month stand."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self


class DateForm(StrEnum):
    """How such a date is written: the year in full behind day and month, or in two digits."""

    YEAR_LAST = "long"
    TWO_DIGITS = "short"


class DateOrder(StrEnum):
    """What of a date stands first."""

    YEAR_FIRST = "year"
    DAY_FIRST = "day"
    MONTH_FIRST = "month"


Readings = dict[DateOrder, date]
FORMS = {
    DateForm.YEAR_LAST: re.compile(
        r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([12][0-9]{3})[日号]?"
    ),
    DateForm.TWO_DIGITS: re.compile(
        r"['’]?([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})[日号]?"
    ),
}
CENTURIES = (2000, 1900)


def form_of(text: str) -> DateForm | None:
    """In which of these forms a date is written, if it is."""
    return next((form for form, pattern in FORMS.items() if pattern.fullmatch(text)), None)


def readings(text: str, today: date, known: date | None = None) -> Readings:
    """What a date may be, by what stands first in it; no day that is to come.

    Of a year in two digits the latest is meant, or that of the day which is `known`.
    """
    every: Readings = {}
    for order, years, month, day in _parts(text):
        days = [on for year in years if (on := _day(year, month, day)) and on <= today]
        if days:
            every[order] = known if known in days else days[0]
    return every


@dataclass(frozen=True)
class DateColumn:
    """The dates of one form in a column: the first in which its `orders` differ as `text`, and all
    orders in which every one of them is a date. `choice` is what somebody said (`is_said`), or the
    one order that fits the table; where all orders make the same days it `tells` nothing."""

    form: DateForm
    text: str
    orders: Readings
    is_said: bool = False
    tells: bool = True
    choice: DateOrder | None = None

    @property
    def order(self) -> DateOrder | None:
        """What stands first, if that is certain."""
        return self.choice or (next(iter(self.orders)) if len(self.orders) == 1 else None)


def packed_dates(column: DateColumn) -> dict[str, Any]:
    """How dates of a form are read, or may be read, as the report of a file keeps it."""
    return {
        "form": column.form.value,
        "text": column.text,
        "orders": {order.value: on.isoformat() for order, on in column.orders.items()},
        "order": column.order and column.order.value,
        "is_said": column.is_said,
        "tells": column.tells,
    }


@dataclass(frozen=True)
class DateColumns:
    """How the dates of one table are read whose order is not certain by themselves."""

    today: date = date.min
    forms: Mapping[DateForm, DateColumn] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        cells: Iterable[tuple[str, date | None]],
        today: date,
        answers: Mapping[str, str],
        fits: Callable[[date], object] = bool,
    ) -> Self:
        """Those of these cells, each with the day that it must be if one is known. Days that `fits`
        the table are meant before others; `answers` say of a form what stands first."""
        groups: dict[DateForm, list[tuple[str, Readings]]] = {}
        for text, known in cells:
            if form := form_of(text):
                every = readings(text, today, known)
                if known is not None:
                    every = {order: on for order, on in every.items() if on == known}
                groups.setdefault(form, []).append((text, every))
        columns = (_column(form, group, answers, fits) for form, group in groups.items())
        return cls(today, {one.form: one for one in columns})

    def days(self, text: str) -> list[date]:
        """The days that a cell may be, one if it is certain."""
        column = self.forms.get(form) if (form := form_of(text)) else None
        if column is None:
            return []
        every = readings(text, self.today)
        orders = [column.order] if column.order else column.orders
        return list(dict.fromkeys(every[order] for order in orders if order in every))

    def read(self, text: str, known: date | None = None) -> date | None:
        """The day that a cell is for certain."""
        column = self.forms.get(form) if (form := form_of(text)) else None
        if column is None or column.order is None:
            return None
        return readings(text, self.today, known).get(column.order)


NO_DATES = DateColumns()


def _column(
    form: DateForm,
    group: list[tuple[str, Readings]],
    answers: Mapping[str, str],
    fits: Callable[[date], object],
) -> DateColumn:
    common = [order for order in DateOrder if all(order in every for _, every in group)]
    fitting = [order for order in common if all(fits(every[order]) for _, every in group)]
    likely = fitting[0] if len(fitting) == 1 else None
    common = fitting if len(fitting) > 1 else common
    text, first = next(
        ((text, every) for text, every in group if len({every[one] for one in common}) > 1),
        group[0],
    )
    is_same = len(common) > 1 and len({first[order] for order in common}) == 1
    common = common[:1] if is_same else common
    orders = {order: first[order] for order in common}
    answer = answers.get(form)
    choice = next((order for order in common if order == answer), None)
    is_said = choice is not None and len(common) > 1
    return DateColumn(form, text, orders, is_said, not is_same, choice if is_said else likely)


def _parts(text: str) -> Iterator[tuple[DateOrder, tuple[int, ...], int, int]]:
    """Each order with the years, the month and the day that it makes of a text."""
    form = form_of(text)
    match = FORMS[form].fullmatch(text) if form else None
    if match is None:
        return
    first, second, third = match[1], match[3], match[4]
    if form is DateForm.TWO_DIGITS and len(first) == 2:
        yield DateOrder.YEAR_FIRST, _years(first), int(second), int(third)
    if len(third) > 1:
        yield DateOrder.DAY_FIRST, _years(third), int(second), int(first)
        yield DateOrder.MONTH_FIRST, _years(third), int(first), int(second)


def _years(text: str) -> tuple[int, ...]:
    if len(text) > 2:
        return (int(text),)
    return tuple(century + int(text) for century in CENTURIES)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
