"""Where a division table comes from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 5 * 1024 * 1024


class TableForm(forms.Form):
    """A city of the national table, or a file."""

    city = forms.CharField(
        label=_("Code of a city or district"),
        max_length=12,
        required=False,
        help_text=_("From the national table, e.g. 610100."),
    )
    file = forms.FileField(
        label=_("Or a table of your own"),
        required=False,
        help_text=_(
            "Excel or CSV with the columns code, name and, if there is one, parent; up to 5 MB."
        ),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("city") and not typed.get("file"):
            raise forms.ValidationError(_("Enter a code or choose a file."))
        if typed.get("file") and typed["file"].size > LARGEST_UPLOAD:
            self.add_error(
                "file",
                _("The file is larger than 5 MB. Use baodao divisions import on the server."),
            )
        return typed
