"""A pairing, who is helped by it, a visit, an end, as people type them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel.lives import MOST_WORDS
from baodao.ledger.rules.records import DAY_MINUTES
from baodao.ledger.rules.records import TEXT as MOST_RESULT
from baodao.offers.kinds.forms import SHORT, TEXT, TITLE
from baodao.offers.kinds.pairing.kind import PAIRING, VisitRhythm
from baodao.offers.rules.offers import OfferFacts
from baodao.offers.rules.situations import Situation
from baodao.pairings.rules.pairings import PairingEnd, VisitFacts
from baodao.residents.rules.entries import HARDSHIP, NAME, HouseholdEntry
from baodao.spreadsheets.fields import LengthField, PhoneField
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import code_choices, code_questions, question_choices


class HouseholdForm(forms.Form):
    """Who is helped: kept sealed, and written anew as a whole."""

    name = forms.CharField(label=gettext_lazy("Who is helped"), max_length=NAME)
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Address in words"), max_length=SHORT, required=False
    )
    hardship = forms.CharField(
        label=gettext_lazy("What is hard for them"),
        max_length=HARDSHIP,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Kept sealed: read by the community, and by who has taken it on as long as they have "
            "it. No ID number."
        ),
    )

    def entry(self) -> HouseholdEntry:
        """What was typed about them, once the form is valid."""
        return HouseholdEntry(
            **{name: self.cleaned_data[name] for name in HouseholdForm.base_fields}
        )


class HouseholdAnewForm(HouseholdForm):
    """What is written in place of what was; it carries when and by whom that was (`seen`)."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class PairingWordsForm(forms.Form):
    """What everybody reads of a pairing."""

    title = forms.CharField(
        label=gettext_lazy("What everybody reads"),
        max_length=TITLE,
        help_text=gettext_lazy("In words that name nobody, such as 陪伴独居老人."),
    )
    situation = forms.ChoiceField(label=gettext_lazy("For whom"))
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often they are visited"),
        initial=VisitRhythm.MONTHLY,
    )
    category = forms.ChoiceField(label=gettext_lazy("Kind of service"), initial="relief")
    text = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("title", "situation", "rhythm", "category", "text")

    def __init__(self, *args: Any, categories: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {
            "situation": code_questions(Situation),
            "rhythm": code_choices(VisitRhythm),
            "category": partial(question_choices, categories),
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def facts(self) -> OfferFacts:
        """What everybody reads, once the form is valid."""
        typed = self.cleaned_data
        return OfferFacts(
            kind=PAIRING,
            title=typed["title"],
            category=typed["category"],
            text=typed["text"],
            places=PAIRING.places,
            approval=PAIRING.approval,
            particulars={"situation": typed["situation"], "rhythm": typed["rhythm"]},
        )


class NewPairingForm(PairingWordsForm, HouseholdForm):
    """A pairing with who is helped, at once: what everybody reads first, then what is sealed."""


class VisitForm(forms.Form):
    """A visit in three fields."""

    on = CalendarDay(label=gettext_lazy("Day of the visit"))
    minutes = LengthField(label=gettext_lazy("Time served, without travel"), most=DAY_MINUTES)
    result = forms.CharField(label=gettext_lazy("What was done"), max_length=MOST_RESULT)

    def visit(self) -> VisitFacts:
        """What was typed, once the form is valid."""
        return VisitFacts(**self.cleaned_data)


class PassOnForm(forms.Form):
    """Why somebody else is asked: who helped until now reads it."""

    reason = forms.CharField(label=gettext_lazy("Why it is handed over"), max_length=MOST_WORDS)


class EndPairingForm(forms.Form):
    """Why a pairing ends."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why the pairing ends"),
        choices=partial(code_choices, PairingEnd),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("Note"), max_length=SHORT, required=False)
