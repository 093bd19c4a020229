"""What everybody reads of an order, and why a unit cannot come."""

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel.lives import MOST_WORDS
from baodao.offers.kinds.forms import SHORT, TEXT, TITLE
from baodao.orders.commands.dispatch import OrderWords


class DispatchForm(forms.Form):
    """The words of an order as members and units read them."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=TITLE)
    schedule = forms.CharField(label=gettext_lazy("When"), max_length=SHORT, required=False)
    text = forms.CharField(
        label=gettext_lazy("More about it"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Without names and numbers: who takes it on is told whom it is for."
        ),
    )

    def words(self) -> OrderWords:
        """What was typed, once the form is valid."""
        return OrderWords(**self.cleaned_data)


class DeclineForm(forms.Form):
    """Why a unit cannot come: the community reads it."""

    reason = forms.CharField(label=gettext_lazy("Why nobody can come"), max_length=MOST_WORDS)
