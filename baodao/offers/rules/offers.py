"""What an offer may say, when an activity may be, and when it is offered again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.lives import ClaimState, OfferState
from baodao.offers.rules.states import OfferKind

MOST_WANTED = 2_000
LONGEST = timedelta(days=3)
WEEKS = timedelta(weeks=4)
SHORT_DAYS = 3
"""An activity that starts within so many days and lacks people is told as short of them."""


@dataclass(frozen=True)
class OfferFacts:
    """What a person says about an offer; hours belong to activities, a schedule to posts."""

    kind: str
    title: str
    category: str
    wanted: int
    text: str = ""
    place: str = ""
    schedule: str = ""
    specialties: str = ""
    approval: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    organiser_id: int | None = None


def check_facts(facts: OfferFacts, categories: Iterable[str]) -> None:
    """Refuse what cannot be offered: no words, no places, an unknown kind, hours where none are."""
    if not facts.title.strip():
        raise Refused("offer.title", gettext_noop("Say in a few words what is offered."))
    if not 1 <= facts.wanted <= MOST_WANTED:
        raise Refused(
            "offer.wanted",
            gettext_noop("Say how many people are wanted, from 1 to %(most)s."),
            most=MOST_WANTED,
        )
    if facts.category not in set(categories) or facts.kind not in set(OfferKind):
        raise Refused("offer.unknown-word", gettext_noop("Choose the kind from the list."))
    if facts.kind == OfferKind.ACTIVITY:
        check_hours(facts.starts_at, facts.ends_at)
    elif facts.starts_at or facts.ends_at:
        raise Refused(
            "offer.post-hours", gettext_noop("A post has no hours; write in words when it serves.")
        )


def check_hours(starts_at: datetime | None, ends_at: datetime | None) -> None:
    """Refuse an activity without hours, that ends before it starts, or that takes many days."""
    if starts_at is None or ends_at is None:
        raise Refused("offer.hours", gettext_noop("Say when the activity starts and ends."))
    if ends_at <= starts_at:
        raise Refused("offer.hours-order", gettext_noop("The activity must end after it starts."))
    if ends_at - starts_at > LONGEST:
        raise Refused(
            "offer.hours-long",
            gettext_noop("At most %(days)s days; make an activity of each day."),
            days=LONGEST.days,
        )


def check_ahead(starts_at: datetime | None, now: datetime) -> None:
    """Refuse to publish, or to move an activity to, an hour that is past."""
    if starts_at is not None and starts_at <= now:
        raise Refused(
            "offer.past", gettext_noop("The activity would start in the past; correct the time.")
        )


def check_wanted(wanted: int, taken: int) -> None:
    """Refuse fewer places than are taken."""
    if wanted < taken:
        raise Refused(
            "offer.fewer",
            gettext_noop("%(taken)s places are taken; keep at least as many."),
            taken=taken,
        )


def check_reason(reason: str) -> str:
    """Why, without space around it; refused when nothing was written."""
    told = reason.strip()
    if not told:
        raise Refused("offer.reason", gettext_noop("Please write why; those concerned read it."))
    return told


def shifted(starts_at: datetime, ends_at: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The same weekday and hours a month later, in steps of four weeks, the first ahead of now."""
    moved = starts_at + WEEKS
    while moved <= now:
        moved += WEEKS
    return moved, moved + (ends_at - starts_at)


def when_words(instant: datetime) -> str:
    """An instant as notices and papers write it."""
    at = clock.local(instant)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def ending_of(state: str, *, served: bool) -> ClaimState:
    """What becomes of a live claim when its offer ends; nobody is blamed for an end."""
    if state in (ClaimState.APPLIED, ClaimState.WAITING, ClaimState.INVITED):
        return ClaimState.REFUSED
    return ClaimState.DONE if served else ClaimState.LEFT


def is_open(state: str, starts_at: datetime | None, now: datetime) -> bool:
    """Whether somebody may still claim it."""
    return state == OfferState.PUBLISHED and (starts_at is None or starts_at > now)
