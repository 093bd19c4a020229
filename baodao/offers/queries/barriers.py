"""What keeps an offer from being closed, called off or moved. Commands check it under their locks;
pages say it in place of a form that would be refused."""

from baodao.kernel import clock
from baodao.offers.models import Offer
from baodao.offers.queries.claims import offer_claims
from baodao.offers.queries.entries import is_recorded
from baodao.offers.rules.lives import OFFER, PROPOSALS, OfferState
from baodao.offers.rules.offers import (
    check_cancel,
    check_close,
    check_timed,
    check_unrecorded,
    has_begun,
)


def check_closable(offer: Offer) -> None:
    """Refuse to close what is not published, or what its list closes while people are on it."""
    OFFER.move(offer.state, OfferState.CLOSED)
    check_close(offer.kind, expected=offer_claims().expected(offer))


def check_cancellable(offer: Offer) -> None:
    """Refuse to call off what is over, what a unit proposes, and what took place."""
    if offer.state in PROPOSALS:
        raise OFFER.refusal(offer.state)
    OFFER.move(offer.state, OfferState.CANCELLED)
    check_cancel(offer.kind, recorded=is_recorded(offer))


def check_movable(offer: Offer) -> None:
    """Refuse to move what is not published, has no hours, or began and is recorded already."""
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_timed(offer.kind)
    if has_begun(offer.starts_at, clock.now()):
        check_unrecorded(offer.kind, recorded=is_recorded(offer))
