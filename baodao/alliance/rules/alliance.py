"""便民服务联盟: who offers what, free or at a low cost; no payment, no order of merit."""

from dataclasses import dataclass, replace

from baodao.bookings.rules.bookings import BookingState
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.hours import (
    LEAST_MINUTES,
    MOST_MINUTES,
    WEEK,
    check_lengths,
    tidy_hours,
)
from baodao.kernel.lives import Code, check_length
from baodao.spreadsheets.phones import kept_phone

NAME, SPOT, TITLE, TEXT, COST, REMARK = 60, 100, 30, 200, 60, 200
CONSENT = "2026-12"
"""The version of the words under which a neighbour is named on the residents' page."""


class MemberKind(Code):
    """商户, 居民."""

    SHOP = "shop", gettext_noop("Shop")
    NEIGHBOUR = "neighbour", gettext_noop("Neighbour")


class ServiceCost(Code):
    """无偿, 低偿."""

    FREE = "free", gettext_noop("Free of charge")
    LOW = "low", gettext_noop("At a low cost")


class ServiceSpot(Code):
    """上门, 到店."""

    HOME = "home", gettext_noop("At the resident's home")
    THERE = "there", gettext_noop("Where they are")


@dataclass(frozen=True)
class AllianceFacts:
    """Who offers: a shop or a neighbour, as residents read it; how the community reaches them, and
    where they are. `number` is the volunteer number of a member registered here who offers: they
    read and answer appointments themselves. A neighbour needs `consent`."""

    kind: str
    name: str
    phone: str
    spot: str = ""
    number: str = ""
    consent: str = ""


def check_member(facts: AllianceFacts) -> AllianceFacts:
    """The facts as they may be kept; refused without a name, a telephone or, of a neighbour, their
    consent."""
    clean = replace(
        facts,
        name=check_length(facts.name.strip(), NAME),
        phone=kept_phone(facts.phone),
        spot=check_length(facts.spot.strip(), SPOT),
        number=facts.number.strip().upper(),
    )
    if not (clean.name and clean.phone) or clean.kind not in set(MemberKind):
        raise Refused(
            "alliance.who",
            gettext_noop("Say who offers and under which telephone the community reaches them."),
        )
    if clean.kind == MemberKind.NEIGHBOUR and clean.consent != CONSENT:
        raise Refused(
            "alliance.consent",
            gettext_noop("Tick that they agree to be named on the residents' page."),
        )
    return clean


@dataclass(frozen=True)
class ServiceFacts:
    """What is offered, where, at what cost in words, and the hours of the week from Monday on, cut
    into appointments of so many minutes."""

    title: str
    spot: str
    cost: str
    minutes: int
    weekly: tuple[str, ...]
    cost_words: str = ""
    text: str = ""


def check_service(facts: ServiceFacts) -> ServiceFacts:
    """The facts as they may be kept; refused without words or hours, and what costs must say so."""
    clean = replace(
        facts,
        title=check_length(facts.title.strip(), TITLE),
        text=check_length(facts.text.strip(), TEXT),
        cost_words=check_length(facts.cost_words.strip(), COST),
        weekly=tuple(tidy_hours(text) for text in facts.weekly),
    )
    if not clean.title or clean.spot not in set(ServiceSpot) or clean.cost not in set(ServiceCost):
        raise Refused("alliance.words", gettext_noop("Say what is offered, where, and its cost."))
    if len(clean.weekly) != WEEK or not any(clean.weekly):
        raise Refused("alliance.week", gettext_noop("Say on which days and at which hours."))
    if not LEAST_MINUTES <= clean.minutes <= MOST_MINUTES:
        raise Refused(
            "alliance.minutes",
            gettext_noop("An appointment lasts from %(least)s to %(most)s minutes."),
            least=LEAST_MINUTES,
            most=MOST_MINUTES,
        )
    for text in clean.weekly:
        check_lengths(text, clean.minutes)
    if clean.cost == ServiceCost.LOW and not clean.cost_words:
        raise Refused(
            "alliance.cost", gettext_noop("Say what it costs, so that nobody is surprised.")
        )
    return clean if clean.cost == ServiceCost.LOW else replace(clean, cost_words="")


OUTCOMES = (BookingState.DONE, BookingState.MISSED)
WITHDRAWN = gettext_noop("It is not offered any more.")
"""Why an appointment is cancelled, kept as a message id; shown translated."""


class VisitorWord(Code):
    """满意, 基本满意, 不满意."""

    GOOD = "good", gettext_noop("Satisfied with it")
    FAIR = "fair", gettext_noop("Largely satisfied")
    POOR = "poor", gettext_noop("Not satisfied with it")
