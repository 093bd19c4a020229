"""Agreements as people type them: a year, a wording, a month of the plan, a template."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.agreements.rules.agreements import EVIDENCE, MOST_CLAUSES, PLAN, TEXT
from baodao.kernel import clock
from baodao.orgs.models import Organisation


class NewAgreementForm(forms.Form):
    """With which unit, for which year."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Unit"), coerce=int)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def __init__(self, *args: Any, units: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        this = clock.today().year
        self.fields["year"].choices = [(year, str(year)) for year in (this, this + 1)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]


class WordingForm(forms.Form):
    """Another wording of a clause."""

    text = forms.CharField(
        label=gettext_lazy("Wording"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


class KeptForm(forms.Form):
    """That a clause was kept, and by what one sees it."""

    words = forms.CharField(
        label=gettext_lazy("How it was kept"),
        max_length=EVIDENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlanForm(forms.Form):
    """What both mean to do in a month."""

    text = forms.CharField(
        label=gettext_lazy("What we mean to do"), max_length=PLAN, required=False
    )


class ClausesForm(forms.Form):
    """The clauses of a template, a line each."""

    text = forms.CharField(
        label=gettext_lazy("Clauses, a line each"),
        required=False,
        max_length=MOST_CLAUSES * TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("As 标题：内容. Empty: those of the authority above hold."),
    )
