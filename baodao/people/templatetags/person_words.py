"""What facts of a person are called, as they are declared."""

from django import template
from django.utils.translation import gettext

from baodao.people.facts import BY_NAME

register = template.Library()


@register.simple_tag
def fact_label(name: str) -> str:
    """What pages call the fact `name`."""
    return gettext(BY_NAME[name].label)
