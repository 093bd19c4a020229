"""What a series may say, and what its dates take from it."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.offers import OfferFacts, hours_of
from baodao.series.rules.rhythms import days_of

LONGEST = timedelta(days=731)
"""So far reaches a series; one that goes on is made longer."""


@dataclass(frozen=True)
class SeriesFacts:
    """What a person says about a series: its first date in full, how it returns, and until when."""

    offer: OfferFacts
    rhythm: str
    until_on: date
    on: date
    begins: time
    ends: time


def check_series(facts: SeriesFacts) -> None:
    """Refuse what does not return, and what reaches too far."""
    if facts.until_on - facts.on > LONGEST:
        raise Refused(
            "series.long",
            gettext_noop("At most two years; a series that goes on is made longer then."),
        )
    days = days_of(facts.rhythm, facts.on, facts.until_on)
    if next(days, None) is None or next(days, None) is None:
        raise Refused(
            "series.once",
            gettext_noop(
                "Only one date lies in this time; offer it as an activity, or say a later last day."
            ),
        )


def on_day(facts: OfferFacts, on: date, begins: time, ends: time) -> OfferFacts:
    """What is offered on one day of a series."""
    starts_at, ends_at = hours_of(on, begins, ends)
    return replace(facts, starts_at=starts_at, ends_at=ends_at)


def check_open(*, ended: bool) -> None:
    """Refuse to change what is over."""
    if ended:
        raise Refused("series.ended", gettext_noop("This series has ended; publish another."))


def check_approval(present: bool, approval: bool) -> None:
    """Refuse to change whether claims wait for approval: what is offered was claimed by it."""
    if approval != present:
        raise Refused(
            "series.approval",
            gettext_noop(
                "Whether claims wait for approval stays as it was published; end this series and "
                "publish another."
            ),
        )


def check_question(*, settled: bool) -> None:
    """Refuse to decide twice whether something takes place."""
    if settled:
        raise Refused(
            "series.settled",
            gettext_noop("This date is decided already; change or cancel it on its own page."),
        )
