"""Who signs a report."""

from django import forms
from django.utils.translation import gettext_lazy


class SignerForm(forms.Form):
    """The name below the report."""

    signer = forms.CharField(
        label=gettext_lazy("Signed by"),
        max_length=60,
        help_text=gettext_lazy("As it is to stand on the report."),
    )
