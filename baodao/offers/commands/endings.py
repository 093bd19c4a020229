"""The ends of a locked, published offer: over, or called off; live claims end with it."""

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.stages import move
from baodao.offers.commands.hours import revise
from baodao.offers.models import Offer
from baodao.offers.queries.claims import offer_claims
from baodao.offers.rules.lives import OfferState


def call_off(actor: Actor, offer: Offer, why: str) -> None:
    """It does not take place; everybody with a live claim is told why."""
    at = clock.now()
    move([offer], OfferState.CANCELLED, at, ended_at=at, ended_reason=why)
    revise(offer)
    offer_claims().end(offer)
    journal.write(
        actor, "offer.cancelled", offer.pk, offer.community_id, title=offer.title, reason=why
    )


def finish(actor: Actor, offer: Offer, reason: str = "") -> None:
    """It is over, with thanks to who served."""
    at = clock.now()
    move([offer], OfferState.CLOSED, at, ended_at=at, ended_reason=reason)
    offer_claims().end(offer)
    journal.write(
        actor, "offer.closed", offer.pk, offer.community_id, title=offer.title, reason=reason
    )
