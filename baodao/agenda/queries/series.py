"""Series as members see them, with their dates to come."""

from typing import Any, NamedTuple
from uuid import UUID

from baodao.agenda.queries.claims import own_claims
from baodao.agenda.queries.openings import claimable, own_community
from baodao.agenda.queries.suggestions import Fit, fits_of
from baodao.claims.models import Claim
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.offers.queries.offers import counted, offer_rows
from baodao.series.models import ActivitySeries
from baodao.series.queries.series import offers_ahead, series_by_offer


class OpenDate(NamedTuple):
    """A date that a member claimed, or may claim as it fits them."""

    offer: Any
    claim: Claim | None
    fit: Fit | None


class OwnSeries(NamedTuple):
    """A series with its dates to come; `open` is how many of them the member may claim now."""

    series: ActivitySeries
    dates: list[OpenDate]
    open: int


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
    return OwnSeries(series_by_offer([rows[0].pk])[rows[0].pk], dates, len(free))
