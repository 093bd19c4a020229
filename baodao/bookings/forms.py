"""What is typed to book an hour: by who needs it, or by a worker who takes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.bookings.rules.bookings import (
    BY_HAND,
    CONSENT,
    NOTES,
    VISITOR,
    BookingFacts,
    BookingWay,
)
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.hours import HourForm
from baodao.ui.wording import code_choices


class HourBookingForm(HourForm):
    """What is typed without an account. `website` is hidden: whoever fills it is no person."""

    notes = forms.CharField(
        label=gettext_lazy("Anything to add?"),
        max_length=NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    visitor = forms.CharField(
        label=gettext_lazy("What should we call you?"),
        max_length=VISITOR,
        required=False,
        help_text=gettext_lazy("May stay empty."),
    )
    phone = PhoneField(
        label=gettext_lazy("Your telephone"),
        required=False,
        help_text=gettext_lazy("May stay empty: the code that you get leads to your booking."),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that my telephone is kept for this booking alone"),
        required=False,
        help_text=gettext_lazy("Tick this only if you leave a telephone."),
    )
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    def clean_website(self) -> str:
        """Nobody who reads the page fills this."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext("Leave this empty"))
        return ""

    def facts(self) -> BookingFacts:
        """What was typed."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        typed.pop("website", None)
        consent = CONSENT if typed.pop("consent", False) else ""
        return BookingFacts(consent=consent, **typed)


class ByHandForm(HourBookingForm):
    """The same, as a worker takes it down."""

    way = forms.ChoiceField(
        label=gettext_lazy("How we heard of it"),
        widget=forms.RadioSelect,
        initial=BookingWay.WINDOW,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["website"]
        self.fields["way"].choices = code_choices(BY_HAND)  # type: ignore[attr-defined]
        labels = {
            "visitor": gettext("Who books"),
            "phone": gettext("Telephone of who books"),
            "consent": gettext("Whoever books agrees that the telephone is kept for it alone"),
        }
        for name, label in labels.items():
            self.fields[name].label = label


class AccountHolderForm(HourBookingForm):
    """The same, of who has an account: who they are is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("visitor", "phone", "consent", "website"):
            del self.fields[name]
