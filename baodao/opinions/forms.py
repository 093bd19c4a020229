"""Whom one asks and until when; the sheet with its five lines; what became of an opinion."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.kernel import clock
from baodao.kernel.moments import AsOf, periods_until, read_period
from baodao.opinions.rules.rounds import (
    NAME,
    NOTE,
    QUESTIONS,
    USUAL,
    WORDS,
    AnswerFacts,
    OpinionAudience,
    OpinionMark,
    RoundFacts,
)
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import code_choices, period_words


def _now() -> AsOf:
    return AsOf(clock.now())


def _periods() -> list[tuple[str, str]]:
    """Halves, quarters and years until now, the present half first."""
    rows = [row for row in periods_until(_now()) if not row.text[5:].isdecimal()]
    halves = [row for row in rows if "H" in row.text]
    rest = [row for row in rows if "H" not in row.text]
    newest = sorted(halves, key=lambda row: row.first, reverse=True)
    return [(row.text, period_words(row)) for row in (*newest, *rest)]


def first_due() -> date:
    """The last day that is proposed."""
    return clock.today() + USUAL


class RoundForm(forms.Form):
    """Whom to ask, about which months, until when."""

    audience = forms.ChoiceField(label=gettext_lazy("Whom to ask"), widget=forms.RadioSelect)
    period = forms.ChoiceField(label=gettext_lazy("About which months"))
    due_on = CalendarDay(label=gettext_lazy("Answers until"))
    note = forms.CharField(
        label=gettext_lazy("A word to those who are asked"), max_length=NOTE, required=False
    )

    def __init__(self, *args: Any, audiences: list[OpinionAudience], **options: Any) -> None:
        super().__init__(*args, **options)
        words = [(one.value, gettext(one.words)) for one in audiences]
        self.fields["audience"].choices = words  # type: ignore[attr-defined]
        self.fields["period"].choices = _periods()  # type: ignore[attr-defined]
        self.fields["due_on"].initial = first_due()
        if len(words) == 1:
            self.fields["audience"].initial = words[0][0]

    def facts(self) -> RoundFacts:
        """What was chosen, once the form is valid."""
        typed = self.cleaned_data
        period = read_period(typed["period"], _now())
        return RoundFacts(
            OpinionAudience(typed["audience"]), period, typed["due_on"], typed["note"]
        )


class OpinionSheetForm(forms.Form):
    """意见表: a tick in each line, words if one likes; who answers for an organisation."""

    def __init__(self, *args: Any, audience: OpinionAudience, member: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for question in QUESTIONS[audience]:
            self.fields[question.code] = forms.ChoiceField(
                label=gettext(question.words),
                choices=code_choices(OpinionMark),
                widget=forms.RadioSelect,
                error_messages={"required": gettext("Tick one answer in every line.")},
            )
        self.codes = [question.code for question in QUESTIONS[audience]]
        self.fields["text"] = forms.CharField(
            label=gettext("What should change, what is missing"),
            max_length=WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["name"] = forms.CharField(
            label=gettext("Your name"), max_length=NAME, required=not member
        )
        if member:
            self.fields["name"].help_text = gettext(
                "Only if you like. Without a name nobody can find out whose opinion it is, and "
                "nobody can answer you either."
            )

    def facts(self) -> AnswerFacts:
        """What was ticked and typed, once the form is valid."""
        typed = self.cleaned_data
        return AnswerFacts({code: typed[code] for code in self.codes}, typed["text"], typed["name"])


class ReplyForm(forms.Form):
    """What became of an opinion."""

    words = forms.CharField(
        label=gettext_lazy("What became of it"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
