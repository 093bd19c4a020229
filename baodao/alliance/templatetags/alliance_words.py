"""The hours of a service and of an appointment in words."""

from django import template
from django.utils.safestring import SafeString

from baodao.alliance.models import AllianceService, Appointment
from baodao.ui.hours import week_words
from baodao.ui.wording import span_words

register = template.Library()


@register.filter
def week(service: AllianceService) -> list[tuple[str, SafeString]]:
    """The days on which it is offered, each with its hours."""
    return week_words(service.weekly)


@register.filter
def costs(service: AllianceService) -> str:
    """Whether it is free, and what it costs where it is not."""
    words = str(service.get_cost_display())
    return f"{words} · {service.cost_words}" if service.cost_words else words


@register.filter
def when_booked(row: Appointment) -> str:
    """Day and hours of an appointment."""
    return span_words(row.starts_at, row.ends_at)
