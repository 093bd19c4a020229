"""What templates tell of registrations: the steps, units, days."""

from datetime import datetime

from django import template
from django.utils.translation import gettext, ngettext

from baodao.kernel import clock
from baodao.registration.models import Registration
from baodao.registration.tables.steps import Step, steps_to

register = template.Library()


@register.simple_tag
def steps_of(registration: Registration | None) -> list[Step]:
    """The way from the letter to being registered, and how far this one is."""
    return steps_to(registration.state if registration else "")


@register.filter
def waited(instant: datetime | None) -> str:
    """How long a letter, or what somebody applied for, waits: today, 3 days."""
    days = clock.days_since(instant) if instant else 0
    if not days:
        return gettext("since today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
