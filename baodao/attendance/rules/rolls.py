"""How service is recorded, as the kind has it: by the list of who came, or by the day."""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baodao.claims.rules.lives import CLAIM, SERVING, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.acts import OfferAct, Offered
from baodao.offers.rules.kinds import OfferKind, Recording
from baodao.offers.rules.lives import OfferState

EXPECTED = (*SERVING, ClaimState.INVITED)
"""Who is on the list: whoever has a place, taken or kept for them."""

AFTERWARDS = (OfferState.PUBLISHED, OfferState.CLOSED)
"""What was done on a day can be recorded when all is over too."""


def keeps_list(kind: OfferKind, state: str) -> bool:
    """Whether it is listed who comes, and the list is not closed."""
    return kind.recording is Recording.LIST and state == OfferState.PUBLISHED


def check_by_list(kind: OfferKind) -> None:
    """Refuse a list where service is recorded by the day."""
    if kind.recording is not Recording.LIST:
        raise Refused(
            "roll.by-day",
            gettext_noop("The service in this %(kind)s is recorded by the day it was done."),
            kind=kind.words.noun,
        )


def check_by_day(kind: OfferKind) -> None:
    """Refuse a day where who came is recorded by a list."""
    if kind.recording is not Recording.DAY:
        raise Refused(
            "roll.by-list",
            gettext_noop("Who came to this %(kind)s is recorded by its list."),
            kind=kind.words.noun,
        )


def check_begun(kind: OfferKind, starts_at: datetime, now: datetime) -> None:
    """Refuse a list before the hours have begun."""
    if starts_at > now:
        raise Refused(
            "roll.early",
            gettext_noop("The %(kind)s has not begun; record it afterwards."),
            kind=kind.words.noun,
        )


def check_somebody(present: Sized) -> None:
    """Refuse to add nobody to a list that is closed."""
    if not len(present):
        raise Refused("roll.nobody", gettext_noop("Tick who came, or add them by name."))


def check_length(kind: OfferKind, minutes: int, hours: tuple[datetime, datetime]) -> None:
    """Refuse more time than an offer lasted; whoever sees that it lasted longer puts its end right
    before anybody is recorded."""
    lasted = _minutes_in(hours)
    if minutes > lasted:
        raise Refused(
            "roll.longer",
            gettext_noop(
                "The %(kind)s lasted %(minutes)s; nobody served longer in it. If it was "
                "longer, put its end right first."
            ),
            kind=kind.words.noun,
            minutes=lasted,
        )


def check_stated(kind: OfferKind, minutes: int, hours: tuple[datetime, datetime]) -> None:
    """Refuse to a member who states it more time than an offer lasted."""
    lasted = _minutes_in(hours)
    if minutes > lasted:
        raise Refused(
            "statement.longer",
            gettext_noop(
                "The %(kind)s lasted %(minutes)s; nobody served longer in it. If it was "
                "longer, ask the community to put its end right first."
            ),
            kind=kind.words.noun,
            minutes=lasted,
        )


def _minutes_in(hours: tuple[datetime, datetime]) -> int:
    return (hours[1] - hours[0]) // timedelta(minutes=1)


def check_night(kind: OfferKind, minutes: int, starts_at: datetime, now: datetime) -> None:
    """Refuse a service of tonight that goes on after midnight, as long as it is tonight."""
    if starts_at + timedelta(minutes=minutes) > clock.end_of(clock.local(now).date()):
        raise Refused(
            "roll.night",
            gettext_noop("The %(kind)s goes on after midnight; record it tomorrow."),
            kind=kind.words.noun,
        )


@dataclass(frozen=True)
class Holding:
    """From which day until which somebody held a place, both included; None as long as they do,
    and no first day for who never had one."""

    state: str
    since: date | None
    until: date | None = None


def check_held(holding: Holding, *, often: bool) -> None:
    """Refuse who never had a place, and a second service where one serves once."""
    if holding.since is None or (holding.state == ClaimState.DONE and not often):
        raise CLAIM.refusal(holding.state)


def check_day(holding: Holding, day: date) -> None:
    """Refuse a service on a day on which the place was not held.

    Whether it is held still does not matter: who has left served all the same.
    """
    assert holding.since is not None
    if day < holding.since or (holding.until is not None and day > holding.until):
        raise Refused(
            "roll.not-then",
            gettext_noop("Had no place in it on %(on)s, but from %(since)s on."),
            on=day,
            since=holding.since,
        )


def label_of(offer: Offered, now: datetime) -> str:
    """What recording an offer's service is called; empty as long as there is nothing to record."""
    if offer.kind.recording is Recording.DAY and offer.state in AFTERWARDS:
        over = offer.kind.personal and offer.state == OfferState.CLOSED
        return "" if over else gettext_noop("Record service")
    if offer.state != OfferState.PUBLISHED:
        return ""
    begun = offer.starts_at is not None and offer.starts_at <= now
    return gettext_noop("Record who came") if begun else ""


RECORDING = OfferAct(
    address="attendance:roll",
    permission=Permission.RECORD_CREATE,
    label=label_of,
    pressing=lambda kind: kind.recording is Recording.LIST,
)
"""On the page of an offer; a list that waits stands in the list of offers too."""
