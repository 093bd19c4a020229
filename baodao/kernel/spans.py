"""Quarters, half-years and years: which one a day lies in, which was before, which one is due."""

from datetime import date, timedelta
from enum import StrEnum

from baodao.kernel import clock
from baodao.kernel.moments import FIRST_YEAR, AsOf, Period, read_period


class PeriodSpan(StrEnum):
    """How long a period is, by the letter of its text."""

    QUARTER = "Q"
    HALF = "H"
    YEAR = "Y"


_MONTHS = {PeriodSpan.QUARTER: 3, PeriodSpan.HALF: 6, PeriodSpan.YEAR: 12}
_LEAD = {PeriodSpan.QUARTER: 1, PeriodSpan.HALF: 2, PeriodSpan.YEAR: 2}
"""In so many last months of a period what is told of it is written already."""


def period_at(span: PeriodSpan, day: date) -> Period:
    """The period of a span in which a day lies."""
    text = str(day.year)
    if span is not PeriodSpan.YEAR:
        text += f"-{span}{(day.month - 1) // _MONTHS[span] + 1}"
    return read_period(text, AsOf(clock.end_of(day), day))


def period_before(span: PeriodSpan, period: Period) -> Period:
    """The period before one, of the same span."""
    return period_at(span, period.first - timedelta(days=1))


def due_period(span: PeriodSpan, day: date) -> Period:
    """The period that is to be told of on a day: the present one in its last months, else the one
    before; the present one where no year before it can be read."""
    here = period_at(span, day)
    if here.last.month - day.month < _LEAD[span] or here.first == date(FIRST_YEAR, 1, 1):
        return here
    return period_before(span, here)
