"""A month of a community: its theme and its activities by day; and a member's own calendar."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from baodao.accounts.queries import person_in_force
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.days import YEARS
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.offers.models import Claim, Feed, Offer, Theme
from baodao.offers.queries.claims import claim_rows
from baodao.offers.queries.offers import counted, offers
from baodao.offers.rules.lives import SEATED, OfferState
from baodao.orgs.models import Organisation


@dataclass(frozen=True)
class MonthDay:
    """One day with what happens on it; days of the neighbouring months are outside."""

    on: date
    activities: tuple[Offer, ...]
    outside: bool
    today: bool


@dataclass(frozen=True)
class Month:
    """The weeks from Monday to Sunday that the month touches."""

    first: date
    theme: Theme | None
    weeks: tuple[tuple[MonthDay, ...], ...]

    @property
    def previous(self) -> date | None:
        """The month before; None before the first that an address can name."""
        return _near((self.first - timedelta(days=1)).replace(day=1))

    @property
    def next(self) -> date | None:
        """The month after; None after the last that an address can name."""
        return _near((self.first + timedelta(days=31)).replace(day=1))

    @property
    def days(self) -> list[MonthDay]:
        """The days with an activity, for narrow screens."""
        every = (day for week in self.weeks for day in week)
        return [day for day in every if day.activities and not day.outside]


def _near(month: date) -> date | None:
    return month if month.year in YEARS else None


def theme_words(community: Organisation, *, month: date) -> dict[str, object]:
    """Title and note of the theme of a month that begins with this day; nothing without one."""
    themes = Theme.objects.filter(community=community, month=month)
    return dict(themes.values("title", "note").first() or {"title": "", "note": ""})


def month_of(actor: Actor, community: Organisation, first: date) -> Month:
    """What is planned, offered and over in the month that begins on `first`."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    since, until = clock.midnight(weeks[0][0]), clock.end_of(weeks[-1][-1])
    rows = counted(offers(actor)).filter(
        community=community, starts_at__gte=since, starts_at__lt=until
    )
    by_day: defaultdict[date, list[Offer]] = defaultdict(list)
    for offer in rows.exclude(state=OfferState.CANCELLED).order_by("starts_at", "pk"):
        assert offer.starts_at is not None
        by_day[clock.local(offer.starts_at).date()].append(offer)
    scoped = within(Theme.objects.all(), actor, Permission.OFFER_READ, "community__path")
    today = clock.today()
    return Month(
        first,
        scoped.filter(community=community, month=first).first(),
        tuple(
            tuple(
                MonthDay(on, tuple(by_day[on]), outside=on.month != first.month, today=on == today)
                for on in week
            )
            for week in weeks
        ),
    )


def own_feed(actor: Actor) -> Feed | None:
    """The address of the actor's calendar, once they asked for one."""
    return own(Feed.objects.all(), actor).first()


def feed_claims(token: str) -> list[Claim]:
    """The offers with hours in which the holder of this address has a place; raises `Absent`.

    Whoever knows the token may read: calendars cannot sign in. It stops with the account.
    """
    feed = Feed.objects.filter(token=token).first()
    if feed is None or not person_in_force(feed.person_id):
        raise Absent("feed")
    rows = claim_rows().filter(seats__person=feed.person_id, seats__until=None)
    rows = rows.filter(state__in=SEATED, offer__starts_at__isnull=False)
    return list(rows.order_by("offer__starts_at", "pk"))
