"""Offers as people type them; a kind with particulars of its own adds their fields."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.offers import MOST_PLACES, OfferFacts, hours_of
from baodao.people.rules.choices import SPECIALTIES
from baodao.ui.choices import WordsField
from baodao.ui.fields import CalendarDay, TimeInput
from baodao.ui.wording import question_choices

TITLE, TEXT, SHORT = 60, 500, 100


class OfferForm(forms.Form):
    """What all kinds share. Cleans to `OfferFacts` by `facts`.

    Every field beyond these is a particular of the kind, named as the column of its table.
    """

    title = forms.CharField(label=gettext_lazy("What is offered"), max_length=TITLE)
    category = forms.ChoiceField(label=gettext_lazy("Kind of service"))
    text = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(label=gettext_lazy("Where"), max_length=SHORT, required=False)
    places = forms.IntegerField(
        label=gettext_lazy("People wanted"), min_value=1, max_value=MOST_PLACES
    )
    specialties = WordsField(
        choice=SPECIALTIES,
        folded=True,
        label=gettext_lazy("Helpful specialties"),
        max_length=SHORT,
        help_text=gettext_lazy("Members who know this are shown it first; nobody is excluded."),
    )
    bring = forms.CharField(label=gettext_lazy("What to bring"), max_length=SHORT, required=False)
    organiser = forms.TypedChoiceField(
        label=gettext_lazy("Organised by"), coerce=int, empty_value=None, required=False
    )
    approval = forms.BooleanField(
        label=gettext_lazy("Claims wait for our approval"), required=False
    )

    def __init__(
        self,
        *args: Any,
        kind: OfferKind,
        categories: Mapping[str, str],
        organisers: Mapping[int, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["approval"].initial = kind.approval
        self.fields["category"].choices = partial(question_choices, categories)  # type: ignore[attr-defined]
        choices = [(str(key), name) for key, name in organisers.items()]
        self.fields["organiser"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> OfferFacts:
        """What was typed, once the form is valid."""
        typed = self.shared()
        own = {name: typed.pop(name) for name in self.fields if name not in SHARED}
        return OfferFacts(
            kind=self.kind, organiser_id=typed.pop("organiser"), particulars=own, **typed
        )

    def shared(self) -> dict[str, Any]:
        """The fields by their names in `OfferFacts`."""
        return dict(self.cleaned_data)


class ScheduledForm(OfferForm):
    """An offer without hours says in words when it serves."""

    schedule = forms.CharField(
        label=gettext_lazy("When it serves"),
        max_length=SHORT,
        required=False,
        help_text=gettext_lazy("In words, such as 每周六 9:00–11:00."),
    )
    field_order: tuple[str, ...] = ("title", "category", "text", "schedule")


class EndField(forms.TimeField):
    """When something ends; 24:00 is the end of the day."""

    def to_python(self, value: Any) -> Any:
        return time.min if value == "24:00" else super().to_python(value)


class HoursForm(forms.Form):
    """A day, from when to when; at night into the next day."""

    on = CalendarDay(label=gettext_lazy("Day"))
    begins = forms.TimeField(label=gettext_lazy("Starts"), widget=TimeInput())
    ends = EndField(
        label=gettext_lazy("Ends"),
        widget=TimeInput(),
        help_text=gettext_lazy("At night, an hour of the next day."),
    )

    def hours(self) -> tuple[datetime, datetime]:
        """Both instants, once the form is valid; left alone, those that it showed.

        An offer made elsewhere may last for days, which the fields cannot say. Raises `Refused`.
        """
        if "hours" in self.initial and not HoursForm.base_fields.keys() & set(self.changed_data):
            standing: tuple[datetime, datetime] = self.initial["hours"]
            return standing
        typed = self.cleaned_data
        return hours_of(typed["on"], typed["begins"], typed["ends"])


class TimedForm(OfferForm, HoursForm):
    """An offer with hours."""

    field_order: tuple[str, ...] = ("title", "category", "text", "on", "begins", "ends")

    def shared(self) -> dict[str, Any]:
        typed = super().shared()
        for name in HoursForm.base_fields:
            typed.pop(name)
        starts_at, ends_at = self.hours()
        return typed | {"starts_at": starts_at, "ends_at": ends_at}


SHARED = frozenset().union(*(form.base_fields for form in (ScheduledForm, TimedForm)))
