"""A group, who joins it, a household for it, a help, as people type them."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from baodao.helpgroups.commands.helps import HelpFacts
from baodao.helpgroups.models import HelpGroup
from baodao.helpgroups.rules.doers import DeedFacts, DoerFacts
from baodao.helpgroups.rules.groups import (
    BY_HAND,
    NAME,
    TITLE,
    AideFacts,
    AidePart,
    HelpWords,
    StandEnding,
)
from baodao.kernel.lives import MOST_WORDS
from baodao.ledger.rules.records import DAY_MINUTES
from baodao.orgs.models import Organisation
from baodao.residents.rules.entries import NAME as PERSON_NAME
from baodao.residents.rules.households import DOER, MEASURE, MeasureFacts, MeasureKind
from baodao.spreadsheets.fields import LengthField
from baodao.ui.fields import CalendarDay, NameField
from baodao.ui.wording import code_choices, code_questions
from baodao.visits.queries.cadres import CadreChoices

MOST_BESIDE, USUAL_MINUTES = 120, 30
"""Characters of what is written beside a help, and minutes as a first guess."""


class FoundForm(forms.Form):
    """A group: its name and of which grid it is."""

    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=NAME,
        help_text=gettext_lazy("Such as 第一网格红色帮扶小组."),
    )
    grid = forms.ChoiceField(label=gettext_lazy("Grid"), required=False)

    def __init__(self, *args: Any, grids: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(row.pk), row.name) for row in grids]
        none = ("", gettext_lazy("The whole community"))
        self.fields["grid"].choices = [none, *rows]  # type: ignore[attr-defined]

    @property
    def grid_id(self) -> int | None:
        """The grid that was chosen, once the form is valid."""
        grid = self.cleaned_data["grid"]
        return int(grid) if grid else None


class JoinForm(forms.Form):
    """Who joins: a member, or by name somebody who is none."""

    part = forms.ChoiceField(
        label=gettext_lazy("As what they join"),
        choices=partial(code_choices, AidePart),
        initial=AidePart.BACKBONE,
    )
    member = NameField(label=gettext_lazy("Member reported here"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Or the name of somebody who is none"),
        max_length=PERSON_NAME,
        required=False,
        help_text=gettext_lazy("Such as the community police officer. They sign in nowhere here."),
    )

    def __init__(self, *args: Any, cadres: CadreChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].find = cadres  # type: ignore[attr-defined]
        hint = {"placeholder": gettext_lazy("Name, or the initials of it")}
        self.fields["member"].widget.attrs |= hint

    def aide(self) -> AideFacts:
        """Who was named, once the form is valid."""
        typed = self.cleaned_data
        member = typed["member"]
        return AideFacts(typed["part"], member.person_id if member else None, typed["name"])


class GroupTeamForm(forms.Form):
    """Which service team joins."""

    team = forms.ChoiceField(label=gettext_lazy("Service team"))

    def __init__(self, *args: Any, teams: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(row.pk), row.name) for row in teams]
        self.fields["team"].choices = rows  # type: ignore[attr-defined]


class _GroupChoiceForm(forms.Form):
    group = forms.ChoiceField(label=gettext_lazy("Help group"))

    def __init__(self, *args: Any, groups: Sequence[HelpGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(row.pk), row.name) for row in groups]
        self.fields["group"].choices = rows  # type: ignore[attr-defined]


class TakeOnForm(_GroupChoiceForm):
    """Which group stands by a household, and what is read of it unopened."""

    field_order = ("group", "title")
    title = forms.CharField(
        label=gettext_lazy("What the group reads of the household"),
        max_length=TITLE,
        help_text=gettext_lazy("In words that name nobody, such as 陪伴独居老人."),
    )


class PassForm(_GroupChoiceForm):
    """Which group takes a household over, and why."""

    field_order = ("group", "reason")
    reason = forms.CharField(label=gettext_lazy("Why it is handed over"), max_length=MOST_WORDS)


class StandEndForm(forms.Form):
    """Why a group stands by a household no longer."""

    ending = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=lambda: [one for one in code_choices(StandEnding) if one[0] in set(BY_HAND)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Note"), max_length=MOST_WORDS, required=False)


class DoerMeasureForm(forms.Form):
    """What is to be done for a household, by whom, until when: who does it is a member, somebody of
    a list, or words."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of measure"), choices=partial(code_questions, MeasureKind)
    )
    text = forms.CharField(
        label=gettext_lazy("What is to be done for them"),
        max_length=MEASURE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept sealed."),
    )
    party = forms.ChoiceField(label=gettext_lazy("Who does the measure"), required=False)
    member = NameField(label=gettext_lazy("Or a member reported here"), required=False)
    doer = forms.CharField(
        label=gettext_lazy("Or somebody else, in words"), max_length=DOER, required=False
    )
    due_on = CalendarDay(label=gettext_lazy("Due on"))

    def __init__(
        self,
        *args: Any,
        cadres: CadreChoices,
        parties: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["member"].find = cadres  # type: ignore[attr-defined]
        hint = {"placeholder": gettext_lazy("Name, or the initials of it")}
        self.fields["member"].widget.attrs |= hint
        none = ("", gettext_lazy("Nobody of the list"))
        self.fields["party"].choices = [none, *parties]  # type: ignore[attr-defined]

    def measure(self) -> MeasureFacts:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        return MeasureFacts(typed["kind"], typed["text"], typed["due_on"], typed["doer"])

    def doer_facts(self) -> DoerFacts:
        """Who was chosen, once the form is valid."""
        member = self.cleaned_data["member"]
        kind, _, key = self.cleaned_data["party"].partition("-")
        return DoerFacts(
            member.person_id if member else None,
            UUID(key) if kind == "group" else None,
            int(key) if kind == "organisation" else None,
        )


class HelpForm(forms.Form):
    """A help: one tap says what was done; day and length are guessed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What was done"),
        choices=partial(code_choices, HelpWords),
        initial=HelpWords.COMPANY,
        widget=forms.RadioSelect,
    )
    on = CalendarDay(label=gettext_lazy("Day of the help"))
    minutes = LengthField(
        label=gettext_lazy("Time served, without travel"),
        most=DAY_MINUTES,
        initial=USUAL_MINUTES,
    )
    words = forms.CharField(
        label=gettext_lazy("More about it"),
        max_length=MOST_BESIDE,
        required=False,
        help_text=gettext_lazy("Write no names and no address."),
    )

    def help_given(self) -> HelpFacts:
        """What was typed, once the form is valid."""
        return HelpFacts(**self.cleaned_data)


class MeasureDeedForm(forms.Form):
    """A measure is done: on which day, what was done."""

    on = CalendarDay(label=gettext_lazy("Day on which it was done"))
    words = forms.CharField(
        label=gettext_lazy("What was done"),
        max_length=MEASURE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Write no names and no address."),
    )

    def deed(self) -> DeedFacts:
        """What was typed, once the form is valid."""
        return DeedFacts(**self.cleaned_data)


class ServiceDeedForm(MeasureDeedForm):
    """A measure is done by a member, whose time is service."""

    minutes = LengthField(
        label=gettext_lazy("Time served, without travel"),
        most=DAY_MINUTES,
        initial=USUAL_MINUTES,
        required=False,
        help_text=gettext_lazy("Leave it empty where it is no service; no record is made then."),
    )
