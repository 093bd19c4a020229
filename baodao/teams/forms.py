"""What is typed about a team, and by who wants to join it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel.lives import MOST_WORDS
from baodao.registration.models import Registration
from baodao.teams.rules.teams import MOST_ABOUT, Bond
from baodao.ui.wording import code_choices, person_label

NAME = 100


class TeamProfileForm(forms.Form):
    """What a team is of, and what it says about itself."""

    bond = forms.ChoiceField(
        label=gettext_lazy("What the team is of"),
        choices=partial(code_choices, Bond),
        widget=forms.RadioSelect,
    )
    about = forms.CharField(
        label=gettext_lazy("About the team"), max_length=MOST_ABOUT, required=False
    )


class TeamForm(TeamProfileForm):
    """A new team."""

    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=NAME)

    field_order = ("name", "bond", "about")


class MembershipForm(forms.Form):
    """What somebody says who wants to join."""

    words = forms.CharField(
        label=gettext_lazy("A word about yourself"), max_length=MOST_WORDS, required=False
    )


class FarewellForm(forms.Form):
    """What somebody says who wants to leave; they need not say why."""

    words = forms.CharField(
        label=gettext_lazy("A word to the team"), max_length=MOST_WORDS, required=False
    )


class LeaderForm(forms.Form):
    """Who of its members leads a team."""

    registration = forms.ChoiceField(label=gettext_lazy("Leader"))

    def __init__(self, *args: Any, members: Iterable[Registration], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(row.pk, person_label(row.person)) for row in members]
        self.fields["registration"].choices = choices  # type: ignore[attr-defined]


class RefusalForm(forms.Form):
    """Why somebody is not taken in."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=MOST_WORDS)


class PlaceForm(forms.Form):
    """The name of a grid or of a service team."""

    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=100)
