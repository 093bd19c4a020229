"""Series in scope, their dates, and which activity is of which."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, gettext_noop
from baodao.kernel.prepared import Prepared, Several, among
from baodao.kernel.scope import within
from baodao.kernel.workdays import is_known, special_day
from baodao.notices.queries.pending import PendingRows
from baodao.offers.queries.offers import Offers, offers
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.series.models import ActivitySeries, SeriesDate
from baodao.series.rules.policies import AHEAD_DAYS
from baodao.series.rules.rhythms import days_of

OVER = gettext_noop("The series ends before that day.")
"""The reason kept with dates after a new last day; shown translated."""

AllSeries = QuerySet[ActivitySeries]
Dates = QuerySet[SeriesDate]


def series_rows() -> AllSeries:
    """Every series with the names that pages show, for this slice."""
    return ActivitySeries.objects.select_related("community__parent", "organiser")


def running() -> AllSeries:
    """What has not ended, for the worker."""
    return series_rows().filter(ended_at=None, until_on__gte=clock.today())


def series_in(actor: Actor, permission: Permission = Permission.OFFER_READ) -> AllSeries:
    """Series of communities on which the actor holds `permission`."""
    return within(series_rows(), actor, permission, "community__path")


def series_of(actor: Actor, community: Organisation) -> AllSeries:
    """Those of one community and of what it took over; what runs first."""
    rows = series_in(actor).filter(community__in=ids_below(community.path))
    return rows.order_by("-ended_at", "title", "pk")


def one_series(
    actor: Actor, series_id: UUID, permission: Permission = Permission.OFFER_READ
) -> ActivitySeries:
    """One in scope; raises `Absent`."""
    series = series_in(actor, permission).filter(pk=series_id).first()
    if series is None:
        raise Absent("series")
    return series


def dates_of(series: ActivitySeries) -> Dates:
    """The dates of a series, those to come first, the soonest of them first."""
    return series.dates.select_related("offer__community", "offer__organiser").order_by("on")


def dates_to_decide(actor: Actor) -> Dates:
    """Dates of which the actor may say whether they take place."""
    rows = SeriesDate.objects.select_related("series__community", "series__organiser", "offer")
    return within(rows, actor, Permission.OFFER_EDIT, "series__community__path")


def ahead(series: ActivitySeries) -> Dates:
    """The dates that have not begun and are offered, the soonest first."""
    rows = series.dates.select_related("offer")
    rows = rows.filter(offer__state=OfferState.PUBLISHED, offer__starts_at__gt=clock.now())
    return rows.order_by("offer__starts_at", "offer")


def offers_ahead(rows: Offers, series_id: UUID) -> Offers:
    """Those of these offers that are dates of a series, the soonest first."""
    return rows.filter(date__series=series_id).order_by("starts_at", "pk")


def series_by_offer(offer_ids: Iterable[UUID]) -> dict[UUID, ActivitySeries]:
    """Of which series each of these activities is a date, by the activity; the others are left
    out."""
    rows = _DATES.rows(Several(offer_ids))
    return {row.offer_id: row.series for row in rows if row.offer_id is not None}


def _dates_of(offer_ids: Several) -> Dates:
    return SeriesDate.objects.filter(among("offer", offer_ids)).select_related("series")


_DATES = Prepared(_dates_of)


def series_with(rows: Offers) -> AllSeries:
    """Series of which one of these offers is a date, by their titles."""
    dates = SeriesDate.objects.filter(offer__in=rows.order_by().values("pk"))
    return series_rows().filter(pk__in=dates.values("series")).order_by("title", "pk")


def offers_of_series(actor: Actor, series_id: UUID) -> Offers:
    """The activities of a series in the actor's scope."""
    return offers(actor).filter(date__series=series_id).order_by("starts_at", "pk")


def days_to_write(series: ActivitySeries) -> list[date]:
    """The days of a series, as far ahead as dates are made, of which nothing is written yet."""
    today = clock.today()
    days = value_of(AHEAD_DAYS, standing_of(series.community))
    until_on = min(series.until_on, today + timedelta(days=days))
    there = set(series.dates.values_list("on", flat=True))
    every = days_of(series.rhythm, series.first_on, until_on)
    first = today if clock.local(clock.now()).time() < series.begins else today + timedelta(days=1)
    return [on for on in every if on >= first and on not in there]


def made_until(series: ActivitySeries) -> date | None:
    """The last day up to which its dates are offered now; none where all are, or it ended."""
    until_on = clock.today() + timedelta(days=value_of(AHEAD_DAYS, standing_of(series.community)))
    return until_on if series.ended_at is None and until_on < series.until_on else None


def unknown_years(series: ActivitySeries) -> list[str]:
    """The years of its dates to come whose holidays no table knows."""
    first = max(clock.today(), series.first_on).year
    years = range(first, series.until_on.year + 1) if series.ended_at is None else ()
    return [str(year) for year in years if not is_known(year)]


def cut_dates(series: ActivitySeries) -> Dates:
    """The dates to come that an earlier last day cut off, and that lie before it again."""
    rows = series.dates.filter(on__gt=clock.today(), on__lte=series.until_on)
    return rows.filter(offer__state=OfferState.CANCELLED, offer__ended_reason=OVER).order_by("on")


def day_note(on: date) -> str:
    """What holiday a day is, or that offices work on it though it is a weekend; else nothing."""
    name = special_day(on)
    return gettext(name) if name else ""


def undecided(rows: AllSeries) -> AllSeries:
    """Those of these series of which a date to come waits for the community's word."""
    open_dates = SeriesDate.objects.filter(
        Q(on__gte=clock.today()), series=OuterRef("pk"), offer=None, off_at=None
    )
    return rows.filter(Exists(open_dates), ended_at=None)


def series_to_decide(actor: Actor, community: Organisation) -> AllSeries:
    """Those of a community that wait for the actor's word whether a date takes place."""
    rows = series_in(actor, Permission.OFFER_EDIT).filter(community__in=ids_below(community.path))
    return undecided(rows).order_by("title", "pk")


def _question() -> AllSeries:
    """For which series a notice asks."""
    return undecided(ActivitySeries.objects.filter(pk=OuterRef("about")))


PENDING: dict[str, PendingRows] = {"series-question": _question}
"""For which rows notices ask."""
