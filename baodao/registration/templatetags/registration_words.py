"""What templates tell of registrations: the steps, units, days."""

from datetime import datetime

from django import template

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.people.queries.members import unit_of
from baodao.registration.models import Registration
from baodao.registration.tables.steps import Step, steps_to

register = template.Library()


@register.filter
def unit_name(branch: Organisation) -> str:
    """The unit of a branch; small units have members without branches."""
    return unit_of(branch).name


@register.simple_tag
def steps_of(registration: Registration | None) -> list[Step]:
    """The way from the letter to being registered, and how far this one is."""
    return steps_to(registration.state if registration else "")


@register.filter
def days_since(instant: datetime | None) -> int:
    """Whole days since an instant, by the calendar."""
    return (clock.today() - clock.local(instant).date()).days if instant else 0
