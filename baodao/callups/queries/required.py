"""Whether checking in is required: in posts of call-ups alone, while a switch that ends says so."""

from baodao.accounts.queries import is_on
from baodao.accounts.rules import REQUIRED_CHECK_IN
from baodao.callups.models import CallPost, CallUp
from baodao.offers.models import Offer


def requires_check_in(offer: Offer) -> bool:
    """Of an offer: it is a post of a call-up, and the switch is on for its community today."""
    if not CallPost.objects.filter(offer=offer.pk).exists():
        return False
    return is_on(REQUIRED_CHECK_IN, offer.community)


def call_requires_check_in(call: CallUp) -> bool:
    """Of a call-up, for who is asked to come: the switch is on for its caller today."""
    return is_on(REQUIRED_CHECK_IN, call.caller)
