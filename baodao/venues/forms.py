"""What is typed about places, their rooms, windows and days; what is booked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.bookings.forms import AccountHolderForm, ByHandForm, HourBookingForm
from baodao.bookings.rules.bookings import NOTES
from baodao.kernel.hours import LEAST_MINUTES, MOST_MINUTES
from baodao.kernel.lives import MOST_WORDS
from baodao.orgs.models import Organisation
from baodao.spreadsheets.fields import LengthField, PhoneField
from baodao.ui.fields import CalendarDay
from baodao.ui.hours import HoursField, WeekForm, week_known
from baodao.ui.wording import code_choices
from baodao.venues.models import Venue, VenueRoom, VenueWindow
from baodao.venues.rules.venues import (
    ADDRESS,
    MOST_SEATS,
    NAME,
    TEXT,
    TITLE,
    OtherDays,
    RoomFacts,
    VenueFacts,
    VenueKind,
    WindowFacts,
)


class VenueForm(WeekForm):
    """What a place is, and its hours of the week."""

    hours_help = gettext_lazy("Such as 9:00-11:30、14:00-17:00; empty where it is closed.")

    kind = forms.ChoiceField(label=gettext_lazy("Kind of place"), widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name of the place"), max_length=NAME)
    address = forms.CharField(
        label=gettext_lazy("Address of the place"),
        max_length=ADDRESS,
        help_text=gettext_lazy("So that somebody who does not know the area finds it."),
    )
    phone = PhoneField(
        label=gettext_lazy("Telephone of the place"),
        required=False,
        help_text=gettext_lazy("Everybody reads it; none of a person."),
    )
    text = forms.CharField(
        label=gettext_lazy("What can be done there"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = code_choices(VenueKind)  # type: ignore[attr-defined]

    def facts(self) -> VenueFacts:
        """What was typed."""
        typed, weekly = self.without_week()
        typed.pop("organisation", None)
        return VenueFacts(weekly=weekly, **typed)


class NewVenueForm(VenueForm):
    """A new place: whose it is, where there is a choice."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("Whose it is"), coerce=int)
    field_order = ("organisation",)

    def __init__(self, *args: Any, keepers: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(row.pk, row.name) for row in keepers]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        self.fields["organisation"].initial = choices[0][0]


def venue_known(row: Venue) -> dict[str, object]:
    """A place as its form shows it."""
    names = ("kind", "name", "address", "phone", "text")
    return {name: getattr(row, name) for name in names} | week_known(row.weekly)


class VenueRoomForm(forms.Form):
    """A room that can be booked."""

    title = forms.CharField(label=gettext_lazy("What the room is called"), max_length=TITLE)
    seats = forms.IntegerField(
        label=gettext_lazy("For how many people"), min_value=1, max_value=MOST_SEATS, initial=20
    )
    minutes = LengthField(
        label=gettext_lazy("How long a booking is"),
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        initial=60,
        help_text=gettext_lazy(
            "Such as 1小时30分: the hours of the place are cut into so many bookings."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("What is in it, what to mind"), max_length=TEXT, required=False
    )

    def facts(self) -> RoomFacts:
        """What was typed."""
        return RoomFacts(**self.cleaned_data)


def room_known(row: VenueRoom) -> dict[str, object]:
    """A room as its form shows it."""
    return {name: getattr(row, name) for name in VenueRoomForm.base_fields}


class VenueWindowForm(forms.Form):
    """A window and what it does."""

    title = forms.CharField(label=gettext_lazy("What the window is called"), max_length=TITLE)
    text = forms.CharField(
        label=gettext_lazy("What it does"),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("And what to bring, in a sentence."),
    )

    def facts(self) -> WindowFacts:
        """What was typed."""
        return WindowFacts(**self.cleaned_data)


def window_known(row: VenueWindow) -> dict[str, object]:
    """A window as its form shows it."""
    return {"title": row.title, "text": row.text}


class OtherDaysForm(forms.Form):
    """Days that differ."""

    first = CalendarDay(label=gettext_lazy("First day"))
    last = CalendarDay(label=gettext_lazy("Last day"))
    hours = HoursField(
        label=gettext_lazy("Hours of these days"),
        help_text=gettext_lazy("Empty where it is closed."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MOST_WORDS,
        help_text=gettext_lazy("On the public page, and told to who booked."),
    )

    def other(self) -> OtherDays:
        """What was typed."""
        return OtherDays(**self.cleaned_data)


_PURPOSE = forms.CharField(
    label=gettext_lazy("What is it for?"),
    max_length=NOTES,
    help_text=gettext_lazy("Such as 读书会, about 12 people."),
)


class RoomForm(HourBookingForm):
    """What a resident types to book a room."""

    notes = _PURPOSE


class RoomByHandForm(ByHandForm):
    """The same, as a worker takes it down."""

    notes = _PURPOSE


class OwnRoomForm(AccountHolderForm):
    """What a member or a unit types to book a room."""

    notes = _PURPOSE
