"""Of which period a report tells, and until when it is in time."""

import re
from datetime import date

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.kernel.spans import PeriodSpan, due_period, period_at, period_before

_FORMS = {
    PeriodSpan.QUARTER: (r"20\d\d-Q[1-4]", "2026-Q1"),
    PeriodSpan.HALF: (r"20\d\d-H[12]", "2026-H1"),
    PeriodSpan.YEAR: (r"20\d\d", "2026"),
}


def check_period(span: PeriodSpan, text: str, on: date) -> Period:
    """The period that an address or a form names; refused where it is none of the span, or not
    begun."""
    pattern, sample = _FORMS[span]
    period = read_period(text, AsOf(clock.end_of(on), on))
    if not re.fullmatch(pattern, text):
        raise Refused(
            "report.period",
            gettext_noop("This report is about a period such as %(sample)s."),
            sample=sample,
        )
    if period.first > on:
        raise Refused("report.period-ahead", gettext_noop("This period has not begun yet."))
    return period


def check_existed(span: PeriodSpan, period: Period, opened_on: date, on: date) -> None:
    """Refuse a period that was over before its writer stood in the tree, from which day on
    it is counted; the one that is due on a day is written by everybody, also in the first weeks."""
    if period.last < min(opened_on, due_period(span, on).first):
        raise Refused(
            "report.before-writer",
            gettext_noop("Nothing was counted in this period: it ended before %(day)s."),
            day=opened_on,
        )


def period_shown(span: PeriodSpan, text: str, on: date) -> Period:
    """The period that a page names; the one due where it names none, or one of another span, as
    when another kind of report is chosen on it. Refused where it is no period at all."""
    if text and not re.fullmatch(_FORMS[span][0], text):
        read_period(text, AsOf(clock.end_of(on), on))
        text = ""
    return check_period(span, text, on) if text else due_period(span, on)


def periods_to_choose(span: PeriodSpan, day: date, count: int = 4) -> list[Period]:
    """The latest periods of a span that have begun, the latest first."""
    periods = [period_at(span, day)]
    while len(periods) < count:
        periods.append(period_before(span, periods[-1]))
    return periods
