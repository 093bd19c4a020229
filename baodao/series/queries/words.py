"""When a series returns, in the reader's words."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from baodao.series.models import ActivitySeries
from baodao.series.rules.rhythms import LAST, SeriesRhythm, turn_of


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
