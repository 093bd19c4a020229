"""A series as it is typed: an activity, how it returns, and until when."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel import clock
from baodao.offers.kinds.forms import TimedForm
from baodao.offers.rules.offers import OfferFacts
from baodao.series.models import ActivitySeries
from baodao.series.rules.rhythms import SeriesRhythm
from baodao.series.rules.series import SeriesFacts, on_day
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import code_choices


class SeriesForm(TimedForm):
    """An activity with its first day; cleans to `SeriesFacts` by `series_facts`."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("How it returns"), choices=lambda: code_choices(SeriesRhythm)
    )
    until_on = CalendarDay(label=gettext_lazy("Last day"))
    field_order = (
        "title", "category", "text", "on", "rhythm", "until_on", "begins", "ends",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label = gettext_lazy("First day")

    def series_facts(self) -> SeriesFacts:
        """What was typed, once the form is valid. Raises `Refused`."""
        typed = dict(self.cleaned_data)
        rhythm, until_on = typed.pop("rhythm"), typed.pop("until_on")
        hours = {name: typed.pop(name) for name in ("on", "begins", "ends")}
        offer = OfferFacts(kind=self.kind, organiser_id=typed.pop("organiser"), **typed)
        return SeriesFacts(on_day(offer, **hours), rhythm, until_on, **hours)

    def fix(self) -> None:
        """Of a series that runs the first day, the rhythm and the approval stand; they are shown,
        not asked."""
        for name in ("on", "rhythm", "approval"):
            self.fields[name].disabled = True


NAMES = (
    "title", "category", "text", "place", "places", "specialties", "bring", "approval", "rhythm",
    "until_on", "begins", "ends",
)  # fmt: skip


def series_known(series: ActivitySeries) -> dict[str, object]:
    """A series as the form shows it."""
    words = {name: getattr(series, name) for name in NAMES}
    return {**words, "on": series.first_on, "organiser": series.organiser_id}


def first_until() -> dict[str, object]:
    """A first guess of the last day: the end of the year, of the next one from November."""
    today = clock.today()
    return {"until_on": date(today.year + (today.month > 10), 12, 31)}
