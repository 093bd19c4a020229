"""A problem, its tasks, a whistle, an answer, a closure, as people type them."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel.lives import MOST_WORDS
from baodao.needs.rules.life import REMARK, AskerWord
from baodao.problems.rules.problems import (
    BY_HAND,
    EVIDENCE,
    NAME,
    SPOT,
    TEXT,
    Duty,
    ProblemFacts,
    WordWay,
)
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.fields import CalendarDay, NameField
from baodao.ui.forms import NamingForm
from baodao.ui.wording import code_choices


def _text(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DutyForm(NamingForm):
    """Who does it, and by when."""

    owner = NameField(label=gettext_lazy("Who solves it"))
    owner_name = forms.CharField(
        label=gettext_lazy("Person in charge"), max_length=NAME, required=False
    )
    due_on = CalendarDay(label=gettext_lazy("By which day"))

    def duty(self) -> Duty:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        return Duty(typed["owner"].pk, typed["due_on"], typed["owner_name"])


class ProblemForm(DutyForm):
    """A problem that somebody writes down; name and telephone only where whoever asked wants
    them kept."""

    field_order = ("text", "spot", "source", "owner", "owner_name", "due_on", "asker", "phone")
    text = forms.CharField(
        label=gettext_lazy("What is the problem"), max_length=TEXT, widget=_text()
    )
    spot = forms.CharField(label=gettext_lazy("Where it is"), max_length=SPOT, required=False)
    source = forms.ChoiceField(label=gettext_lazy("Where it comes from"))
    asker = forms.CharField(label=gettext_lazy("Who asks"), max_length=NAME, required=False)
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        required=False,
        help_text=gettext_lazy("Kept sealed: read with a reason by who looks after the problem."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code.value, gettext_lazy(code.words)) for code in BY_HAND]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> ProblemFacts:
        """What was typed of the problem, once the form is valid."""
        names = ("text", "spot", "source", "asker", "phone")
        return ProblemFacts(**{name: self.cleaned_data[name] for name in names})


class ProblemOfForm(DutyForm):
    """A problem that is made of a need or a card: its words stand there already."""

    field_order = ("text", "owner", "owner_name", "due_on")
    text = forms.CharField(
        label=gettext_lazy("What is the problem"), max_length=TEXT, widget=_text()
    )


class ProblemTextForm(forms.Form):
    """A problem in one field, as a contact hands it in."""

    text = forms.CharField(
        label=gettext_lazy("What is the problem"), max_length=TEXT, widget=_text()
    )


class TaskForm(DutyForm):
    """A step towards solving a problem."""

    field_order = ("text", "owner", "owner_name", "due_on")
    text = forms.CharField(label=gettext_lazy("Task"), max_length=TEXT)
    owner = NameField(label=gettext_lazy("Who does it"))


class ResultForm(forms.Form):
    """What came of a task."""

    result = forms.CharField(
        label=gettext_lazy("What came of it"), max_length=EVIDENCE, widget=_text()
    )


class CallForm(forms.Form):
    """What the street is asked."""

    question = forms.CharField(
        label=gettext_lazy("What is to be answered"),
        max_length=MOST_WORDS,
        widget=_text(),
    )


class DepartmentForm(NamingForm):
    """Which department is to answer, and what."""

    receiver = NameField(label=gettext_lazy("Department or organisation"))
    question = forms.CharField(
        label=gettext_lazy("What is to be answered"),
        max_length=MOST_WORDS,
        widget=_text(),
    )


class CallAnswerForm(forms.Form):
    """What is done about a problem."""

    answer = forms.CharField(
        label=gettext_lazy("What is done about it"), max_length=EVIDENCE, widget=_text()
    )


class ClosureForm(forms.Form):
    """By what one sees that a problem is solved."""

    evidence = forms.CharField(
        label=gettext_lazy("What was done, and by what one sees it"),
        max_length=EVIDENCE,
        widget=_text(3),
    )


class OutcomeForm(forms.Form):
    """What was done to solve a problem, as whoever solves it says."""

    outcome = forms.CharField(
        label=gettext_lazy("What was done, and by what one sees it"),
        max_length=EVIDENCE,
        widget=_text(3),
    )


class OwnWordForm(forms.Form):
    """What whoever asked adds to their word."""

    remark = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=REMARK,
        required=False,
        widget=_text(),
    )


class SaidForm(forms.Form):
    """What whoever asked says of it, and by which way they said it."""

    word = forms.ChoiceField(
        label=gettext_lazy("The asker's own word"),
        choices=partial(code_choices, AskerWord),
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How they said it"), choices=partial(code_choices, WordWay)
    )
    remark = forms.CharField(
        label=gettext_lazy("In their words"), max_length=REMARK, required=False
    )
