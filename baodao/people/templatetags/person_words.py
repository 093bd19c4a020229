"""What facts of a person are called, as they are declared, of which unit somebody is, and what a
stranger reads of a name."""

from django import template
from django.utils.translation import gettext

from baodao.kernel.masks import masked_name
from baodao.orgs.models import Organisation
from baodao.people.facts import BY_NAME
from baodao.people.queries.members import unit_of

register = template.Library()


@register.simple_tag
def fact_label(name: str) -> str:
    """What pages call the fact `name`."""
    return gettext(BY_NAME[name].label)


@register.filter
def unit_name(branch: Organisation) -> str:
    """The unit of a branch; small units have members without branches."""
    return unit_of(branch).name


@register.filter
def partly_hidden(name: str) -> str:
    """A name of which a stranger sees the first character only."""
    return masked_name(name)
