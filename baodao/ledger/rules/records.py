"""What a record may say: how it came in, on which day, how long, and what it may not overlap."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code


class Origin(Code):
    """How a record came in; shown wherever the record is shown."""

    CHECK_IN = "check-in", gettext_noop("Checked in")
    LIST = "list", gettext_noop("Organiser's list")
    STATEMENT = "statement", gettext_noop("Own statement, confirmed")
    OFFICE = "office", gettext_noop("Entered at the window")
    IMPORT = "import", gettext_noop("Imported from a table")


BY_HAND = frozenset({Origin.STATEMENT, Origin.OFFICE, Origin.IMPORT})
"""Entered by somebody who was not the organiser on the spot: these look different everywhere."""


class Way(Code):
    """认领岗位, 组团服务, 菜单服务, 圆梦行动, 主题活动, 结对帮扶 (the five source documents)."""

    POST = "post", gettext_noop("Service post")
    TEAM = "team", gettext_noop("Service in a team")
    MENU = "menu", gettext_noop("Service from the menu")
    WISH = "wish", gettext_noop("Small wish")
    ACTIVITY = "activity", gettext_noop("Themed activity")
    PAIRING = "pairing", gettext_noop("Paired help")


_WAYS = frozenset(Way)
CATEGORIES: dict[str, str] = {
    "policy": gettext_noop("Explaining policies"),
    "civility": gettext_noop("Civil conduct"),
    "environment": gettext_noop("Environment"),
    "epidemic": gettext_noop("Epidemic control"),
    "convenience": gettext_noop("Everyday help"),
    "relief": gettext_noop("Help in hardship"),
    "mediation": gettext_noop("Settling disputes"),
    "patrol": gettext_noop("Safety patrol"),
    "culture": gettext_noop("Culture and sports"),
    "other": gettext_noop("Other service"),
}
"""活动类型 of the feedback card, until an authority edits them."""

TELLS_OF_RESIDENTS = ("place", "result", "confirmed_by", "reason")
"""Where it was, what came of it, who confirmed it and why it was put right may name residents:
these stay with the community in which it was done and the person who did it; a unit reads the
record without them."""

DAY_MINUTES = 24 * 60
TEXT = 200


@dataclass(frozen=True)
class Entry:
    """One service of one person: minutes without travel, the hour when it is known."""

    person_id: UUID
    served_on: date
    minutes: int
    category: str
    way: str
    began_at: datetime | None = None
    place: str = ""
    result: str = ""
    offer_id: UUID | None = None
    offer_title: str = ""
    recipient_confirmed: bool = False
    long_ago: bool = False
    """Whether whoever tells it says that its day is right though more than a year ago."""

    @property
    def ended_at(self) -> datetime | None:
        return self.began_at + timedelta(minutes=self.minutes) if self.began_at else None


class TableRow(NamedTuple):
    """Where a service stands in a table that is being read; `sheet` is "" in a text file."""

    sheet: str
    number: int


@dataclass(frozen=True)
class Obstacle:
    """A standing record of the person, as far as it can stand in the way of another; one with a
    `row` is not recorded yet and stands in the table that is being read."""

    served_on: date
    minutes: int
    began_at: datetime | None
    ended_at: datetime | None
    community: str
    subject: str
    """The offer's id, else the category: what makes two services without an hour the same."""
    row: TableRow | None = None


def subject_of(offer_id: UUID | None, category: str) -> str:
    """See `Obstacle.subject`."""
    return str(offer_id) if offer_id else category


def obstacle_of(entry: Entry, community: str, row: TableRow | None = None) -> Obstacle:
    """What an entry will stand in the way of, once it is recorded in the named community; `row` is
    where it stands in a table that is being read."""
    return Obstacle(
        served_on=entry.served_on,
        minutes=entry.minutes,
        began_at=entry.began_at,
        ended_at=entry.ended_at,
        community=community,
        subject=subject_of(entry.offer_id, entry.category),
        row=row,
    )


def check_entry(entry: Entry, categories: Collection[str], today: date) -> None:
    """Refuse what cannot have been: no time, more than a day, the future, unknown words."""
    if not 1 <= entry.minutes <= DAY_MINUTES:
        raise Refused(
            "record.minutes",
            gettext_noop("The time served must be between 1 minute and 24 hours, without travel."),
        )
    if entry.served_on > today:
        raise Refused("record.future", gettext_noop("The service lies in the future."))
    if entry.began_at and clock.local(entry.began_at).date() != entry.served_on:
        raise Refused("record.hour", gettext_noop("The hour is not of the day that was given."))
    if entry.ended_at and entry.ended_at > clock.end_of(today):
        raise Refused("record.future", gettext_noop("The service lies in the future."))
    if entry.category not in categories or entry.way not in _WAYS:
        raise Refused("record.unknown-word", gettext_noop("Choose kind and way from the lists."))
    if any(len(text) > TEXT for text in (entry.place, entry.result, entry.offer_title)):
        raise Refused(
            "record.too-long", gettext_noop("Keep each text under %(most)s characters."), most=TEXT
        )


_OVERLAP_IN_TABLE = gettext_noop("Overlaps with row %(row)s of this table. Correct the time.")
_OVERLAP_IN_SHEET = gettext_noop("Overlaps with row %(row)s of “%(sheet)s”. Correct the time.")
_SAME_IN_TABLE = gettext_noop(
    "The same service stands in row %(row)s of this table. If there were two, enter the hours at "
    "which they began; else take one of the rows out."
)
_SAME_IN_SHEET = gettext_noop(
    "The same service stands in row %(row)s of “%(sheet)s”. If there were two, enter the hours at "
    "which they began; else take one of the rows out."
)


def _check_rows(entry: Entry, other: Obstacle, row: TableRow) -> None:
    """Refuse what stands twice in one table."""
    facts = {"row": row.number, "sheet": row.sheet, "community": other.community}
    if _overlap(entry, other):
        words = _OVERLAP_IN_SHEET if row.sheet else _OVERLAP_IN_TABLE
        raise Refused("record.overlap", words, **facts)
    if _same(entry, other):
        raise Refused("record.same", _SAME_IN_SHEET if row.sheet else _SAME_IN_TABLE, **facts)


def check_overlap(entry: Entry, obstacles: Sequence[Obstacle]) -> None:
    """Refuse a second record of the same time; in which community does not matter."""
    for other in obstacles:
        if other.row:
            _check_rows(entry, other, other.row)
        elif _overlap(entry, other):
            raise Refused(
                "record.overlap",
                gettext_noop(
                    "Overlaps with a record of %(on)s in %(community)s. Correct the time, or "
                    "reverse that record first."
                ),
                on=other.served_on,
                community=other.community,
            )
        elif _same(entry, other):
            raise Refused(
                "record.same",
                gettext_noop(
                    "The same service is recorded for %(on)s in %(community)s already. If there "
                    "were two, enter the hours at which they began."
                ),
                on=other.served_on,
                community=other.community,
            )
    that_day = sum(one.minutes for one in obstacles if one.served_on == entry.served_on)
    if entry.minutes + that_day > DAY_MINUTES:
        raise Refused(
            "record.day-full",
            gettext_noop("All services of %(on)s together would be more than 24 hours."),
            on=entry.served_on,
        )


TELLS_OF_PERSON = frozenset(
    {
        "record.after-death",
        "record.after-leaving",
        "record.day-full",
        "record.no-member",
        "record.overlap",
        "record.same",
        "record.too-early",
    }
)
"""Refusals that say something of the person: their age, their end, what they did elsewhere."""


def untold(no: Refused, served_on: date, community: str) -> Refused:
    """A refusal for a community that may not see the person: it says nothing of them, unless what
    stands in the way is the community's own record."""
    if no.code not in TELLS_OF_PERSON or no.facts.get("community") == community:
        return no
    return Refused(
        "record.unseen",
        gettext_noop(
            "A service of %(on)s cannot be recorded under this number. Check number, day and hour "
            "with the member; what stands in the way they see among their own records, or their "
            "unit tells them."
        ),
        on=served_on,
    )


def _overlap(entry: Entry, other: Obstacle) -> bool:
    if not (entry.began_at and entry.ended_at and other.began_at and other.ended_at):
        return False
    return entry.began_at < other.ended_at and other.began_at < entry.ended_at


def _same(entry: Entry, other: Obstacle) -> bool:
    """Neither tells its hour, and day, length and subject are the same."""
    return (
        entry.began_at is None
        and other.began_at is None
        and (entry.served_on, entry.minutes, subject_of(entry.offer_id, entry.category))
        == (other.served_on, other.minutes, other.subject)
    )


def check_reversible(*, is_reversal: bool, is_reversed: bool) -> None:
    """Only a record that stands is reversed, and only once."""
    if is_reversal:
        raise Refused(
            "record.reversal",
            gettext_noop("This is a reversal and cannot be reversed; record the service anew."),
        )
    if is_reversed:
        raise Refused("record.reversed", gettext_noop("This record was reversed already."))


def check_not_own(actor_person: object, person: object) -> None:
    """Nobody answers for their own services."""
    if actor_person is not None and actor_person == person:
        raise Refused(
            "record.own",
            gettext_noop("Nobody confirms or enters their own services; ask a colleague."),
        )
