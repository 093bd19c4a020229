"""What is typed about the alliance: who offers, what and when; what is booked."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.alliance.models import AllianceMember, AllianceService
from baodao.alliance.rules.alliance import (
    CONSENT,
    COST,
    NAME,
    REMARK,
    SPOT,
    TEXT,
    TITLE,
    AllianceFacts,
    MemberKind,
    ServiceCost,
    ServiceFacts,
    ServiceSpot,
)
from baodao.bookings.forms import ByHandForm, HourBookingForm
from baodao.bookings.rules.bookings import PLACE
from baodao.kernel.hours import (
    LEAST_MINUTES,
    MOST_MINUTES,
)
from baodao.spreadsheets.fields import LengthField, PhoneField
from baodao.ui.fields import CalendarDay
from baodao.ui.hours import HoursField, WeekForm, week_known
from baodao.ui.wording import code_choices


class AllianceMemberForm(forms.Form):
    """Who offers."""

    kind = forms.ChoiceField(label=gettext_lazy("Who offers"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Name as residents read it"),
        max_length=NAME,
        help_text=gettext_lazy("Such as 便民理发店, or how a neighbour likes to be called."),
    )
    phone = PhoneField(
        label=gettext_lazy("Telephone"), help_text=gettext_lazy("Only for the community.")
    )
    spot = forms.CharField(label=gettext_lazy("Where they are"), max_length=SPOT, required=False)
    number = forms.CharField(
        label=gettext_lazy("Volunteer number of the member who offers"),
        max_length=12,
        required=False,
        help_text=gettext_lazy(
            "Only of a member registered here: they then confirm appointments on their own phone."
        ),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("The neighbour agrees to be named on the residents' page"),
        required=False,
        help_text=gettext_lazy("Not needed of a shop. They can take it back at any time."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = code_choices(MemberKind)  # type: ignore[attr-defined]

    def facts(self) -> AllianceFacts:
        """What was typed."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        return AllianceFacts(**typed | {"consent": CONSENT if typed["consent"] else ""})


class AllianceMemberAnewForm(AllianceMemberForm):
    """What is put right; the telephone is not shown, and stays where none is typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].required = False
        self.fields["phone"].help_text = gettext("Only where it is another one now.")


def member_known(row: AllianceMember) -> dict[str, object]:
    """Who offers as the form shows it; the consent is asked anew."""
    known = {name: getattr(row, name) for name in ("kind", "name", "spot")}
    return known | {"number": row.person.number if row.person else ""}


class AllianceServiceForm(WeekForm):
    """What is offered, and at which hours of the week."""

    title = forms.CharField(label=gettext_lazy("What is offered"), max_length=TITLE)
    spot = forms.ChoiceField(label=gettext_lazy("Where"), widget=forms.RadioSelect)
    cost = forms.ChoiceField(label=gettext_lazy("Cost"), widget=forms.RadioSelect)
    cost_words = forms.CharField(
        label=gettext_lazy("What it costs"),
        max_length=COST,
        required=False,
        help_text=gettext_lazy("In words, such as 材料费 10 元; it is paid on the spot, not here."),
    )
    text = forms.CharField(
        label=gettext_lazy("What residents should know"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    minutes = LengthField(
        label=gettext_lazy("An appointment lasts"),
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        initial=30,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["spot"].choices = code_choices(ServiceSpot)  # type: ignore[attr-defined]
        self.fields["cost"].choices = code_choices(ServiceCost)  # type: ignore[attr-defined]

    def facts(self) -> ServiceFacts:
        """What was typed."""
        typed, weekly = self.without_week()
        return ServiceFacts(weekly=weekly, **typed)


def service_known(row: AllianceService) -> dict[str, object]:
    """What is offered as the form shows it."""
    known = {name: getattr(row, name) for name in AllianceServiceForm.base_fields}
    return known | week_known(row.weekly)


class ServiceDayForm(forms.Form):
    """A day whose hours differ."""

    on = CalendarDay(label=gettext_lazy("Day"))
    hours = HoursField(
        label=gettext_lazy("Hours of this day"),
        help_text=gettext_lazy("Empty where it is not offered on this day."),
    )


class AppointmentForm(HourBookingForm):
    """What a resident types to book; the place only where somebody comes to them."""

    place = forms.CharField(
        label=gettext_lazy("Where shall somebody come to?"),
        max_length=PLACE,
        help_text=gettext_lazy("For example: building 3, entrance 2."),
    )
    field_order = ("starts_at", "place")

    def __init__(self, *args: Any, service: AllianceService, **options: Any) -> None:
        super().__init__(*args, **options)
        if not service.at_home:
            del self.fields["place"]


class AppointmentByHandForm(AppointmentForm, ByHandForm):
    """The same, as a worker takes it down."""


class VisitorRemarkForm(forms.Form):
    """A word beside the answer."""

    remark = forms.CharField(
        label=gettext_lazy("Would you like to say more?"),
        max_length=REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("May stay empty."),
    )
