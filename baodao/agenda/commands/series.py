"""A member claims all dates of a series that come, each by a claim of its own."""

from functools import partial
from uuid import UUID

from baodao.agenda.queries.openings import claimable, own_community, without_own
from baodao.claims.commands.claims import claim
from baodao.claims.models import Claim
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.offers.models import Offer
from baodao.offers.rules.offers import when_words
from baodao.people.queries.members import lock_persons
from baodao.series.queries.series import offers_ahead


@command
def claim_series(actor: Actor, *, series_id: UUID) -> Batch[Claim]:
    """Claim each date that the actor may claim and has not: a place, the waiting list or the
    community's approval. A date at which they are elsewhere is named with the reason. Cannot be
    taken back as a whole: each date is given up by itself."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    home = own_community(actor)
    if home.registration is None:
        raise Refused(
            "claim.not-registered",
            gettext_noop("Report in first; once a community has received you, you can claim."),
        )
    dates = list(offers_ahead(without_own(claimable(home), actor), series_id).order_by("pk"))
    if not dates:
        raise Refused("series.no-date", gettext_noop("No date is left that you could claim."))
    return Batch.each(dates, partial(_claim, actor), _day)


def _claim(actor: Actor, offer: Offer) -> Claim:
    """Claim one date; one that is gone meanwhile is refused like any other."""
    try:
        return claim(actor, offer_id=offer.pk)
    except Absent:
        raise Refused(
            "series.gone", gettext_noop("This date is no longer offered to you.")
        ) from None


def _day(offer: Offer) -> str:
    assert offer.starts_at is not None
    return when_words(offer.starts_at)
