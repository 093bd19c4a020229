"""Hours as they are typed and chosen: of a day, of a week, and one of the free slots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from baodao.kernel import clock
from baodao.kernel.days import month_day, read_instant
from baodao.kernel.errors import Refused
from baodao.kernel.hours import HOURS, WEEK, WEEKDAYS, FreeHour, tidy_hours
from baodao.ui.choices import DaysWidget
from baodao.ui.wording import hours_words, unbroken_hours, worded


class HoursField(forms.CharField):
    """The hours of a day, as people write them; empty ones are none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=HOURS, required=False, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        try:
            return tidy_hours(text)
        except Refused as refused:
            raise forms.ValidationError(worded(refused)) from refused


class WeekForm(forms.Form):
    """The hours of Monday to Sunday, a field each."""

    hours_help = gettext_lazy("Such as 9:00-11:30、14:00-17:00; empty where it is not offered.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"day_{number}"] = HoursField(label=gettext(name))
        self.fields["day_0"].help_text = self.hours_help

    def without_week(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """What was typed beside the hours, and the hours from Monday on."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        weekly = tuple(typed.pop(f"day_{number}") for number in range(WEEK))
        return typed, weekly


def week_known(weekly: Iterable[str]) -> dict[str, object]:
    """The hours of a week as that form shows them."""
    return {f"day_{number}": hours for number, hours in enumerate(weekly)}


def week_lines(weekly: Sequence[str]) -> list[tuple[str, str]]:
    """The days with hours, each with them; neighbouring days of the same hours stand together.
    Plain text, for tables and papers."""
    runs = groupby(enumerate(weekly), key=lambda day: day[1])
    return [
        (_days([number for number, _ in days]), hours.replace("-", "–"))
        for hours, days in runs
        if hours
    ]


def week_words(weekly: Sequence[str]) -> list[tuple[str, SafeString]]:
    """These lines for a page, where no hour is broken over two rows."""
    return [(days, unbroken_hours(hours)) for days, hours in week_lines(weekly)]


def _days(numbers: Sequence[int]) -> str:
    first, last = (gettext(WEEKDAYS[number]) for number in (numbers[0], numbers[-1]))
    return (
        first
        if len(numbers) == 1
        else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    )


@dataclass(frozen=True)
class DayOfSlots:
    """The free hours of a day."""

    on: date
    slots: Sequence[FreeHour]

    @property
    def words(self) -> str:
        """The day with its weekday."""
        return _day_words(self.slots[0])

    @property
    def hours(self) -> list[tuple[str, str]]:
        """Each of them: how a form sends it, and from when until when it is."""
        return [(slot.starts_at.isoformat(), _hours(slot)) for slot in self.slots]


def by_day(slots: Sequence[FreeHour]) -> list[DayOfSlots]:
    """The hours day by day."""
    days: dict[date, list[FreeHour]] = {}
    for slot in slots:
        days.setdefault(clock.local(slot.starts_at).date(), []).append(slot)
    return [DayOfSlots(day, rows) for day, rows in days.items()]


def slot_choices(slots: Sequence[FreeHour]) -> list[Any]:
    """The free hours, day by day."""
    return [(day.words, day.hours) for day in by_day(slots)]


def _hours(slot: FreeHour) -> str:
    begin, end = (clock.local(instant).time() for instant in (slot.starts_at, slot.ends_at))
    return hours_words(begin, end)


def _date_words(slot: FreeHour) -> str:
    return month_day(clock.local(slot.starts_at).date(), clock.today())


def _day_words(slot: FreeHour) -> str:
    weekday = clock.local(slot.starts_at).weekday()
    return f"{_date_words(slot)} {gettext(WEEKDAYS[weekday])}"


class HourForm(forms.Form):
    """Which of the free hours: first the day, then the hour."""

    starts_at = forms.TypedChoiceField(
        label=gettext_lazy("When?"),
        coerce=read_instant,
        widget=DaysWidget,
        error_messages={
            "invalid_choice": gettext_lazy("This hour is not free any more; choose another one.")
        },
    )

    def __init__(self, *args: Any, slots: Sequence[FreeHour], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_at"].choices = slot_choices(slots)  # type: ignore[attr-defined]
        if slots:
            words = gettext("Free hours up to %(day)s; later days open day by day.")
            self.fields["starts_at"].help_text = words % {"day": _date_words(slots[-1])}
