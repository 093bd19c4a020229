"""A month of a community: its theme and its activities by day; and a member's own calendar."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from baodao.accounts.queries import person_in_force
from baodao.agenda.models import Feed, Theme
from baodao.agenda.rules.appointments import MEMORY, DateStatus, status_of
from baodao.claims.models import Seat
from baodao.claims.queries.seats import seats_ever_of
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.days import YEARS
from baodao.kernel.errors import Absent
from baodao.kernel.journal import StoryLength, story_lengths
from baodao.kernel.scope import own, within
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Offers, counted, offer_rows, offers
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.people.queries.relations import going_on_as

SERVED = "claim.served"
"""Written of who came alone: a calendar must not tell who did not."""


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
    """What is planned, offered and over in the month that begins on `first`, there and in what the
    community took over."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    since, until = clock.midnight(weeks[0][0]), clock.end_of(weeks[-1][-1])
    rows = counted(offers(actor)).filter(
        community__in=ids_below(community.path), starts_at__gte=since, starts_at__lt=until
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


def quarter_of(actor: Actor, community: Organisation, day: date) -> list[Month]:
    """The three months of the quarter in which a day lies."""
    first = day.month - (day.month - 1) % 3
    return [month_of(actor, community, date(day.year, first + turn, 1)) for turn in range(3)]


def own_feed(actor: Actor) -> Feed | None:
    """The address of the actor's calendar, once they asked for one."""
    return own(Feed.objects.all(), actor).first()


@dataclass(frozen=True)
class Appointment:
    """A date in the calendar of who has, or had, a place in an offer with hours."""

    seat: Seat
    status: DateStatus
    story: StoryLength | None

    @property
    def sequence(self) -> int:
        """A number that only grows: whoever has an older copy takes this one. Each entry about the
        claim counts for two, so that who has it again is above what was cancelled without one."""
        entries = self.story.entries if self.story else 0
        return self.seat.claim.offer.revision + 2 * entries + (self.status is DateStatus.CANCELLED)

    @property
    def changed_at(self) -> datetime:
        """When something last changed that stands in the calendar."""
        claim = self.seat.claim
        instants = (claim.seated_at, claim.ended_at, self.seat.until, claim.offer.revised_at)
        entry_at = self.story.last if self.story else None
        return max(instant for instant in (claim.claimed_at, entry_at, *instants) if instant)


def appointments(token: str) -> list[Appointment]:
    """The dates of the holder of this address; what is cancelled as long as it may be remembered.

    Whoever knows the token may read, as long as the holder may sign in: calendars cannot. Raises
    `Absent`.
    """
    feed = Feed.objects.select_related("person").filter(token=token).first()
    if feed is None:
        raise Absent("feed")
    person = going_on_as(feed.person)
    if not person_in_force(person.pk):
        raise Absent("feed")
    placed = Q(claim__seated_at__isnull=False) | Q(claim__state=ClaimState.INVITED)
    rows = seats_ever_of(person.pk).filter(placed, claim__offer__starts_at__isnull=False)
    seats = {row.claim_id: row for row in rows.order_by(F("until").asc())}
    stories = story_lengths(seats, without=SERVED)
    dates = [_appointment(seat, stories.get(claim_id)) for claim_id, seat in seats.items()]
    remembered = clock.now() - MEMORY
    return [
        date
        for date in sorted(dates, key=lambda date: str(date.seat.claim.offer.starts_at))
        if date.status is not DateStatus.CANCELLED or _end(date) >= remembered
    ]


def _appointment(seat: Seat, story: StoryLength | None) -> Appointment:
    claim = seat.claim
    given_up = seat.until is not None
    return Appointment(seat, status_of(claim.offer.state, claim.state, given_up=given_up), story)


def _end(date: Appointment) -> datetime:
    ends_at = date.seat.claim.offer.ends_at
    assert ends_at is not None
    return ends_at


def starting_on_the_next_day() -> Offers:
    """Activities of tomorrow of which nobody was reminded yet, for the worker."""
    tomorrow = clock.today() + timedelta(days=1)
    return offer_rows().filter(
        state=OfferState.PUBLISHED,
        reminded_at=None,
        starts_at__gte=clock.midnight(tomorrow),
        starts_at__lt=clock.end_of(tomorrow),
    )
