"""What is asked for with a roster: the file, or what a table with numbers in clear is for."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
