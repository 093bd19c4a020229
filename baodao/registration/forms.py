"""The shapes of what people type: a community by name, dates and decisions."""

from collections.abc import Iterable
from functools import partial

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.orgs.models import Organisation
from baodao.registration.rules.exemptions import Effect, ExemptionReason
from baodao.registration.rules.letters import TAIL
from baodao.registration.rules.states import EndReason
from baodao.ui.fields import DateInput, NameField
from baodao.ui.forms import NamingForm
from baodao.ui.wording import code_choices

LONG = 200
COMMUNITIES = "communities"
"""The list on the page that offers names of communities."""


class EndForm(forms.Form):
    """How and when a registration ended."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=partial(
            code_choices, [code for code in EndReason if code != EndReason.TRANSFERRED]
        ),
    )
    ended_on = forms.DateField(label=gettext_lazy("Ended on"), widget=DateInput())


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
        *args: object,
        grids: Iterable[Organisation],
        teams: Iterable[Organisation],
        **kw: object,
    ) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        none = ("", gettext("Not placed yet"))
        self.fields["grid"].choices = [none, *((row.pk, row.name) for row in grids)]  # type: ignore[attr-defined]
        self.fields["team"].choices = [none, *((row.pk, row.name) for row in teams)]  # type: ignore[attr-defined]


class TransferForm(NamingForm):
    """To which community, and why."""

    community = NameField(label=gettext_lazy("New community"), options=COMMUNITIES)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONG,
        initial=gettext_lazy("Moved house"),
    )


class IssueForm(NamingForm):
    """For whom letters are issued; without a community the unit's policy chooses it."""

    community = NameField(
        label=gettext_lazy("Community"),
        options=COMMUNITIES,
        required=False,
        help_text=gettext_lazy("Leave empty to follow the unit's policy."),
    )


class ExemptionForm(forms.Form):
    """Why somebody need not report, or not yet."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=partial(code_choices, ExemptionReason)
    )
    effect = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        choices=partial(code_choices, Effect),
        initial=Effect.DELAY,
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=300,
        help_text=gettext_lazy("Name the paper and its number; nothing is uploaded."),
    )
    from_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput())
    to_on = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=DateInput())


class DecisionForm(forms.Form):
    """The secretary's word; a refusal says why."""

    approve = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Approve")), ("no", gettext_lazy("Do not approve"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONG,
        required=False,
        help_text=gettext_lazy("Needed when it is not approved."),
    )


class IdentifyForm(forms.Form):
    """The last six characters of the identity number prove whose letter it is."""

    tail = forms.CharField(
        label=gettext_lazy("Last six characters of your ID number"),
        max_length=TAIL,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PlaceForm(forms.Form):
    """The name of a grid or of a service team."""

    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=100)
