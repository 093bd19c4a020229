"""A household's file as people type it: who, what is hard, on which basis, its people, measures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel import clock
from baodao.kernel.lives import MOST_WORDS
from baodao.orgs.models import Organisation
from baodao.residents.rules.entries import ADDRESS, HARDSHIP, NAME, HouseholdEntry
from baodao.residents.rules.households import (
    BASIS,
    BY_HAND,
    MEASURE,
    BasisKind,
    FileBasisFacts,
    Relation,
    ResidentFacts,
    SupportFacts,
    SupportGrade,
    usual_days,
)
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.fields import CalendarDay, NameField
from baodao.ui.forms import NamingForm, PurposeForm
from baodao.ui.wording import choices_of, code_choices, code_questions


class EntryForm(forms.Form):
    """Who the household is, sealed; written anew as a whole."""

    name = forms.CharField(label=gettext_lazy("Head of the household"), max_length=NAME)
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Address in words"), max_length=ADDRESS, required=False
    )
    hardship = forms.CharField(
        label=gettext_lazy("What is hard for them"),
        max_length=HARDSHIP,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept sealed. No ID number, no diagnosis beyond what is needed."),
    )

    def entry(self) -> HouseholdEntry:
        """What was typed about them, once the form is valid."""
        return HouseholdEntry(**{name: self.cleaned_data[name] for name in EntryForm.base_fields})


class SupportForm(forms.Form):
    """What is difficult for a household, its grade, its grid."""

    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Difficulties"), widget=forms.CheckboxSelectMultiple
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade of support"), choices=partial(code_questions, SupportGrade)
    )
    grid = forms.TypedChoiceField(
        label=gettext_lazy("Grid"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self,
        *args: Any,
        categories: Mapping[str, str],
        grids: list[Organisation],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["categories"].choices = choices_of(categories)  # type: ignore[attr-defined]
        rows = [("", gettext_lazy("No grid")), *((row.pk, row.name) for row in grids)]
        self.fields["grid"].choices = rows  # type: ignore[attr-defined]

    def support(self) -> SupportFacts:
        """What was decided, once the form is valid."""
        typed = self.cleaned_data
        return SupportFacts(typed["categories"], typed["grade"], typed["grid"])


class BasisForm(forms.Form):
    """On which consent or duty the file rests, and until when it is kept."""

    basis = forms.ChoiceField(
        label=gettext_lazy("Basis of the file"), choices=partial(code_questions, BasisKind)
    )
    wording = forms.CharField(
        label=gettext_lazy("Consent or document"),
        max_length=BASIS,
        help_text=gettext_lazy(
            "How and to what the household agreed, or the document that lays down the duty. Who "
            "does not agree loses nothing by it."
        ),
    )
    given_on = CalendarDay(label=gettext_lazy("Basis given on"), initial=clock.today)
    kept_until = CalendarDay(
        label=gettext_lazy("Kept until"),
        help_text=gettext_lazy("The file is deleted by itself after this day."),
    )

    def facts(self) -> FileBasisFacts:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        words = (typed["basis"], typed["wording"], typed["given_on"], typed["kept_until"])
        return FileBasisFacts(*words)


class NewFileForm(EntryForm, SupportForm, BasisForm):
    """A new file at once: who, what is hard, on which basis."""

    kept_until = CalendarDay(
        label=gettext_lazy("Kept until"),
        required=False,
        help_text=gettext_lazy(
            "Empty: as long as the grade of support suggests, three years for close support, two "
            "for regular, one for light contact. The file is deleted by itself after this day."
        ),
    )
    another = forms.BooleanField(
        label=gettext_lazy("This is another household of the same name"),
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = (
        *("name", "phone", "address", "hardship", "categories", "grade", "grid"),
        *("basis", "wording", "given_on", "kept_until", "another"),
    )

    def __init__(self, *args: Any, most_days: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most_days = most_days
        if self.data.get("another"):
            self.ask_another()

    def ask_another(self) -> None:
        """Show the box by which one says that this is another household: only where there is one of
        the name."""
        self.fields["another"].widget = forms.CheckboxInput()

    def facts(self) -> FileBasisFacts:
        """What was typed, once the form is valid; the last day by the grade where it is empty."""
        facts = super().facts()
        if facts.kept_until:
            return facts
        days = min(usual_days(self.cleaned_data["grade"]), self.most_days)
        return replace(facts, kept_until=clock.today() + timedelta(days=days))


class ResidentForm(forms.Form):
    """Somebody of the household."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME)
    born = forms.IntegerField(label=gettext_lazy("Year of birth"))
    relation = forms.ChoiceField(
        label=gettext_lazy("Relation to the head"), choices=partial(code_questions, Relation)
    )

    def resident(self) -> ResidentFacts:
        """Who was typed, once the form is valid."""
        return ResidentFacts(**self.cleaned_data)


class MeasureOutcomeForm(forms.Form):
    """That a measure was done: when, and what came of it."""

    done_on = CalendarDay(label=gettext_lazy("Done on"), initial=clock.today)
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=MEASURE,
        help_text=gettext_lazy("Kept sealed."),
    )


class MoveForm(NamingForm):
    """To which community the family moved."""

    community = NameField(label=gettext_lazy("Community to which they moved"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=MOST_WORDS)


class DeleteForm(forms.Form):
    """Why a file is deleted before its day."""

    ending = forms.ChoiceField(
        label=gettext_lazy("Why the file is deleted"), choices=partial(code_choices, BY_HAND)
    )
    reason = forms.CharField(label=gettext_lazy("In words that name nobody"), max_length=MOST_WORDS)


class SeekForm(PurposeForm):
    """A household by its name or telephone, which stand in no address."""

    field_order = ("name", "phone", "reason")
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME)
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
