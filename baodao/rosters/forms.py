"""The file of a roster, and what its words mean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baodao.spreadsheets.column_lines import ColumnLine


class OwnPeopleForm(forms.Form):
    """What a table with all numbers in clear is needed for."""

    reason = forms.CharField(
        label=_("What for?"),
        max_length=200,
        help_text=_("It is written down with your name; the person can see it."),
    )


class RosterFileForm(forms.Form):
    """The file of a roster, as it is."""

    file = forms.FileField(
        label=_("Roster file"),
        help_text=_(
            "Excel (.xlsx, .xls) or .csv, as you have it: titles, merged cells and several sheets "
            "are understood. Nothing is changed before you have seen what would change."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.csv,.txt,.et"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file holds no rows. Choose the file that holds the roster."),
        },
    )


class ColumnsForm(forms.Form):
    """What each header of a file holds and each status means, and whether hidden sheets are read;
    a field for each of the `lines`."""

    include_hidden = forms.BooleanField(label=_("Read hidden sheets as well"), required=False)

    def __init__(self, *args: Any, lines: Sequence[ColumnLine], **options: Any) -> None:
        super().__init__(*args, **options)
        for line in lines:
            choices = [(value, label) for value, label, _is_chosen in line.choices]
            field = forms.ChoiceField(label=line.title, choices=choices, required=False)
            self.fields[line.name] = field
