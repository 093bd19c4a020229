"""What is typed about what is ahead: the month's theme, why somebody leaves, how many places."""

from django import forms
from django.utils.translation import gettext_lazy

TITLE, LONG = 60, 200


class LeaveForm(forms.Form):
    """Why somebody wants to leave: the community reads it."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONG)


class ThemeForm(forms.Form):
    """What a month is about."""

    title = forms.CharField(
        label=gettext_lazy("Theme of the month"), max_length=TITLE, required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=LONG, required=False)


class PlacesForm(forms.Form):
    """How many places an offer has."""

    places = forms.IntegerField(label=gettext_lazy("People wanted"), min_value=1)


class WordsForm(forms.Form):
    """A few words to the people of an offer."""

    text = forms.CharField(
        label=gettext_lazy("What they should know"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
