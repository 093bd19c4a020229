"""签到: the code that is shown where an offer takes place, and what it lets people say.

Nobody has to check in: who did not may have come all the same (compliance 3). The code stands for
the place, so that no position is asked for (compliance 4).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from baodao.attendance.rules.keys import Sign, content_of, key_of
from baodao.attendance.rules.rolls import keeps_list
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.offers.rules.acts import OfferAct, Offered
from baodao.offers.rules.kinds import OfferKind, Recording

TURN = timedelta(seconds=30)
"""How long one code is shown; the next has another signature."""

Hours = tuple[datetime, datetime]
"""From when until when an offer lasts."""

LENGTH = 20
"""Bytes of what a code says."""


class CheckSide(Code):
    """Coming or going."""

    ARRIVAL = "arrival", gettext_noop("Arrival")
    DEPARTURE = "departure", gettext_noop("Departure")


class CheckWay(Code):
    """How it was written down: scanned by themselves, or by whoever kept the list on a phone or on
    paper."""

    SCAN = "scan", gettext_noop("Scanned")
    PHONE = "phone", gettext_noop("On a phone that keeps the list")
    SHEET = "sheet", gettext_noop("On the paper sheet")


@dataclass(frozen=True)
class PresenceMark:
    """That somebody came or went, when, and how it was written down."""

    side: str
    at: datetime
    way: str = CheckWay.SCAN


@dataclass(frozen=True)
class PlaceCode:
    """What a code says: in which offer, and when it was shown (UTC, the start of its turn)."""

    offer_id: UUID
    shown_at: datetime


def turn_of(now: datetime) -> datetime:
    """The instant at which the code that is shown now was new."""
    seconds = int(TURN.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def written(code: PlaceCode, sign: Sign) -> str:
    """The code as 48 letters and digits of an address."""
    return key_of(code.offer_id.bytes + int(code.shown_at.timestamp()).to_bytes(4), sign)


def read(text: str, sign: Sign) -> PlaceCode:
    """What a scanned code says; raises `Refused` for one that is not ours."""
    content = content_of(text, LENGTH, sign)
    if content is None:
        raise Refused(
            "check-in.forged",
            gettext_noop("This is not a check-in code. Scan the one that is shown on the spot."),
        )
    shown_at = datetime.fromtimestamp(int.from_bytes(content[16:]), UTC)
    return PlaceCode(UUID(bytes=content[:16]), shown_at)


def check_fresh(code: PlaceCode, now: datetime, minutes: int) -> None:
    """Refuse a code that was shown more than `minutes` ago: it may have been passed on."""
    if now - code.shown_at > timedelta(minutes=minutes) + TURN:
        raise Refused(
            "check-in.expired",
            gettext_noop("This code is no longer shown. Scan the one on the spot again."),
        )


def check_shown(kind: OfferKind, state: str) -> None:
    """Refuse codes where nobody's coming is listed, or the list is closed."""
    if not keeps_list(kind, state):
        raise Refused(
            "check-in.closed",
            gettext_noop("Who came to this %(kind)s is not listed, or its list is closed."),
            kind=kind.words.noun,
        )


def check_hours(hours: Hours, now: datetime, around: timedelta) -> None:
    """Refuse who scans long before it begins or after it has ended."""
    if not hours[0] - around <= now <= hours[1] + around:
        raise Refused(
            "check-in.hours",
            gettext_noop("One checks in from %(first)s until %(last)s. You need not check in."),
            first=hours[0] - around,
            last=hours[1] + around,
        )


def check_belongs(community: str, *, belongs: bool) -> None:
    """Refuse who neither claimed it nor is registered where it takes place."""
    if not belongs:
        raise Refused(
            "check-in.elsewhere",
            gettext_noop(
                "You have not claimed this and are not registered in %(community)s; ask who is in "
                "charge on the spot."
            ),
            community=community,
        )


@dataclass(frozen=True)
class Presence:
    """From when until when somebody was there, as far as they checked in and out or the list says;
    `scanned` is whether they said themselves that they came."""

    arrived_at: datetime | None = None
    left_at: datetime | None = None
    scanned: bool = False

    @property
    def whole(self) -> bool:
        """Whether both their coming and their going are known."""
        return self.arrived_at is not None and self.left_at is not None

    def narrows(self, hours: Hours) -> bool:
        """Whether it says anything else than that they were there all the time."""
        late = self.arrived_at is not None and self.arrived_at > hours[0]
        early = self.left_at is not None and self.left_at < hours[1]
        return self.whole or late or early

    def served(self, hours: Hours, minutes: int, rounding: int) -> tuple[datetime, int] | None:
        """When their service began and how many minutes it took, within the `hours` of the offer:
        from coming to going. Where one of the two was forgotten it took `minutes`, as whoever keeps
        the list says, and no longer than from coming to the end, or from the beginning to going.

        Rounded down to full `rounding` minutes; None for who did neither, or had less than that.
        """
        if self.arrived_at is None and self.left_at is None:
            return None
        began = max(self.arrived_at or hours[0], hours[0])
        ended = min(self.left_at or hours[1], hours[1])
        there = (ended - began) // timedelta(minutes=1) // rounding * rounding
        took = there if self.whole else min(minutes, there)
        return (began, took) if took > 0 else None


def label_of(offer: Offered, now: datetime) -> str:
    """What showing the code is called, from the day on; empty where nobody's coming is listed."""
    if not keeps_list(offer.kind, offer.state):
        return ""
    assert offer.starts_at is not None
    today = clock.local(offer.starts_at).date() <= clock.local(now).date()
    return gettext_noop("Check-in code") if today else ""


SHOWING = OfferAct(
    address="attendance:code",
    permission=Permission.RECORD_CREATE,
    label=label_of,
    pressing=lambda kind: kind.recording is Recording.LIST,
)
"""On the page of an offer and in lists, on its day until it begins."""
