"""What is claimed of a list in words."""

from typing import Any

from django import template
from django.utils.translation import gettext

from baodao.resources.models import ListClaim
from baodao.resources.queries.fits import ListFit
from baodao.ui.wording import span_words

register = template.Library()


@register.filter
def span(row: ListClaim) -> str:
    """From when until when a resource is lent or wanted."""
    if row.starts_at is None or row.ends_at is None:
        return ""
    return span_words(row.starts_at, row.ends_at)


@register.filter
def fit_reason(fit: ListFit) -> str:
    """Why something fits: the words in which both speak of the same."""
    return gettext("Both speak of %(words)s.") % {"words": fit.words}


@register.filter
def takers(call: Any) -> str:
    """How many units have taken a need on, of how many it wants."""
    return f"{call.taken}/{call.units}"
