"""Fields that several forms have: the browser's own for days and hours, and a row by its name."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext

from baodao.kernel.days import YEARS
from baodao.kernel.errors import Refused
from baodao.ui.wording import worded


class DateInput(forms.DateInput):
    """A day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CalendarDay(forms.DateField):
    """A day of the years that are read anywhere; another is a slip of the finger."""

    widget = DateInput

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value.year not in YEARS:
            message = gettext("Write a year from %(first)s to %(last)s.")
            raise forms.ValidationError(message % {"first": YEARS[0], "last": YEARS[-1]})


class TimeInput(forms.TimeInput):
    """An hour and minute of the day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class InstantInput(forms.DateTimeInput):
    """A day with its hour, on the clocks of China."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class NameField(forms.CharField):
    """A row that people name in words, such as a community; cleans to the row, or to None.

    `options` is the id of the list on the page that offers names while one types. `find` gives the
    row; its refusal, of a name that fits none or several, stands beside the field.
    """

    find: Callable[[str], Any]

    def __init__(self, *, options: str, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs |= {"list": options, "autocomplete": "off"}

    def clean(self, value: object) -> Any:
        words = str(super().clean(value) or "")
        try:
            return self.find(words) if words else None
        except Refused as refused:
            raise forms.ValidationError(worded(refused)) from refused
