"""What a unit tells of itself to its partner community."""

from django import forms
from django.utils.translation import gettext_lazy

from baodao.spreadsheets.fields import PhoneField
from baodao.ui.fields import NameField
from baodao.ui.forms import NamingForm

SHORT, LONG = 60, 500


class UnitContactForm(NamingForm):
    """The unit's own registration with its partner community."""

    community = NameField(label=gettext_lazy("Partner community"))
    secretary = forms.CharField(label=gettext_lazy("Secretary of the unit"), max_length=SHORT)
    secretary_phone = PhoneField(label=gettext_lazy("Telephone of the secretary"), required=False)
    contact_name = forms.CharField(label=gettext_lazy("Contact person"), max_length=SHORT)
    contact_phone = PhoneField(label=gettext_lazy("Telephone of the contact"))
    resources = forms.CharField(
        label=gettext_lazy("What the unit can offer"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs = forms.CharField(
        label=gettext_lazy("What the unit asks of the community"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
