"""Series as members see them, with their dates to come."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from baodao.agenda.queries.claims import own_claims
from baodao.agenda.queries.openings import claimable, own_community
from baodao.agenda.queries.suggestions import Fit, fits_of
from baodao.claims.models import Claim
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.offers.models import Offer
from baodao.offers.queries.offers import counted, offer_rows
from baodao.series.models import ActivitySeries
from baodao.series.queries.series import made_until, offers_ahead, series_by_offer


class OpenDate(NamedTuple):
    """A date that a member claimed, or may claim as it fits them."""

    offer: Any
    claim: Claim | None
    fit: Fit | None


class OwnSeries(NamedTuple):
    """A series with its dates to come; `open` is how many of them the member may claim now. Where
    dates are offered up to a `horizon` only, later ones appear day by day."""

    series: ActivitySeries
    dates: list[OpenDate]
    open: int
    horizon: date | None


def series_for(actor: Actor, series_id: UUID) -> OwnSeries:
    """A series with the dates that the actor claimed or may claim. Raises `Absent` where there is
    none of them."""
    home = own_community(actor)
    claims = {row.offer_id: row for row in own_claims(actor)}
    reach = offers_ahead(claimable(home), series_id) | offers_ahead(
        offer_rows().filter(pk__in=list(claims)), series_id
    )
    rows = list(counted(reach))
    fits = {
        fit.offer.pk: fit
        for fit in fits_of(actor.person_id, home, [row for row in rows if row.pk not in claims])
    }
    if not rows:
        raise Absent("series")
    dates = [OpenDate(row, claims.get(row.pk), fits.get(row.pk)) for row in rows]
    free = [fit for fit in fits.values() if not fit.obstacle]
    series = series_by_offer([rows[0].pk])[rows[0].pk]
    return OwnSeries(series, dates, len(free), made_until(series))


def series_beside(actor: Actor, offer: Offer) -> OwnSeries | None:
    """The series of which an offer is a date, as long as it has not ended; None where there is
    none, or none of its dates is for the actor."""
    series = series_by_offer([offer.pk]).get(offer.pk)
    if series is None or series.ended_at is not None:
        return None
    try:
        return series_for(actor, series.pk)
    except Absent:
        return None
