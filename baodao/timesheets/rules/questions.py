"""What is asked about the rows of a table that leave something open, and the answers to tick."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from baodao.kernel.errors import Refused, gettext_noop, ngettext_noop
from baodao.ledger.rules.durations import DAY_HOURS, WORKING_DAY, Uncertainty

SHORT = 20

QUESTIONS: dict[Uncertainty, str] = {
    Uncertainty.LONG_AGO: gettext_noop(
        "%(on)s is more than a year ago. Check the year; if it is right, say so."
    ),
    Uncertainty.NO_YEAR: gettext_noop(
        "“%(day)s” names no year. Write the year, or say that it is %(on)s."
    ),
    Uncertainty.NO_UNIT: gettext_noop(
        "“%(time)s” may be hours or minutes. Write it like 90 分钟, or say that it is minutes."
    ),
    Uncertainty.PART_OF_DAY: gettext_noop(
        "“%(time)s” may be a part of a day, as Excel keeps times. Write it like 30 分钟, or say "
        "that it is %(minutes)s."
    ),
    Uncertainty.WHOLE_DAYS: gettext_noop(
        "“%(time)s” says no hours. Write how long it was, or say how many hours a day counts."
    ),
    Uncertainty.DAY_ABOVE: gettext_noop(
        "The row names no day; “%(day)s” stands above it. Write the day into the row, or say that "
        "it is meant."
    ),
    Uncertainty.SEVERAL_DAYS: gettext_noop(
        "“%(day)s” is several days and “%(time)s” one length. Write a row for each day, or say "
        "that it was so long on each of them."
    ),
    Uncertainty.TICK: gettext_noop(
        "“%(time)s” says who came, not how long. Write how long it was, or say how many hours it "
        "counts."
    ),
    Uncertainty.LONG_TIME: gettext_noop(
        "“%(time)s” on one day is very long. If it is the sum of several days, write a row for "
        "each day; if it was one day, say so."
    ),
    Uncertainty.OVER_DAY: gettext_noop(
        "“%(time)s” under “%(title)s” is read as %(time)s hours, and a day has 24. If it is the "
        "sum of several days, write a row for each day; if this column holds minutes, say so."
    ),
    Uncertainty.DAY_ORDER: gettext_noop(
        "“%(day)s” may be %(on)s or %(other)s. Say above which of them, or write it like "
        "2026-07-04."
    ),
}
"""What is asked of one row, and how it can be written instead."""

CONSENTS: dict[Uncertainty, tuple[str, str]] = {
    Uncertainty.LONG_AGO: ngettext_noop(
        "%(count)s service lies more than a year back, and that is right",
        "%(count)s services lie more than a year back, and that is right",
    ),
    Uncertainty.NO_YEAR: ngettext_noop(
        "%(count)s day without a year is the latest one that has been",
        "%(count)s days without a year are the latest ones that have been",
    ),
    Uncertainty.NO_UNIT: ngettext_noop(
        "%(count)s number without a unit is minutes",
        "%(count)s numbers without a unit are minutes",
    ),
    Uncertainty.PART_OF_DAY: ngettext_noop(
        "%(count)s number below 0.5 is a part of a day, as Excel keeps times",
        "%(count)s numbers below 0.5 are parts of a day, as Excel keeps times",
    ),
    Uncertainty.WHOLE_DAYS: ngettext_noop(
        "%(count)s time told in days counts this many hours a day, half of them half a day:",
        "%(count)s times told in days count this many hours a day, half of them half a day:",
    ),
    Uncertainty.TICK: ngettext_noop(
        "%(count)s service of which nobody wrote how long it was counts this many hours:",
        "%(count)s services of which nobody wrote how long they were count this many hours each:",
    ),
    Uncertainty.DAY_ABOVE: ngettext_noop(
        "%(count)s service without a day of its own was on the day that stands above",
        "%(count)s services without days of their own were on the day that stands above",
    ),
    Uncertainty.SEVERAL_DAYS: ngettext_noop(
        "%(count)s service of several days was as long as it says on each of them",
        "%(count)s services of several days were as long as it says on each of them",
    ),
    Uncertainty.LONG_TIME: ngettext_noop(
        "%(count)s service of more than 12 hours was on one day",
        "%(count)s services of more than 12 hours were each on one day",
    ),
    Uncertainty.OVER_DAY: ngettext_noop(
        "%(count)s number under hours is over 24, which no day has. If it is the sum of several "
        "days, write a row for each day in your table. If the columns of hours hold minutes:",
        "%(count)s numbers under hours are over 24, which no day has. If they are sums of several "
        "days, write a row for each day in your table. If the columns of hours hold minutes:",
    ),
    Uncertainty.DAY_ORDER: ngettext_noop(
        "%(count)s service has a day of which month and day can be taken for each other. Which is "
        "meant?",
        "%(count)s services have days of which month and day can be taken for each other. Which "
        "is meant?",
    ),
}
"""What whoever ticks it says, of one row and of many. To what is tapped, too many hours and the
order of days, the table is read again."""
TAPPED = frozenset([Uncertainty.OVER_DAY, Uncertainty.DAY_ORDER])
SMALL_MINUTES = ngettext_noop(
    "%(count)s whole number up to 24 under hours is minutes as well",
    "%(count)s whole numbers up to 24 under hours are minutes as well",
)
"""What is agreed of numbers that could be hours, once those over 24 were said to be minutes."""


@dataclass(frozen=True)
class ImportScope:
    """What somebody said of a table: which uncertainties they answered, whether hidden sheets are
    read as well, and hidden or filtered rows left out; how many hours a day counts, and a tick;
    what headings of this file mean: their key → fact, "" for none; what stands first in its dates
    of a form."""

    accepted: frozenset[Uncertainty] = frozenset()
    include_hidden: bool = False
    skip_unseen: bool = False
    day_hours: float = WORKING_DAY
    tick_hours: float = 1
    headers: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)

    def packed(self) -> dict[str, object]:
        """As the options of an import keep it."""
        return {
            "accepted": sorted(one.value for one in self.accepted),
            "include_hidden": self.include_hidden,
            "skip_unseen": self.skip_unseen,
            "day_hours": self.day_hours,
            "tick_hours": self.tick_hours,
            "headers": dict(self.headers),
            "dates": dict(self.dates),
        }

    @classmethod
    def unpacked(cls, options: Mapping[str, Any]) -> Self:
        return cls(
            frozenset(map(Uncertainty, options.get("accepted", ()))),
            bool(options.get("include_hidden")),
            bool(options.get("skip_unseen")),
            float(options.get("day_hours", WORKING_DAY)),
            float(options.get("tick_hours", 1)),
            dict(options.get("headers", {})),
            dict(options.get("dates", {})),
        )

    @property
    def are_minutes(self) -> bool:
        """Whether the numbers under hours are minutes, as somebody said."""
        return Uncertainty.OVER_DAY in self.accepted

    def with_minutes(self, *, are_minutes: bool) -> Self:
        """The same, with the numbers under hours read so."""
        over = frozenset([Uncertainty.OVER_DAY])
        return replace(self, accepted=self.accepted | over if are_minutes else self.accepted - over)


def hours_typed(text: str, otherwise: float) -> float:
    """How many hours somebody typed that a thing counts, `otherwise` for nothing; refused for what
    a day does not have."""
    if not text.strip():
        return otherwise
    try:
        hours = float(text)
    except ValueError:
        hours = 0
    if not 0 < hours <= DAY_HOURS:
        raise Refused(
            "import.hours",
            gettext_noop("“%(text)s” is no number of hours between 0.5 and 24; write it like 1.5."),
            text=text[:SHORT],
        )
    return hours


PLAIN = ImportScope()
"""Nothing said: every visible sheet is read, with all its rows, and nothing uncertain counts."""
