"""The decisions of offers, pure: the lives of offers and claims."""

from baodao.offers.rules.states import (
    CLAIM_NEXT,
    CLAIM_STATES,
    LIVE_CLAIMS,
    OFFER_KINDS,
    OFFER_NEXT,
    OFFER_STATES,
    SEATED,
    ClaimState,
    OfferKind,
    OfferState,
    move_claim,
    move_offer,
)

__all__ = [
    "CLAIM_NEXT",
    "CLAIM_STATES",
    "LIVE_CLAIMS",
    "OFFER_KINDS",
    "OFFER_NEXT",
    "OFFER_STATES",
    "SEATED",
    "ClaimState",
    "OfferKind",
    "OfferState",
    "move_claim",
    "move_offer",
]
