"""The shapes of what people type: a community by name, dates, names."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import choice_name
from baodao.orgs.rules.tree import Kind
from baodao.registration.rules.proofs import TAIL
from baodao.registration.rules.states import EndReason
from baodao.ui.fields import CalendarDay, NameField
from baodao.ui.forms import NamingForm
from baodao.ui.wording import code_choices

LONG = 200


Choices = Sequence[tuple[str, Any]]
"""Values with their labels."""


class EndForm(forms.Form):
    """How and when a registration ended."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=partial(
            code_choices, [code for code in EndReason if code != EndReason.TRANSFERRED]
        ),
    )
    ended_on = CalendarDay(label=gettext_lazy("Ended on"))


class PlacementForm(forms.Form):
    """The grid and the team of a member; either may stay open."""

    grid = forms.TypedChoiceField(
        label=gettext_lazy("Grid"), required=False, coerce=int, empty_value=None
    )
    team = forms.TypedChoiceField(
        label=gettext_lazy("Service team"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        grids: Iterable[Organisation],
        teams: Iterable[Organisation],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        none = ("", gettext("Not placed yet"))
        self.fields["grid"].choices = [none, *((row.pk, choice_name(row)) for row in grids)]  # type: ignore[attr-defined]
        self.fields["team"].choices = [none, *((row.pk, choice_name(row)) for row in teams)]  # type: ignore[attr-defined]


class PlacementsForm(forms.Form):
    """A grid, a team, or both for many members; what is left open stays with each of them."""

    grid = forms.ChoiceField(label=gettext_lazy("Grid"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Service team"), required=False)

    OUT = "none"

    def __init__(
        self,
        *args: Any,
        grids: Choices,
        teams: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        out = (self.OUT, gettext("Out of it"))
        for name, places in (("grid", grids), ("team", teams)):
            label = self.fields[name].label
            stays = ("", gettext("%(place)s: as it is") % {"place": label})
            choices = [stays, *places, out]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def places(self) -> dict[Kind, int | None]:
        """The place of each kind that was named; None is out of it."""
        named = {Kind.GRID: self.cleaned_data["grid"], Kind.TEAM: self.cleaned_data["team"]}
        return {
            kind: None if value == self.OUT else int(value)
            for kind, value in named.items()
            if value
        }


class TransferForm(NamingForm):
    """To which community, and why."""

    community = NameField(label=gettext_lazy("New community"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONG,
        initial=gettext_lazy("Moved house"),
    )


class IdentifyForm(forms.Form):
    """The last six characters of the identity number prove whose letter it is."""

    tail = forms.CharField(
        label=gettext_lazy("Last six characters of your ID number"),
        max_length=TAIL,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
