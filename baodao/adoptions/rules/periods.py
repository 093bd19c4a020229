"""The periods of an adopted policy: which there are, when what is said of one is settled, and on
which days something changes by time alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.policies.rules import checks
from baodao.policies.rules.grammar import Bound, Keep, RuleSet, Window, WindowSpan
from baodao.policies.rules.windows import DAY, Days, block, months_later, period_days

WHOLE = frozenset(
    {
        WindowSpan.WEEK,
        WindowSpan.TEN_DAYS,
        WindowSpan.MONTH,
        WindowSpan.QUARTER,
        WindowSpan.HALF_YEAR,
        WindowSpan.YEAR,
        WindowSpan.CYCLE,
    }
)
"""Periods that follow each other; the others have one that goes on."""
MOVING = frozenset({WindowSpan.ROLLING, WindowSpan.JOINING})
"""Windows that end for each person, or for each day, on another day."""
MOST_PERIODS = 400


@dataclass(frozen=True)
class AdoptedTime:
    """The first day of an adoption, its last, and for how many days after a period what was done in
    it and recorded late still counts."""

    from_on: date
    until_on: date | None
    settle_days: int = 0

    def holds(self, day: date) -> bool:
        """Whether the policy is in force on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def has_periods(rules: RuleSet) -> bool:
    """Whether the policy looks at one period after the other."""
    return rules.period.span in WHOLE


def period_at(rules: RuleSet, day: date) -> Days:
    """The period in which a day lies; of a policy without periods all its time from that day."""
    if has_periods(rules):
        return period_days(rules.period, day, None)
    return Days(day, date.max)


def check_adopted_time(rules: RuleSet, from_on: date, until_on: date | None, today: date) -> None:
    """Refuse what would judge by a policy what was over before it was adopted, and what begins or
    ends in the middle of a period, of which two policies would speak then."""
    present = period_at(rules, today)
    if from_on < present.first:
        raise Refused(
            "adoption.past",
            gettext_noop(
                "A policy is not applied to what is over. The earliest day is %(day)s, the first "
                "of the present period."
            ),
            day=present.first,
        )
    first = period_at(rules, from_on).first
    if from_on != first:
        raise Refused(
            "adoption.first-day",
            gettext_noop(
                "The policy looks at whole periods, so it begins with one. That of this day begins "
                "on %(day)s."
            ),
            day=first,
        )
    if until_on is not None:
        check_last_day(rules, from_on, until_on, today)


def check_last_day(rules: RuleSet, from_on: date, until_on: date, today: date) -> None:
    """Refuse an end before the beginning, in the past, or in the middle of a period."""
    if until_on < from_on or until_on < today:
        raise Refused(
            "adoption.last-day-past",
            gettext_noop("The last day lies neither in the past nor before the first day."),
        )
    last = period_at(rules, until_on).last
    if has_periods(rules) and until_on != last:
        raise Refused(
            "adoption.last-day",
            gettext_noop(
                "The policy looks at whole periods, so it ends with one. That of this day ends on "
                "%(day)s."
            ),
            day=last,
        )


def settles_on(rules: RuleSet, period: Days, time: AdoptedTime) -> date:
    """The day on which what is said of a period is settled: late records count up to it, and who
    was given more time has it."""
    last = period.last
    if last == date.max:
        return time.until_on + timedelta(days=time.settle_days) if time.until_on else last
    if rules.outcome.extension:
        last = months_later(last, rules.outcome.extension.months)
    return last + timedelta(days=time.settle_days)


def open_periods(rules: RuleSet, time: AdoptedTime, day: date) -> Iterator[Days]:
    """The periods of an adoption that have begun by the day and are not settled before it."""
    if not has_periods(rules):
        whole = Days(time.from_on, date.max)
        if time.from_on <= day <= settles_on(rules, whole, time):
            yield whole
        return
    first = time.from_on
    for _ in range(MOST_PERIODS):
        period = period_at(rules, first)
        if period.first > day or not time.holds(period.first):
            return
        if day <= settles_on(rules, period, time):
            yield period
        first = period.last + DAY


def changes_by_time(rules: RuleSet, before: date, day: date) -> bool:
    """Whether time alone can change what the policy says between the ends of two days: because one
    of its windows ended, or moves."""
    if day <= before:
        return False
    spans, days = _spans(rules), _dated(rules)
    if spans & MOVING:
        return True
    if any(before < one <= day for year in {before.year, day.year} for one in _on(days, year)):
        return True
    windows = [one for one in _windows(rules) if one.span is WindowSpan.CYCLE]
    # what ends on the last day of a window is known at the end of that day
    if any(_ends(window, before, day) for window in windows):
        return True
    plain = spans & WHOLE - {WindowSpan.CYCLE}
    return any(block(span, before + DAY).last <= day for span in plain)


def _ends(window: Window, before: date, day: date) -> bool:
    return period_days(window, before + DAY, None).last <= day


def _windows(rules: RuleSet) -> list[Window]:
    nested = [one for one in checks.nodes_in(rules) if isinstance(one, Window)]
    return [rules.period, *nested]


def _spans(rules: RuleSet) -> set[WindowSpan]:
    spans = {one.span for one in _windows(rules)}
    for node in checks.nodes_in(rules):
        if isinstance(node, Bound | Keep) and node.every:
            spans.add(node.every)
    if rules.outcome.extension:
        spans.add(WindowSpan.MONTH)
    return spans


def _dated(rules: RuleSet) -> set[str]:
    return {one.by for one in checks.nodes_in(rules) if isinstance(one, Bound) and one.by}


def _on(days: set[str], year: int) -> Iterator[date]:
    for text in days:
        month, day = (int(one) for one in text.split("-"))
        yield date(year, month, min(day, 28) if month == 2 else day)
