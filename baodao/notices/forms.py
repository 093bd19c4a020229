"""What is typed about complaints and their answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.notices.rules import MOST_WORDS
from baodao.orgs.models import Organisation
from baodao.orgs.queries import places
from baodao.orgs.rules import PLACES


class ComplaintForm(forms.Form):
    """Anybody's word. Only the text is needed."""

    text = forms.CharField(
        label=_("What is wrong, or could be better?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    place = forms.CharField(
        label=_("Which community or street is it about?"),
        max_length=100,
        required=False,
        help_text=_("Its whole name. Empty: it goes to the authority that runs this site."),
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        max_length=100,
        required=False,
        help_text=_("Not needed: the answer is found with the code that you get."),
    )
    page = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def clean_place(self) -> Organisation | None:
        """The one open place of this name."""
        name: Any = self.cleaned_data["place"].strip()
        if not name:
            return None
        named = [place for kind in PLACES for place in places(kind).filter(name=name)[:2]]
        if len(named) != 1:
            raise forms.ValidationError(
                gettext("No place has this name, or several have. Write its street instead.")
            )
        return named[0]


class AnswerForm(forms.Form):
    """The answer."""

    text = forms.CharField(
        label=_("Answer"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 6})
    )


class CodeForm(forms.Form):
    """The code under which an answer is found."""

    code = forms.CharField(label=_("Code"), max_length=24)
