"""What is asked for with a table of services: the file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class ServiceTableForm(forms.Form):
    """A spreadsheet of services, as it is."""

    file = forms.FileField(
        label=gettext_lazy("Table of services"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls) or .csv with name, day and time. Nothing is recorded before you "
            "have seen what would be."
        ),
    )

    def add_error(self, field: str | None, error: Any) -> None:
        """A refusal stands beside the only field."""
        super().add_error(field or "file", error)
