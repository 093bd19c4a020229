"""What an offer may say, when an activity may be, what a draft proposes, and when it is offered
again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.kinds import OfferKind, Particulars, Recording
from baodao.offers.rules.lives import OfferState, Recruitment

MOST_PLACES = 2_000
LONGEST = timedelta(days=3)
NIGHT = timedelta(hours=12)
"""Hours that end on the next day, as long as they are no more than this."""

AHEAD, BEFORE = timedelta(days=731), timedelta(days=366)
"""How far ahead an offer with hours may be, and how old a draft of one."""

WEEKS = timedelta(weeks=4)
TITLE = 30
SATURDAY = 5
_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}")
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
    bring: str = ""
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
    check_household(facts.kind, facts.places)
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


def check_household(kind: OfferKind, places: int) -> None:
    """Refuse more than one place by one household: one member, unit or team stands by it."""
    if kind.pairs and places > 1:
        raise Refused(
            "offer.one-place",
            gettext_noop("One stands by one household; make another %(kind)s for another one."),
            kind=kind.words.noun,
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


def hours_of(on: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """The hours of a day. An end that is not later than the start is of the next day, as at night:
    22:00–02:00, 20:00–00:00. Refused where that would be a whole night and day."""
    starts_at = datetime.combine(on, begins, clock.ZONE)
    ends_at = datetime.combine(on, ends, clock.ZONE)
    if ends_at > starts_at:
        return starts_at, ends_at
    ends_at += timedelta(days=1)
    if ends_at - starts_at > NIGHT:
        raise Refused(
            "offer.hours-order",
            gettext_noop(
                "The end must be later than the start; at night at most %(hours)s hours later."
            ),
            hours=NIGHT // timedelta(hours=1),
        )
    return starts_at, ends_at


def check_near(starts_at: datetime | None, now: datetime) -> None:
    """Refuse hours in a year that cannot be meant."""
    if starts_at is None or now - BEFORE <= starts_at <= now + AHEAD:
        return
    raise Refused(
        "offer.far",
        gettext_noop("The day lies in %(year)s; check the year. At most two years ahead."),
        year=clock.local(starts_at).year,
    )


def check_timed(kind: OfferKind) -> None:
    """Refuse to move what has no hours."""
    if not kind.timed:
        raise Refused(
            "offer.no-hours",
            gettext_noop("This %(kind)s has no hours that could be moved."),
            kind=kind.words.noun,
        )


def check_proposable(kind: OfferKind) -> None:
    """Refuse what a unit cannot organise by itself: only what is over with the list of who came."""
    if kind.recording is not Recording.LIST:
        raise Refused(
            "offer.not-proposable",
            gettext_noop("A unit proposes activities; posts and wishes are the community's."),
        )


def check_close(kind: OfferKind, *, expected: bool) -> None:
    """Refuse to close what its list closes while people are on the list."""
    if kind.recording is Recording.LIST and expected:
        raise Refused(
            "offer.list-first",
            gettext_noop("People are on the list; record who came, or cancel the %(kind)s."),
            kind=kind.words.noun,
        )


def check_unrecorded(kind: OfferKind, *, recorded: bool) -> None:
    """Refuse other hours for what somebody is recorded in."""
    if recorded:
        raise Refused(
            "offer.recorded",
            gettext_noop("Service in this %(kind)s is recorded already; its hours stand."),
            kind=kind.words.noun,
        )


def check_end_alone(
    kind: OfferKind, standing: datetime, starts_at: datetime, *, recorded: bool
) -> None:
    """Refuse to move what began at the `standing` start: its end alone may be put right, until
    somebody of its list is recorded."""
    check_unrecorded(kind, recorded=recorded)
    if starts_at != standing:
        raise Refused(
            "offer.begun",
            gettext_noop(
                "The %(kind)s has begun; only its end can be put right. If it did not take place, "
                "cancel it and offer it again."
            ),
            kind=kind.words.noun,
        )


def check_met(title: str, *, taken_on: bool) -> None:
    """Refuse to close a need as met past whoever has taken on the offer for its asker."""
    if taken_on:
        raise Refused(
            "offer.taken-on",
            gettext_noop(
                "“%(title)s” is taken on for it. Record that service, which meets the need; if "
                "nobody of them came, cancel the offer first."
            ),
            title=title,
        )


def check_cancel(kind: OfferKind, *, recorded: bool) -> None:
    """Refuse to call off what took place: somebody of its list is recorded, or served on a day."""
    if recorded and kind.recording is Recording.DAY:
        raise Refused(
            "offer.took-place",
            gettext_noop(
                "Service in this %(kind)s is recorded already, so it cannot be cancelled. Close it "
                "instead: what was served stays."
            ),
            kind=kind.words.noun,
        )
    if recorded:
        raise Refused(
            "offer.took-place",
            gettext_noop(
                "Service in this %(kind)s is recorded already, so it took place. Record who else "
                "came, or close its list with nobody ticked."
            ),
            kind=kind.words.noun,
        )


def check_ahead(starts_at: datetime | None, now: datetime) -> None:
    """Refuse an hour that is past, of an offer that is written down, moved or published."""
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


def check_more(places: int, present: int) -> None:
    """Refuse what does not raise the number of places of an offer that has `present` ones."""
    if not present < places <= MOST_PLACES:
        raise Refused(
            "offer.not-more",
            gettext_noop("There are %(present)s places; say a number from %(least)s to %(most)s."),
            present=present,
            least=present + 1,
            most=MOST_PLACES,
        )


TO_EVERYBODY = gettext_noop(
    "Everybody reads it: take “%(words)s” out. Who takes it on is told whom it is for."
)
SEALED = gettext_noop(
    "Others read it too: take “%(words)s” out. Who lives there, and how they are reached, stays "
    "sealed."
)


def check_nameless(texts: Iterable[str], names: Iterable[str], message: str = TO_EVERYBODY) -> None:
    """Refuse words about one person that others read and that tell who it is: their name, as it is
    known, or what may be a telephone or another number of seven digits and more. `message` says who
    reads them: what is offered `TO_EVERYBODY`, or what is told of a household that is `SEALED`."""
    words = "\n".join(texts)
    name = next((name for name in names if len(name) > 1 and name in words), None)
    number = _NUMBER.search(words)
    telling = name or (number[0] if number else None)
    if telling is not None:
        raise Refused("offer.names", message, words=telling)


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


def has_begun(starts_at: datetime | None, now: datetime) -> bool:
    """Whether its hours have begun; never of what has none."""
    return starts_at is not None and starts_at <= now


def recruitment_of(
    starts_at: datetime | None, ends_at: datetime | None, free: int, now: datetime
) -> Recruitment:
    """How a published offer with so many places `free` reads: of what has begun or is over, that it
    is; nobody asks any more whether it was full."""
    if ends_at is not None and ends_at <= now:
        return Recruitment.OVER
    if has_begun(starts_at, now):
        return Recruitment.BEGUN
    return Recruitment.OPEN if free > 0 else Recruitment.FULL


def is_open(state: str, starts_at: datetime | None, now: datetime) -> bool:
    """Whether somebody may still claim it."""
    return state == OfferState.PUBLISHED and not has_begun(starts_at, now)
