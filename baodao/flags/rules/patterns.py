"""疑点: what makes a service record look bought or invented, in words, each with a weight.

A pattern alone says little: honest people type at night, write the same words twice, enter what
they did before they were received. Two of them, or one that cannot be, are listed for a human to
look at. Nobody is judged here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.ledger.rules.records import Origin

TYPED = frozenset({Origin.OFFICE, Origin.IMPORT})
"""Entered by somebody who sat at a desk: the window, or a table from outside."""

FRESH_WITHIN = timedelta(hours=12)
FEWEST_FRESH = 3
"""So many services within half a day after a person was received: the one of last Sunday is told
and entered while they sit there, months are not."""
FEWEST_WORDS = 8
"""Characters below which words of what was done are so short that they repeat by themselves."""
FEWEST_DAYS = 4
"""Days on which a person did the same in the same words. Over all persons a desk has its phrases
for what comes every week; one event for twenty people is one day of each."""
NIGHT_UNTIL = 5
"""Before this hour of the day nobody comes to a window."""
SITTING_WITHIN = timedelta(minutes=10)
SITTING_MINUTES = 4 * 60
FEWEST_SITTING = 8
"""So many services of so many minutes for one person, typed within the time of a sitting."""
MOST_DAY = 12 * 60
MOST_WEEK = 60 * 60
MOST_MONTH = 200 * 60
"""Minutes of a person over all communities beyond which a day, a week, a month is doubted."""
ENOUGH = 2
"""The weight from which a record is listed."""


class Pattern(Code):
    """无项目单人录入, 报到当时补录, 说明雷同, 凌晨录入, 集中录入, 单日, 单周, 单月时长超常."""

    ALONE = "alone", gettext_noop("Entered by one alone, without an offer")
    FRESH = "fresh", gettext_noop("Several entered just after the person was received")
    TEXT = "text", gettext_noop("The same words on several days")
    NIGHT = "night", gettext_noop("Entered at night")
    SITTING = "sitting", gettext_noop("Many long services in one sitting")
    DAY = "day", gettext_noop("Too many hours in a day")
    WEEK = "week", gettext_noop("Too many hours in a week")
    MONTH = "month", gettext_noop("Too many hours in a month")


WEIGHTS: dict[Pattern, int] = {
    Pattern.ALONE: 1,
    Pattern.FRESH: 1,
    Pattern.TEXT: 1,
    Pattern.NIGHT: 1,
    Pattern.SITTING: 2,
    Pattern.DAY: 2,
    Pattern.WEEK: 2,
    Pattern.MONTH: 2,
}

SENTENCES: dict[Pattern, str] = {
    Pattern.ALONE: gettext_noop(
        "It belongs to no offer, and nobody but who entered it has confirmed it."
    ),
    Pattern.FRESH: gettext_noop(
        "Within half a day after the person was received here, %(count)s services of before were "
        "entered for them."
    ),
    Pattern.TEXT: gettext_noop(
        "Who entered it wrote the same words for this person on %(days)s different days."
    ),
    Pattern.NIGHT: gettext_noop("It was entered at the window at %(hour)s in the night."),
    Pattern.SITTING: gettext_noop(
        "Within ten minutes %(count)s services of four hours and more were entered for this person."
    ),
    Pattern.DAY: gettext_noop(
        "With it the person served %(minutes)s on that day, over all communities."
    ),
    Pattern.WEEK: gettext_noop(
        "With it the person served %(minutes)s in that week, over all communities."
    ),
    Pattern.MONTH: gettext_noop(
        "With it the person served %(minutes)s in that month, over all communities."
    ),
}
"""The reasons in words; their places are the figures that a flag keeps."""

Figures = dict[str, int | str]
Grounds = dict[str, Figures]
"""The patterns of a record by their codes, each with its figures."""


@dataclass(frozen=True)
class RecordContext:
    """A standing record with what stands around it, as far as patterns ask.

    `second`: an offer, another's confirmation or the recipient's word stands behind it. `moved`: it
    was written for another person before, when two entries of one were merged, so that who wrote it
    here says nothing. `accepted_at`: when the person was received, within half a day before;
    `fresh`: standing services that were typed for them in the half day after. `text_days`: days on
    which its author wrote the same words for the person. `sitting`: long services that its author
    entered for them in the same ten minutes. The minutes are the person's over all communities.
    """

    origin: str
    recorded_at: datetime
    served_on: date
    second: bool = False
    moved: bool = False
    accepted_at: datetime | None = None
    fresh: int = 0
    text_days: int = 0
    sitting: int = 0
    day_minutes: int = 0
    week_minutes: int = 0
    month_minutes: int = 0


def grounds_of(record: RecordContext) -> Grounds:
    """Why the record is to be looked at, each pattern with its figures; empty where the patterns
    together do not weigh enough."""
    grounds = _entry(record) | _totals(record)
    return grounds if weight_of(grounds) >= ENOUGH else {}


def weight_of(patterns: Iterable[str]) -> int:
    """What these patterns weigh together."""
    return sum(WEIGHTS[Pattern(code)] for code in patterns)


def _entry(record: RecordContext) -> Grounds:
    """What stands out of how it was entered, of a record that was typed here."""
    grounds: Grounds = {}
    if record.origin not in TYPED or record.moved:
        return grounds
    if not record.second:
        grounds[Pattern.ALONE] = {}
    if _is_fresh(record) and record.fresh >= FEWEST_FRESH:
        grounds[Pattern.FRESH] = {"count": record.fresh}
    if record.text_days >= FEWEST_DAYS:
        grounds[Pattern.TEXT] = {"days": record.text_days}
    hour = clock.local(record.recorded_at)
    if record.origin == Origin.OFFICE and hour.hour < NIGHT_UNTIL:
        grounds[Pattern.NIGHT] = {"hour": f"{hour:%H:%M}"}
    if record.origin == Origin.OFFICE and record.sitting >= FEWEST_SITTING:
        grounds[Pattern.SITTING] = {"count": record.sitting}
    return grounds


def _is_fresh(record: RecordContext) -> bool:
    """Whether the person was received within half a day before, and had served by then."""
    at = record.accepted_at
    if at is None or record.served_on > clock.local(at).date():
        return False
    return at <= record.recorded_at < at + FRESH_WITHIN


def _totals(record: RecordContext) -> Grounds:
    """Whether the person can have served so long; who scanned the code on the spot was there."""
    if record.origin == Origin.CHECK_IN:
        return {}
    totals = (
        (Pattern.DAY, record.day_minutes, MOST_DAY),
        (Pattern.WEEK, record.week_minutes, MOST_WEEK),
        (Pattern.MONTH, record.month_minutes, MOST_MONTH),
    )
    return {pattern: {"minutes": minutes} for pattern, minutes, most in totals if minutes > most}
