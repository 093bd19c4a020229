"""What an offer may say, when an activity may be, what a draft proposes, and when it is offered
again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.kinds import OfferKind, Particulars, Recording
from baodao.offers.rules.lives import OfferState

MOST_PLACES = 2_000
LONGEST = timedelta(days=3)
WEEKS = timedelta(weeks=4)
TITLE = 30
SATURDAY = 5
_CLAUSE = re.compile(r"[，。；！？,.;!?\n]")


@dataclass(frozen=True)
class OfferFacts:
    """What a person says about an offer: its hours, or when it serves in words, as its kind has
    it, and the particulars that only its kind has."""

    kind: OfferKind
    title: str
    category: str
    places: int
    text: str = ""
    place: str = ""
    schedule: str = ""
    specialties: str = ""
    approval: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    organiser_id: int | None = None
    particulars: Particulars = field(default_factory=dict)


def check_facts(facts: OfferFacts, categories: Iterable[str]) -> None:
    """Refuse what cannot be offered: no words, no places, hours where none are."""
    if not facts.title.strip():
        raise Refused("offer.title", gettext_noop("Say in a few words what is offered."))
    if not 1 <= facts.places <= MOST_PLACES:
        raise Refused(
            "offer.places",
            gettext_noop("Say how many people are wanted, from 1 to %(most)s."),
            most=MOST_PLACES,
        )
    if facts.category not in set(categories):
        raise Refused("offer.unknown-word", gettext_noop("Choose the kind from the list."))
    if facts.kind.timed:
        check_hours(facts.kind, facts.starts_at, facts.ends_at)
    elif facts.starts_at or facts.ends_at:
        raise Refused(
            "offer.untimed",
            gettext_noop("This %(kind)s has no hours; write in words when it serves."),
            kind=facts.kind.words.noun,
        )


def check_hours(kind: OfferKind, starts_at: datetime | None, ends_at: datetime | None) -> None:
    """Refuse an offer of a timed kind without hours, or with an end before its start or many days
    later."""
    if starts_at is None or ends_at is None:
        raise Refused(
            "offer.hours",
            gettext_noop("Say when the %(kind)s starts and ends."),
            kind=kind.words.noun,
        )
    if ends_at <= starts_at:
        raise Refused("offer.hours-order", gettext_noop("The end must be later than the start."))
    if ends_at - starts_at > LONGEST:
        raise Refused(
            "offer.hours-long",
            gettext_noop("At most %(days)s days; offer each day by itself."),
            days=LONGEST.days,
        )


def check_timed(kind: OfferKind) -> None:
    """Refuse to move what has no hours."""
    if not kind.timed:
        raise Refused(
            "offer.no-hours",
            gettext_noop("This %(kind)s has no hours that could be moved."),
            kind=kind.words.noun,
        )


def check_close(kind: OfferKind, *, expected: bool) -> None:
    """Refuse to close what its list closes while people are on the list."""
    if kind.recording is Recording.LIST and expected:
        raise Refused(
            "offer.list-first",
            gettext_noop("People are on the list; record who came, or cancel the %(kind)s."),
            kind=kind.words.noun,
        )


def check_ahead(starts_at: datetime | None, now: datetime) -> None:
    """Refuse to publish, or to move an offer to, an hour that is past."""
    if starts_at is not None and starts_at <= now:
        raise Refused("offer.past", gettext_noop("It would start in the past; correct the time."))


def check_places(places: int, taken: int) -> None:
    """Refuse fewer places than are taken."""
    if places < taken:
        raise Refused(
            "offer.fewer",
            gettext_noop("%(taken)s places are taken; keep at least as many."),
            taken=taken,
        )


def check_reason(reason: str) -> str:
    """Why, without space around it; refused when nothing was written."""
    words = reason.strip()
    if not words:
        raise Refused("offer.reason", gettext_noop("Please write why; those concerned read it."))
    return words


def shifted(starts_at: datetime, ends_at: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The same weekday and hours a month later, in steps of four weeks, the first ahead of now."""
    moved = starts_at + WEEKS
    while moved <= now:
        moved += WEEKS
    return moved, moved + (ends_at - starts_at)


def title_of(text: str) -> str:
    """A first title for what answers a need: its first clause, cut where it is long."""
    first = next((part.strip() for part in _CLAUSE.split(text) if part.strip()), text.strip())
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"


def proposed_day(today: date, notice_days: int) -> date:
    """The first Saturday that leaves members so many days to claim."""
    earliest = today + timedelta(days=notice_days)
    return earliest + timedelta(days=(SATURDAY - earliest.weekday()) % 7)


def when_words(instant: datetime) -> str:
    """An instant as notices and papers write it."""
    at = clock.local(instant)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def is_open(state: str, starts_at: datetime | None, now: datetime) -> bool:
    """Whether somebody may still claim it."""
    return state == OfferState.PUBLISHED and (starts_at is None or starts_at > now)
