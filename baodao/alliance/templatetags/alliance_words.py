"""The hours of a service, where it is and what it costs, in words."""

from django import template
from django.utils.safestring import SafeString

from baodao.alliance.models import AllianceService
from baodao.ui.hours import week_words

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
def offered_words(service: AllianceService) -> str:
    """Who offers it, where, and its cost, in a line."""
    spot = "" if service.at_home else service.member.spot
    words = (service.member.name, str(service.get_spot_display()), spot, costs(service))
    return " · ".join(filter(None, words))
