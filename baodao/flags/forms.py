"""What is said of a flag: why the record is in order, what the community is asked, its answer."""

from django import forms
from django.utils.translation import gettext_lazy

from baodao.flags.rules.life import MOST_EXPLANATION
from baodao.kernel.lives import MOST_WORDS


def _text() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class DismissalForm(forms.Form):
    """Why a record is in order."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is in order"),
        max_length=MOST_WORDS,
        widget=_text(),
        help_text=gettext_lazy("What was looked at, and who was asked."),
    )


class QuestionForm(forms.Form):
    """What the community is asked."""

    question = forms.CharField(
        label=gettext_lazy("What is to be explained"),
        max_length=MOST_WORDS,
        widget=_text(),
    )


class ExplanationForm(forms.Form):
    """How the record came to be."""

    explanation = forms.CharField(
        label=gettext_lazy("How the record came to be"),
        max_length=MOST_EXPLANATION,
        widget=_text(),
    )
