"""What is typed about one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baodao.people.rules.standing import Grade, Standing

STANDINGS = {
    Standing.IN_SERVICE: _("In service"),
    Standing.RETIRED: _("Retired"),
    Standing.SECONDED: _("Seconded"),
    Standing.ELSEWHERE: _("Lives elsewhere"),
}
GRADES = {Grade.FULL: _("Full member"), Grade.PROBATIONARY: _("Probationary member")}


class PersonForm(forms.Form):
    """The facts of one member, filled in with what is held; the ID number is not asked."""

    name = forms.CharField(label=_("Name"), max_length=60)
    branch = forms.TypedChoiceField(label=_("Branch"), coerce=int)
    standing = forms.ChoiceField(label=_("Standing"), choices=list(STANDINGS.items()))
    grade = forms.ChoiceField(label=_("Grade"), choices=list(GRADES.items()))
    lives_in_city = forms.BooleanField(label=_("Lives in this city"), required=False)
    phone = forms.CharField(
        label=_("New telephone"),
        max_length=40,
        required=False,
        help_text=_("Empty: the one that is held stays."),
    )
    joined_on = forms.DateField(
        label=_("Joined the Party"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    position = forms.CharField(label=_("Position"), max_length=60, required=False)
    specialty = forms.CharField(label=_("Professional specialty"), max_length=100, required=False)
    interests = forms.CharField(label=_("Interests"), max_length=100, required=False)
    education = forms.CharField(label=_("Education"), max_length=20, required=False)
    ethnicity = forms.CharField(label=_("Ethnic group"), max_length=20, required=False)
    address = forms.CharField(label=_("Home address"), max_length=200, required=False)

    def __init__(self, *args: Any, branches: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self.fields["branch"]
        if isinstance(shown, forms.TypedChoiceField):
            shown.choices = branches


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
