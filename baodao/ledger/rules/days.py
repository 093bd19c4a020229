"""Of which days a service can be: not too old, not before its person could serve, not unasked."""

from dataclasses import dataclass
from datetime import date

from baodao.kernel.errors import Refused, gettext_noop
from baodao.people.rules.periods import Belonging

YEARS_BEFORE_ASKING = 1
"""Years after which whoever records a service has to say that its day is right."""


@dataclass(frozen=True)
class DayBounds:
    """What holds today in a community: services are recorded up to `years` back."""

    today: date
    years: int

    def check(self, served_on: date, belonging: Belonging, *, long_ago: bool) -> None:
        """Refuse a day too far back, one before the person can have served, one after they died or
        were a member of no unit any more, and one more than a year ago unless it was said that it
        is (`long_ago`)."""
        if served_on < years_before(self.today, self.years):
            raise Refused(
                "record.too-old",
                gettext_noop(
                    "%(on)s lies more than %(years)s years back, and that is not recorded any more."
                    " Check the year."
                ),
                on=served_on,
                years=self.years,
            )
        if served_on < belonging.able_from:
            raise Refused(
                "record.too-early",
                gettext_noop(
                    "On %(on)s the member could not serve yet: they came of age or joined the "
                    "Party on %(first)s. Check the year; if it is right, the unit puts their day "
                    "of joining right."
                ),
                on=served_on,
                first=belonging.able_from,
            )
        if belonging.died_on is not None and served_on > belonging.died_on:
            raise Refused(
                "record.after-death",
                gettext_noop("The member died on %(last)s. Check the day and who served."),
                last=belonging.died_on,
            )
        if belonging.left_on is not None and served_on > belonging.left_on:
            raise Refused(
                "record.after-leaving",
                gettext_noop(
                    "On %(on)s they were a member of no unit any more: the last day was %(last)s. "
                    "Check the day; if it is right, their unit puts them on its roster again."
                ),
                on=served_on,
                last=belonging.left_on,
            )
        if served_on < years_before(self.today, YEARS_BEFORE_ASKING) and not long_ago:
            raise Refused(
                "record.long-ago",
                gettext_noop(
                    "%(on)s is more than a year ago. Check the year; if it is right, say so."
                ),
                on=served_on,
            )


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
