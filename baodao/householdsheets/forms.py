"""What is asked with a register of households: the file; then its basis, once for all."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.householdsheets.commands.imports import RegisterAnswer
from baodao.householdsheets.rules.households import RegisterDefaults
from baodao.kernel import clock
from baodao.residents.rules.households import BASIS, BasisKind, FileBasisFacts, SupportGrade
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import choices_of, code_questions


class RegisterForm(forms.Form):
    """A spreadsheet of households, as it is."""

    file = forms.FileField(
        label=gettext_lazy("Register of households"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls) or .csv, one row a person, up to 5 MB. Nothing is filed before "
            "you have seen what would be; the file is deleted afterwards."
        ),
    )

    def add_error(self, field: str | None, error: Any) -> None:
        """A refusal stands beside the only field."""
        super().add_error(field or "file", error)


class RegisterAnswerForm(forms.Form):
    """On what all files of a table rest, what holds where it says nothing, and which households are
    others than those of their name; `alike` are the keys of these with their words."""

    basis = forms.ChoiceField(
        label=gettext_lazy("Basis of the file"), choices=partial(code_questions, BasisKind)
    )
    wording = forms.CharField(
        label=gettext_lazy("Consent or document"),
        max_length=BASIS,
        help_text=gettext_lazy(
            "How and to what all these households agreed, or the document that lays down the duty."
        ),
    )
    given_on = CalendarDay(label=gettext_lazy("Basis given on"), initial=clock.today)
    kept_until = CalendarDay(
        label=gettext_lazy("Kept until"),
        help_text=gettext_lazy("The file is deleted by itself after this day."),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Difficulty where the table says none"), required=False
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade of support where the table says none"),
        choices=partial(code_questions, SupportGrade),
        required=False,
    )
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Another household of the same name: file it as well"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Those that are not ticked are left out."),
    )

    def __init__(
        self,
        *args: Any,
        categories: Mapping[str, str],
        alike: Sequence[tuple[str, str]],
        lacks: Sequence[str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        blank = ("", gettext_lazy("Choose"))
        self.fields["category"].choices = [blank, *choices_of(categories)]  # type: ignore[attr-defined]
        self.fields["others"].choices = alike  # type: ignore[attr-defined]
        unasked = [name for name in ("category", "grade") if name not in lacks]
        for name in [*unasked, *([] if alike else ["others"])]:
            del self.fields[name]
        for name in lacks:
            self.fields[name].required = True

    def answer(self) -> RegisterAnswer:
        """What was answered, once the form is valid."""
        typed = self.cleaned_data
        defaults = RegisterDefaults(typed.get("category", ""), typed.get("grade", ""))
        words = (typed["basis"], typed["wording"], typed["given_on"], typed["kept_until"])
        return RegisterAnswer(FileBasisFacts(*words), defaults, typed.get("others", ()))
