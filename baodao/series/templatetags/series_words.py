"""Filters for series."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from baodao.series.models import ActivitySeries
from baodao.series.queries.series import day_note
from baodao.series.rules.rhythms import LAST, SeriesRhythm, turn_of
from baodao.ui.wording import hours_words, unbroken_hours

register = template.Library()
register.filter("day_note", day_note)


@register.filter
def rhythm_words(series: ActivitySeries) -> str:
    """Such as 每月第2个星期六."""
    first_on = series.first_on
    facts = {
        "weekday": WEEKDAYS[first_on.weekday()],
        "turn": turn_of(first_on),
        "day": first_on.day,
    }
    return _sentence(series.rhythm, last=facts["turn"] == LAST) % facts


def _sentence(rhythm: str, *, last: bool) -> str:
    if rhythm == SeriesRhythm.WEEK:
        return gettext("every %(weekday)s")
    if rhythm == SeriesRhythm.FORTNIGHT:
        return gettext("%(weekday)s every other week")
    if rhythm == SeriesRhythm.DAY:
        return gettext("every month on day %(day)s")
    if last:
        return gettext("every month on the last %(weekday)s")
    return gettext("every month on %(weekday)s number %(turn)s")


@register.filter
def hours(series: ActivitySeries) -> SafeString:
    """Such as 09:00–11:00."""
    return unbroken_hours(hours_words(series.begins, series.ends))


@register.filter
def counted_of(date: Any, offers: Mapping[Any, Any]) -> Any:
    """The activity of a date with its places taken; None where it has none."""
    return offers.get(date.offer_id)
