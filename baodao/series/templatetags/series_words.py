"""Filters for series."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from baodao.series.models import ActivitySeries
from baodao.series.queries.series import day_note
from baodao.series.queries.words import rhythm_words
from baodao.ui.wording import hours_words, unbroken_hours

register = template.Library()
register.filter("day_note", day_note)
register.filter("rhythm_words", rhythm_words)


@register.filter
def hours(series: ActivitySeries) -> SafeString:
    """Such as 09:00–11:00."""
    return unbroken_hours(hours_words(series.begins, series.ends))


@register.filter
def counted_of(date: Any, offers: Mapping[Any, Any]) -> Any:
    """The activity of a date with its places taken; None where it has none."""
    return offers.get(date.offer_id)
