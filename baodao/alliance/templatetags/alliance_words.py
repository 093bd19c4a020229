"""The hours of a service and of an appointment in words."""

from collections.abc import Sequence
from itertools import groupby

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from baodao.alliance.models import AllianceService, Appointment
from baodao.alliance.rules.hours import WEEKDAYS
from baodao.ui.wording import span_words, unbroken_hours

register = template.Library()


@register.filter
def week(service: AllianceService) -> list[tuple[str, SafeString]]:
    """The days on which it is offered, each with its hours; neighbouring days of the same hours
    stand together."""
    runs = groupby(enumerate(service.weekly), key=lambda day: day[1])
    return [
        (_days([number for number, _ in days]), unbroken_hours(hours.replace("-", "–")))
        for hours, days in runs
        if hours
    ]


def _days(numbers: Sequence[int]) -> str:
    first, last = (gettext(WEEKDAYS[number]) for number in (numbers[0], numbers[-1]))
    return (
        first
        if len(numbers) == 1
        else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    )


@register.filter
def costs(service: AllianceService) -> str:
    """Whether it is free, and what it costs where it is not."""
    words = str(service.get_cost_display())
    return f"{words} · {service.cost_words}" if service.cost_words else words


@register.filter
def when_booked(row: Appointment) -> str:
    """Day and hours of an appointment."""
    return span_words(row.starts_at, row.ends_at)
