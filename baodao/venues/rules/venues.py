"""四级阵地 (S5): places of district, street, community and grid where residents and members are
served: what kind, who keeps them, what a room and a window are."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.hours import LEAST_MINUTES, MOST_MINUTES, WEEK, tidy_hours
from baodao.kernel.lives import Code, check_length, check_reason
from baodao.orgs.rules.tree import Kind

NAME, ADDRESS, TEXT, PHONE, TITLE = 60, 100, 300, 30, 40
MOST_SEATS = 2000
MOST_DAYS = 92
"""Days that differ in one act: a place that closes for longer is closed for good, or renamed."""


CLOSED = gettext_noop("The place does not exist any more.")
NO_ROOM = gettext_noop("The room is not lent any more.")
"""Why what was booked is cancelled, kept as message ids; shown translated."""


class VenueKind(Code):
    """党群服务中心, 党群服务站, 驿站, 服务窗口."""

    CENTRE = "centre", gettext_noop("Service centre")
    STATION = "station", gettext_noop("Service station")
    POST = "post", gettext_noop("Rest stop")
    WINDOW = "window", gettext_noop("Service window")


AUTHORITIES = (Kind.CITY, Kind.DISTRICT, Kind.STREET)
KEEPERS: dict[Permission, tuple[Kind, ...]] = {
    Permission.PLACE_VENUE_EDIT: AUTHORITIES,
    Permission.VENUE_EDIT: (Kind.COMMUNITY, Kind.GRID),
}
"""Who keeps the places of which levels: an authority its own and not those of its communities."""

KEEPING = (*AUTHORITIES, Kind.COMMUNITY)
"""For which organisations one works while keeping them; a grid's are kept by its community."""


def keeper_permission(kind: Kind) -> Permission:
    """What who keeps a place of an organisation of this kind may do."""
    return next(permission for permission, kinds in KEEPERS.items() if kind in kinds)


@dataclass(frozen=True)
class VenueFacts:
    """What a place is, where in words, what can be done there, and its hours from Monday on."""

    kind: str
    name: str
    address: str
    weekly: tuple[str, ...]
    phone: str = ""
    text: str = ""


def check_venue(facts: VenueFacts) -> VenueFacts:
    """The facts as they may be kept; refused without a name, an address or an hour."""
    clean = replace(
        facts,
        name=check_length(facts.name.strip(), NAME),
        address=check_length(facts.address.strip(), ADDRESS),
        phone=check_length(facts.phone.strip(), PHONE),
        text=check_length(facts.text.strip(), TEXT),
        weekly=tuple(tidy_hours(text) for text in facts.weekly),
    )
    if clean.kind not in set(VenueKind) or not (clean.name and clean.address):
        raise Refused(
            "venue.words", gettext_noop("Say what the place is called, what it is and where.")
        )
    if len(clean.weekly) != WEEK or not any(clean.weekly):
        raise Refused("venue.week", gettext_noop("Say on which days and at which hours it opens."))
    return clean


@dataclass(frozen=True)
class RoomFacts:
    """A room: for how many, what is in it, and for how long it is booked each time."""

    title: str
    seats: int
    minutes: int
    text: str = ""


def check_room(facts: RoomFacts) -> RoomFacts:
    """The facts as they may be kept; refused without a name, or with a length nobody books."""
    clean = replace(
        facts,
        title=check_length(facts.title.strip(), TITLE),
        text=check_length(facts.text.strip(), TEXT),
    )
    if not clean.title or not 1 <= clean.seats <= MOST_SEATS:
        raise Refused(
            "venue.room", gettext_noop("Say what the room is called and for how many it is.")
        )
    if not LEAST_MINUTES <= clean.minutes <= MOST_MINUTES:
        raise Refused(
            "venue.minutes",
            gettext_noop("A room is booked for %(least)s to %(most)s minutes at a time."),
            least=LEAST_MINUTES,
            most=MOST_MINUTES,
        )
    return clean


@dataclass(frozen=True)
class WindowFacts:
    """A window: its name, and what one goes to it for."""

    title: str
    text: str


def check_window(facts: WindowFacts) -> WindowFacts:
    """The facts as they may be kept; refused where either is missing."""
    clean = WindowFacts(
        check_length(facts.title.strip(), TITLE), check_length(facts.text.strip(), TEXT)
    )
    if not (clean.title and clean.text):
        raise Refused(
            "venue.window", gettext_noop("Say what the window is called and what it does.")
        )
    return clean


@dataclass(frozen=True)
class OtherDays:
    """Days, both included, on which other hours hold, or none: then it is closed. Residents read
    the reason."""

    first: date
    last: date
    hours: str
    reason: str

    @property
    def days(self) -> list[date]:
        """Each of them."""
        every = (self.first + timedelta(number) for number in range(MOST_DAYS))
        return list(takewhile(lambda day: day <= self.last, every))


def check_days(other: OtherDays, today: date) -> OtherDays:
    """The days as they may be kept; refused of days that are over, backwards or too many, or
    without a reason."""
    if other.first < today:
        raise Refused("venue.past", gettext_noop("These days begin today or later."))
    if not other.first <= other.last < other.first + timedelta(MOST_DAYS):
        raise Refused(
            "venue.days",
            gettext_noop("The last day is the first or later, %(most)s days in all at most."),
            most=MOST_DAYS,
        )
    return replace(other, hours=tidy_hours(other.hours), reason=check_reason(other.reason))
