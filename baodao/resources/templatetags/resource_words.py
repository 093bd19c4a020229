"""What is claimed of a list in words."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from baodao.kernel.errors import barrier
from baodao.resources.models import ListClaim
from baodao.resources.queries.barriers import check_agreeable, check_need
from baodao.resources.queries.calendars import BookedHours
from baodao.resources.queries.fits import ListFit
from baodao.resources.rules.lives import ListClaimState
from baodao.ui.wording import hours_words, span_words, unbroken_hours, worded

register = template.Library()


@register.filter
def span(row: ListClaim) -> SafeString:
    """From when until when a resource is lent or wanted."""
    if row.starts_at is None or row.ends_at is None:
        return SafeString()
    return unbroken_hours(span_words(row.starts_at, row.ends_at))


@register.filter
def fit_reason(fit: ListFit) -> str:
    """Why something fits: the words in which both speak of the same."""
    return gettext("Both speak of %(words)s.") % {"words": fit.words}


@register.filter
def takers(call: Any) -> str:
    """How many units have taken a need on, of how many it wants."""
    return f"{call.taken}/{call.units}"


@register.filter
def claim_state(row: ListClaim) -> str:
    """How a claim stands, with the name of who has to answer or has declined."""
    match row.state:
        case ListClaimState.OPEN:
            return gettext("Waits for the answer of %(name)s") % {"name": row.other.name}
        case ListClaimState.OTHER_TIME:
            words = gettext("Another time is proposed; %(name)s says whether it suits")
            return words % {"name": row.claimant.name}
        case ListClaimState.DECLINED:
            return gettext("Declined by %(name)s") % {"name": row.other.name}
    return row.get_state_display()


@register.filter
def agree_barrier(row: Any) -> str:
    """Why nobody can agree to a claim any more; empty where one can."""
    refused = barrier(check_agreeable, row)
    return worded(refused) if refused else ""


@register.filter
def need_barrier(call: Any) -> str:
    """Why the unit that reads cannot take on a need; empty where it can."""
    refused = barrier(check_need, call)
    return worded(refused) if refused else ""


@register.filter
def hours_booked(one: BookedHours) -> SafeString:
    """09:00–11:00, as far as a booking falls on a day."""
    return unbroken_hours(hours_words(one.begins.time(), one.ends.time()))


@register.filter
def booking_words(one: BookedHours) -> str:
    """To whom it is lent, or who wants it."""
    name = one.claim.community.name
    words = gettext("lent to %(name)s") if one.lent else gettext("wanted by %(name)s, not agreed")
    return words % {"name": name}
