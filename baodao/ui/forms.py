"""Forms that several slices ask with: a reason, a plain yes, and rows named in words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.ui.fields import NameField, NameFinder, SeenText

LONG = 200


class NamingForm(forms.Form):
    """A form in which rows are named in words; `find` gives the row of each `NameField`."""

    def __init__(self, *args: Any, find: NameFinder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, NameField):
                field.find = find


class ReasonForm(forms.Form):
    """Why: read by whom it is about, and kept in the timeline."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONG)


class SeenForm(ReasonForm):
    """Why something is done; it carries what stood there when that was looked at (`seen`)."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The reason alone, of which the act makes something."""
        self.cleaned_data.pop("seen", None)
        return self.cleaned_data


class ReturnForm(forms.Form):
    """Why something is given back to be put right."""

    reason = forms.CharField(label=gettext_lazy("Why it is returned"), max_length=LONG)


class PurposeForm(forms.Form):
    """What a number is read in full for."""

    reason = forms.CharField(
        label=gettext_lazy("What for?"),
        max_length=LONG,
        help_text=gettext_lazy("It is written down with your name."),
    )


class SignForm(forms.Form):
    """A signature below a text: it carries the hash of what was read."""

    seen = SeenText()


class ConfirmForm(forms.Form):
    """Nothing to fill in: sending it is the answer."""


class AnotherForm(forms.Form):
    """Asks, where others like it are known, whether this is another one."""

    another = forms.BooleanField(label=gettext_lazy("This is another one"), required=False)
    question = gettext_lazy(
        "On this day there is already: %(others)s. If this is another, tick it."
    )
    others: Sequence[str] = ()

    def ask(self, others: Sequence[str]) -> None:
        """Ask about the others, in words; nothing where there is none."""
        self.others = others
        if not others:
            self.fields.pop("another", None)

    def clean_another(self) -> bool:
        """Asked before the same is told twice."""
        if not self.cleaned_data["another"]:
            raise forms.ValidationError(str(self.question) % {"others": "、".join(self.others)})
        return True
