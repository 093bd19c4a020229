"""The hours of places and bookings in words."""

from datetime import datetime
from typing import Protocol

from django import template
from django.utils.safestring import SafeString

from baodao.kernel import clock
from baodao.ui.hours import week_words
from baodao.ui.wording import span_words
from baodao.venues.models import Venue

register = template.Library()


class BookedSpan(Protocol):
    """What has a beginning and an end."""

    starts_at: datetime
    ends_at: datetime


@register.filter
def open_week(venue: Venue) -> list[tuple[str, SafeString]]:
    """The days on which it is open, each with its hours."""
    return week_words(venue.weekly)


@register.filter
def slot_words(slot: BookedSpan) -> str:
    """Day and hours of a booking or an opening."""
    return span_words(slot.starts_at, slot.ends_at)


@register.filter
def clock_time(instant: datetime) -> str:
    """The hour of an instant in China."""
    return f"{clock.local(instant):%H:%M}"
