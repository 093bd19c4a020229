"""A committee, a member of it, a meeting, a decision, as people type them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.committees.rules.committees import (
    DECISION,
    NAME,
    OFFICE,
    SPOT,
    CommitteeKind,
    MeetingFacts,
    MemberFacts,
)
from baodao.kernel import clock
from baodao.problems.rules.problems import TEXT, Duty
from baodao.ui.fields import CalendarDay, NameField, SeenText, TimeInput
from baodao.ui.forms import NamingForm
from baodao.ui.wording import code_choices


class CommitteeForm(forms.Form):
    """A committee: its kind and its name."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of committee"), choices=partial(code_choices, CommitteeKind)
    )
    name = forms.CharField(label=gettext_lazy("Name of the committee"), max_length=NAME)


class SeatForm(NamingForm):
    """Who comes into a committee: an organisation, one that is only named, or a person."""

    organisation = NameField(label=gettext_lazy("Unit, community or street"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Or a social organisation, by its name"), max_length=NAME, required=False
    )
    person = forms.CharField(label=gettext_lazy("Person"), max_length=NAME, required=False)
    office = forms.CharField(
        label=gettext_lazy("Office in the committee"), max_length=OFFICE, required=False
    )
    since = CalendarDay(label=gettext_lazy("Term from"))
    until = CalendarDay(label=gettext_lazy("Until (empty: for longer)"), required=False)

    def facts(self) -> MemberFacts:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        names = ("name", "person", "office", "since", "until")
        place = typed["organisation"]
        key = place.pk if place else None
        return MemberFacts(organisation_id=key, **{name: typed[name] for name in names})


class MeetingForm(forms.Form):
    """When, where and about what: open problems and old needs are ticked, the rest is typed."""

    on = CalendarDay(label=gettext_lazy("Day"))
    hour = forms.TimeField(label=gettext_lazy("Time of the meeting"), widget=TimeInput())
    spot = forms.CharField(label=gettext_lazy("Where"), max_length=SPOT)
    problems = forms.MultipleChoiceField(
        label=gettext_lazy("Open problems"), required=False, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Needs that have waited long"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=gettext_lazy("Other items, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        problems: Sequence[tuple[str, str]],
        needs: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("problems", problems), ("needs", needs)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def facts(self) -> MeetingFacts:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        lines = (line.strip() for line in typed["words"].splitlines())
        return MeetingFacts(
            datetime.combine(typed["on"], typed["hour"], tzinfo=clock.ZONE),
            typed["spot"],
            tuple(line for line in lines if line),
            tuple(typed.get("problems", ())),
            tuple(typed.get("needs", ())),
        )


class ItemDecisionForm(forms.Form):
    """What the meeting decided."""

    decision = forms.CharField(
        label=gettext_lazy("What was decided"),
        max_length=DECISION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionTaskForm(NamingForm):
    """A task that follows from a decision, with who does it and by when."""

    text = forms.CharField(label=gettext_lazy("Task"), max_length=TEXT)
    owner = NameField(label=gettext_lazy("Who does it"))
    owner_name = forms.CharField(
        label=gettext_lazy("Person in charge"), max_length=NAME, required=False
    )
    due_on = CalendarDay(label=gettext_lazy("By which day"))

    def duty(self) -> Duty:
        """Who does it and by when, once the form is valid."""
        typed = self.cleaned_data
        return Duty(typed["owner"].pk, typed["due_on"], typed["owner_name"])


class SignatureForm(forms.Form):
    """Who signs the minutes, and the hash of the words that were read."""

    signer = forms.CharField(label=gettext_lazy("Signed by"), max_length=NAME)
    seen = SeenText()
