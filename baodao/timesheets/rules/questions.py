"""What is asked about the rows of a table that leave something open, and the answers to tick."""

from dataclasses import dataclass

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.ledger.rules.durations import Uncertainty

QUESTIONS: dict[Uncertainty, str] = {
    Uncertainty.LONG_AGO: gettext_noop(
        "%(on)s is more than a year ago. Check the year; if it is right, say so."
    ),
    Uncertainty.NO_YEAR: gettext_noop(
        "“%(day)s” names no year. Write the year, or say that it is %(on)s."
    ),
    Uncertainty.NO_UNIT: gettext_noop(
        "“%(time)s” says neither hours nor minutes. Write it like 90 分钟, or say that it is "
        "minutes."
    ),
    Uncertainty.PART_OF_DAY: gettext_noop(
        "“%(time)s” may be a part of a day, as Excel keeps times. Write it like 30 分钟, or say "
        "that it is %(minutes)s minutes."
    ),
    Uncertainty.WHOLE_DAYS: gettext_noop(
        "“%(time)s” says no hours. Write how long it was, or say that a day is 8 hours."
    ),
    Uncertainty.LONG_TIME: gettext_noop(
        "“%(time)s” on one day is very long. If it is the sum of several days, write a row for "
        "each day; if it was one day, say so."
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
        "%(count)s time in days counts 8 hours a day, 4 half a day",
        "%(count)s times in days count 8 hours a day, 4 half a day",
    ),
    Uncertainty.LONG_TIME: ngettext_noop(
        "%(count)s service of more than 12 hours was on one day",
        "%(count)s services of more than 12 hours were each on one day",
    ),
}
"""What whoever ticks it says, of one row and of many."""


@dataclass(frozen=True)
class ImportScope:
    """What somebody said of a table: which uncertainties they answered, whether hidden sheets are
    read as well, and hidden or filtered rows left out."""

    accepted: frozenset[Uncertainty] = frozenset()
    include_hidden: bool = False
    skip_unseen: bool = False


PLAIN = ImportScope()
"""Nothing said: every visible sheet is read, with all its rows, and nothing uncertain counts."""
