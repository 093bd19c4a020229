"""How an offer stands in the calendar of who has, or had, a place in it (RFC 5545)."""

from datetime import timedelta
from enum import StrEnum

from baodao.claims.rules.lives import SERVING, ClaimState
from baodao.offers.rules.lives import OfferState

MEMORY = timedelta(days=31)
"""For so long after its end a date that was cancelled is still told as cancelled."""

KEPT = (*SERVING, ClaimState.DONE, ClaimState.ABSENT)
"""Dates that stay as they were; that somebody did not come is told to nobody."""


class DateStatus(StrEnum):
    """The words of the format."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


def status_of(offer_state: str, claim_state: str, *, given_up: bool) -> DateStatus:
    """How a date stands for who has a seat, or `given_up` theirs, in a claim."""
    if given_up or offer_state == OfferState.CANCELLED:
        return DateStatus.CANCELLED
    if claim_state == ClaimState.INVITED:
        return DateStatus.TENTATIVE
    return DateStatus.CONFIRMED if claim_state in KEPT else DateStatus.CANCELLED
