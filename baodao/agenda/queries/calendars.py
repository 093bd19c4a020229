"""A month of a community, its theme and its activities by day, and a month of a team."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from baodao.agenda.models import Theme
from baodao.agenda.rules.appointments import KEPT
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claim_rows, with_servers
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.days import YEARS
from baodao.kernel.scope import within
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Offers, counted, offer_rows, offers
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below


class TeamDate(NamedTuple):
    """An activity of a team: what it took on, with its claim, or what it organises itself."""

    offer: Offer
    claim: Claim | None = None

    @property
    def starts_at(self) -> datetime | None:
        """When it begins."""
        return self.offer.starts_at


@dataclass(frozen=True)
class MonthDay:
    """One day with what happens on it, an offer or a date of a team each; days of the neighbouring
    months are outside."""

    on: date
    activities: tuple[Any, ...]
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
    span = _span(first)
    rows = counted(offers(actor)).filter(community__in=ids_below(community.path), **span)
    rows = rows.exclude(state=OfferState.CANCELLED).order_by("starts_at", "pk")
    scoped = within(Theme.objects.all(), actor, Permission.OFFER_READ, "community__path")
    theme = scoped.filter(community=community, month=first).first()
    return Month(first, theme, _weeks(first, [(offer, offer) for offer in rows]))


def month_of_team(team: Organisation, first: date) -> Month:
    """What a team took on and what it organises in the month that begins on `first`, for whoever
    may see its page."""
    ahead = {f"offer__{key}": value for key, value in _span(first).items()}
    rows = claim_rows().filter(team=team, state__in=(*CLAIM.live, *KEPT), **ahead)
    claims = with_servers(rows.exclude(offer__state=OfferState.CANCELLED))
    dates = {claim.offer_id: TeamDate(claim.offer, claim) for claim in claims}
    for offer in organised_in([team.pk]).exclude(state=OfferState.CANCELLED).filter(**_span(first)):
        dates.setdefault(offer.pk, TeamDate(offer))
    ordered = sorted(dates.values(), key=lambda one: (one.offer.starts_at, one.offer.pk))
    return Month(first, None, _weeks(first, [(one.offer, one) for one in ordered]))


def organised_in(place_ids: Iterable[int]) -> Offers:
    """What teams or units with these ids organise and the community has published, with its
    hours."""
    return offer_rows().filter(
        organiser__in=place_ids, published_at__isnull=False, starts_at__isnull=False
    )


def _days(first: date) -> list[list[date]]:
    return Calendar().monthdatescalendar(first.year, first.month)


def _span(first: date) -> dict[str, datetime]:
    """What begins on one of the days that a page of the month shows."""
    days = _days(first)
    since, until = clock.midnight(days[0][0]), clock.end_of(days[-1][-1])
    return {"starts_at__gte": since, "starts_at__lt": until}


def _weeks(first: date, dates: Iterable[tuple[Offer, Any]]) -> tuple[tuple[MonthDay, ...], ...]:
    """The weeks of a month with each of these on the day on which its offer begins."""
    by_day: defaultdict[date, list[Any]] = defaultdict(list)
    for offer, one in dates:
        assert offer.starts_at is not None
        by_day[clock.local(offer.starts_at).date()].append(one)
    today = clock.today()
    return tuple(
        tuple(
            MonthDay(on, tuple(by_day[on]), outside=on.month != first.month, today=on == today)
            for on in week
        )
        for week in _days(first)
    )


def quarter_of(actor: Actor, community: Organisation, day: date) -> list[Month]:
    """The three months of the quarter in which a day lies."""
    first = day.month - (day.month - 1) % 3
    return [month_of(actor, community, date(day.year, first + turn, 1)) for turn in range(3)]


def starting_on_the_next_day() -> Offers:
    """Activities of tomorrow of which nobody was reminded yet, for the worker."""
    tomorrow = clock.today() + timedelta(days=1)
    return offer_rows().filter(
        state=OfferState.PUBLISHED,
        reminded_at=None,
        starts_at__gte=clock.midnight(tomorrow),
        starts_at__lt=clock.end_of(tomorrow),
    )
