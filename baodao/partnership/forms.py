"""What a unit tells of itself to its partner community."""

from django import forms
from django.utils.translation import gettext_lazy

from baodao.ui.fields import NameField
from baodao.ui.forms import NamingForm

SHORT, PHONE, LONG = 60, 40, 500


class UnitContactForm(NamingForm):
    """The unit's own registration with its partner community."""

    community = NameField(label=gettext_lazy("Partner community"))
    secretary = forms.CharField(label=gettext_lazy("Secretary of the unit"), max_length=SHORT)
    secretary_phone = forms.CharField(
        label=gettext_lazy("Telephone of the secretary"), max_length=PHONE, required=False
    )
    contact_name = forms.CharField(label=gettext_lazy("Contact person"), max_length=SHORT)
    contact_phone = forms.CharField(
        label=gettext_lazy("Telephone of the contact"), max_length=PHONE
    )
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
