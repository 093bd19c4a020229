"""Days: which ones a window has, how it is cut into weeks or months, for how many one was there."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from baodao.kernel.phrases import Number
from baodao.policies.rules.deeds import Spell, SubjectFacts
from baodao.policies.rules.grammar import Joining, Population, Relief, Window, WindowSpan

DAY = timedelta(days=1)
EVER, NEVER = date(1900, 1, 1), date(2999, 12, 31)
SHORT = 31
"""Days up to which a window is asked as a whole or not at all, and not by months."""

MONTHS = {WindowSpan.MONTH: 1, WindowSpan.QUARTER: 3, WindowSpan.HALF_YEAR: 6, WindowSpan.YEAR: 12}


class Days(NamedTuple):
    """From the first to the last day, both included; `last` before `first` holds none."""

    first: date
    last: date

    def __len__(self) -> int:
        return max(0, self.last.toordinal() - self.first.toordinal() + 1)

    def overlap(self, first: date, last: date | None) -> "Days":
        """Those that lie between two days as well."""
        return Days(max(self.first, first), min(self.last, last or NEVER))


@lru_cache(maxsize=4096)
def months_later(day: date, months: int) -> date:
    """The day so many months later or earlier, the last of a shorter month instead of none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not EVER.year <= year <= NEVER.year:
        return NEVER if months > 0 else EVER
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


@lru_cache(maxsize=4096)
def block(span: WindowSpan, day: date) -> Days:
    """The week from Monday, the ten days (旬), the month, quarter, half-year or year in which a day
    lies. The last ten days of a month end with it."""
    if span is WindowSpan.WEEK:
        first = day - timedelta(days=day.weekday())
        return Days(first, first + timedelta(days=6))
    if span is WindowSpan.TEN_DAYS:
        first = day.replace(day=(1, 11, 21)[min((day.day - 1) // 10, 2)])
        return Days(first, first + 9 * DAY if first.day < 21 else _month_end(day))
    length = MONTHS[span]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    return Days(first, months_later(first, length) - DAY)


@lru_cache(maxsize=1024)
def blocks(span: WindowSpan, days: Days) -> tuple[Days, ...]:
    """The weeks, months … of a period, in their order. One across its edge belongs to the period
    that has most of its days; of several halves to the one that has the middle."""
    rows, day = [], block(span, days.first).first
    while day <= days.last:
        one = block(span, day)
        middle = one.first + timedelta(days=(len(one) - 1) // 2)
        if days.first <= middle <= days.last:
            rows.append(one)
        day = one.last + DAY
    return tuple(rows)


@lru_cache(maxsize=4096)
def until_day(days: Days, month_day: str) -> Days:
    """The window cut at a day of its year, such as 06-30; 02-29 is the 28th in other years."""
    month, day = (int(one) for one in month_day.split("-"))
    year = days.first.year
    if (days.first.month, days.first.day) > (month, day):
        year += 1
    last = date(year, month, min(day, monthrange(year, month)[1]))
    return Days(days.first, min(days.last, last))


def window_days(window: Window, period: Days, day: date, began_on: date | None) -> Days:
    """The days of a window as of a day, within the period that is looked at."""
    if window.span is WindowSpan.PERIOD:
        return period
    if window.span is WindowSpan.LIFETIME:
        return Days(EVER, period.last)
    if window.span is WindowSpan.JOINING:
        first = began_on or period.first
        return Days(first, months_later(first, window.months or 12) - DAY)
    return _dated_days(window, min(max(day, period.first), period.last))


@lru_cache(maxsize=4096)
def _dated_days(window: Window, day: date) -> Days:
    if window.span is WindowSpan.ROLLING:
        if window.days:
            return Days(day - timedelta(days=window.days - 1), day)
        return Days(months_later(day, -(window.months or 12)) + DAY, day)
    if window.span is WindowSpan.CYCLE:
        first, length = window.start or date(day.year, 1, 1), window.months or 12
        months = (day.year - first.year) * 12 + day.month - first.month
        number = (months - (months_later(first, months) > day)) // length
        return Days(
            months_later(first, number * length), months_later(first, (number + 1) * length) - DAY
        )
    return block(window.span, day)


def period_days(window: Window, day: date, began_on: date | None) -> Days:
    """The period in which a day lies."""
    return window_days(window, Days(EVER, NEVER), day, began_on)


def period_before(window: Window, period: Days, began_on: date | None) -> Days:
    """The period before one; none for a time from joining and for all the time."""
    if window.span in (WindowSpan.JOINING, WindowSpan.LIFETIME) or period.first <= EVER:
        return Days(EVER, EVER - DAY)
    return period_days(window, period.first - DAY, began_on)


def is_member(facts: SubjectFacts, population: Population, days: Days) -> bool:
    """Whether the policy applies to the subject on any of these days."""
    if not facts.spells:
        return True
    return any(
        one.from_on <= days.last and (one.until is None or one.until >= days.first)
        for one in facts.spells
        if _is_of(one, population)
    )


def _is_of(spell: Spell, population: Population) -> bool:
    """Whether who stands so belongs to the population."""
    if population.standing and spell.standing not in population.standing:
        return False
    if population.grade and spell.grade not in population.grade:
        return False
    return not population.group or spell.group in population.group


def _own_spells(facts: SubjectFacts, population: Population, days: Days) -> list[Days]:
    """The parts of the days on which the subject belongs to the population."""
    rows = []
    for one in facts.spells:
        if _is_of(one, population):
            part = days.overlap(one.from_on, one.until)
            if part.first <= part.last:
                rows.append(part)
    return _joined(rows) if len(rows) > 1 else rows


def _joined(rows: list[Days]) -> list[Days]:
    """Times one after the other as one: who only moved to another branch was there throughout."""
    joined: list[Days] = []
    for one in sorted(rows):
        if joined and one.first.toordinal() <= joined[-1].last.toordinal() + 1:
            joined[-1] = Days(joined[-1].first, max(joined[-1].last, one.last))
        else:
            joined.append(one)
    return joined


def entered_within(facts: SubjectFacts, days: Days) -> date | None:
    """The day within these days on which a list that tells no day of joining first brought a
    member; None for anybody else, also for who came on the first of them: all of it is asked."""
    day = facts.entered_on
    return day if day and EVER < days.first < day <= days.last else None


def share_asked(facts: SubjectFacts, population: Population, days: Days) -> Number:
    """Which part of what a window asks is asked of the subject: 1 the whole, 0 nothing.

    A window of more than 31 days goes by its months: one counts when the subject was there, and not
    exempt, for half of its days. A shorter one is asked as a whole or not at all. Of what was over
    before anybody wrote the subject down, nothing is asked.
    """
    if facts.joined_on is not None and days.last < facts.joined_on:
        return 0
    if not facts.exempt and _is_whole(facts.spells, population, days):
        return 1
    spells = _own_spells(facts, population, days) if facts.spells else [days]
    first = min((one.first for one in spells), default=NEVER)
    if population.joining is Joining.NEXT and first > days.first:
        return 0
    if population.joining is Joining.WHOLE and spells:
        spells = [days]
    reliefs = [days.overlap(one.from_on, one.until) for one in facts.exempt]
    reliefs = [one for one in reliefs if one.first <= one.last]
    if population.exempt is Relief.IGNORE:
        reliefs = []
    if population.exempt is Relief.EXCUSE and reliefs:
        return 0
    if not reliefs and len(spells) == 1:
        return 1 if spells[0] == days else _share_of_one(days, spells[0])
    return _share(days, spells, reliefs)


def _is_whole(spells: Sequence[Spell], population: Population, days: Days) -> bool:
    """Whether who has these spells was there for all of the days in one of them, as most are."""
    if len(spells) != 1:
        return not spells
    [one] = spells
    is_there = one.from_on <= days.first and (one.until is None or one.until >= days.last)
    return is_there and _is_of(one, population)


@lru_cache(maxsize=4096)
def _share_of_one(days: Days, spell: Days) -> Number:
    """The share of who was there for one part of the window and never exempt: many joined on the
    same day."""
    return _share(days, [spell], [])


def _share(days: Days, spells: list[Days], reliefs: list[Days]) -> Number:
    whole = (days,) if len(days) <= SHORT else blocks(WindowSpan.MONTH, days) or (days,)
    own = sum(2 * _liable(days, one, spells, reliefs) >= len(days.overlap(*one)) for one in whole)
    return 1 if own == len(whole) else Fraction(own, len(whole)) if own else 0


def _liable(days: Days, one: Days, spells: list[Days], reliefs: list[Days]) -> int:
    """On how many days of a month within the window the subject was there and not exempt."""
    own: set[int] = set()
    for spell in spells:
        part = spell.overlap(max(one.first, days.first), min(one.last, days.last))
        own.update(range(part.first.toordinal(), part.last.toordinal() + 1))
    for relief in reliefs:
        own.difference_update(range(relief.first.toordinal(), relief.last.toordinal() + 1))
    return len(own)
