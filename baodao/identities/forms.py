"""What is typed to put a number right, and to make one person of two entries."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.people.rules.identity_documents import ISSUER_LENGTH, OTHER_DOCUMENTS
from baodao.people.rules.standing import Sex
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import code_choices

UNCHOSEN = ("", "—")


class NumberAgainForm(forms.Form):
    """An identity number, typed from the card."""

    id_number = forms.CharField(label=_("ID number on the card"), max_length=40)


class DocumentAgainForm(forms.Form):
    """The number of another document than a card, typed from it."""

    id_number = forms.CharField(label=_("Number of the document"), max_length=40)


class EvidenceForm(forms.Form):
    """What a number that stands was read from."""

    evidence = forms.CharField(
        label=_("What the number was read from"),
        max_length=200,
        help_text=_("For example: the identity card, seen on 5 May."),
    )


class ComparedForm(forms.Form):
    """What is proposed of two that are compared first; it carries what was shown beside it."""

    compared = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = ""

    def clean(self) -> dict[str, Any]:
        """Without what was compared, of which the act makes nothing."""
        self.seen = self.cleaned_data.pop("compared", "")
        return self.cleaned_data

    def show_first(self, key: str) -> None:
        """Refuse what is sent, once, so that the comparison called `key` is seen with it."""
        if self.seen == key:
            return
        self.data = {**self.data.dict(), "compared": key}  # type: ignore[attr-defined]
        self.add_error(None, gettext("Nothing is proposed yet. Compare the two, and send again."))


class NumberForm(NumberAgainForm, ComparedForm):
    """What an identity number is in truth, why the kept one is wrong, and what it was read from."""

    reason = forms.CharField(label=_("Why the kept number is wrong"), max_length=200)
    evidence = forms.CharField(
        label=_("What the number was read from"),
        max_length=200,
        help_text=_("For example: the identity card, seen on 5 May."),
    )


class DocumentNumberForm(NumberForm):
    """What the number of another document than a card is in truth, and what goes with it."""

    document = forms.ChoiceField(
        label=_("Document"), choices=lambda: [UNCHOSEN, *code_choices(OTHER_DOCUMENTS)]
    )
    id_number = forms.CharField(
        label=_("Number of the document"),
        max_length=40,
        help_text=_("As it stands there; of an officer's certificate with 军字第 or 武字第."),
    )
    country = forms.CharField(
        label=_("Country of the passport"),
        max_length=ISSUER_LENGTH,
        required=False,
        help_text=_("Only of a passport; empty is China."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=lambda: [UNCHOSEN, *code_choices(Sex)])
    born_on = CalendarDay(label=_("Date of birth"))

    field_order = ("document", "id_number", "country", "sex", "born_on")


class MergeForm(ComparedForm):
    """Under which other volunteer number a member was entered once more, and how that is known."""

    number = forms.CharField(label=_("Volunteer number of the other entry"), max_length=20)
    reason = forms.CharField(label=_("How it came to two entries"), max_length=200)
    evidence = forms.CharField(label=_("How you know that they are one person"), max_length=200)
    number_wrong = forms.BooleanField(
        label=_("The ID number of the other entry is wrong"),
        required=False,
        help_text=_(
            "Only where sex or date of birth differ. The number of this entry stays: compare it "
            "with the card."
        ),
    )
