"""Who signs a report, and the hash of what was read."""

from django import forms
from django.utils.translation import gettext_lazy

from baodao.ui.fields import SeenText


class SignerForm(forms.Form):
    """The name below the report, and the hash of the text above it."""

    signer = forms.CharField(
        label=gettext_lazy("Signed by"),
        max_length=60,
        help_text=gettext_lazy("As it is to stand on the report."),
    )
    seen = SeenText()
