"""The shapes of what people type: a community by name, reasons, dates, contacts and own facts."""

from collections.abc import Iterable
from functools import partial

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.orgs.models import Organisation
from baodao.orgs.queries import ancestors, by_id, places
from baodao.orgs.rules import Kind
from baodao.registration.rules.exemptions import Effect
from baodao.registration.rules.letters import TAIL
from baodao.registration.rules.states import EndReason
from baodao.registration.tables.words import choices
from baodao.ui.fields import DateInput

SHORT = 60
LONG = 200
MEANT = 6
"""Communities named when several fit."""


def city_path(organisation: Organisation) -> str:
    """The path of the city in which the organisation lies."""
    return organisation.path.split(".", 1)[0] + "."


def communities(path: str, words: str) -> QuerySet[Organisation]:
    """Open communities below `path`; `words` are part of the name, or 名称（街道）, or the code."""
    rows = places(Kind.COMMUNITY).filter(path__startswith=path).select_related("parent")
    name, _, street = words.strip().removesuffix("）").partition("（")
    rows = rows.filter(Q(name__icontains=name) | Q(code=name))
    if street:
        rows = rows.filter(parent__name=street)
    return rows.order_by("path")


def place_name(community: Organisation) -> str:
    """The name that tells two communities of one name apart: with its street."""
    return f"{community.name}（{community.parent.name}）" if community.parent else community.name


class CommunityField(forms.CharField):
    """A community by its name, by 名称（街道） or by its code; cleans to the organisation."""

    def __init__(self, **kwargs: object) -> None:
        self.path = ""
        super().__init__(max_length=LONG, **kwargs)  # type: ignore[arg-type]
        self.widget.attrs |= {"list": "communities", "autocomplete": "off"}

    def clean(self, value: object) -> Organisation | None:
        """Exactly one open community, else what could be meant."""
        words = str(super().clean(value) or "")
        if not words:
            return None
        fitting = communities(self.path, words)
        name = words.removesuffix("）").partition("（")[0]
        found = list(fitting.filter(Q(name=name) | Q(code=name))[:MEANT])
        found = found or list(fitting[:MEANT])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                gettext("There is no community “%(words)s” in this city. Check the name."),
                params={"words": words},
            )
        raise forms.ValidationError(
            gettext("Several communities fit: %(names)s. Write the one you mean."),
            params={"names": "、".join(place_name(row) for row in found)},
        )


class CityForm(forms.Form):
    """A form whose communities are those of one city."""

    def __init__(self, *args: object, city: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            if isinstance(field, CommunityField):
                field.path = city


class ReasonForm(forms.Form):
    """Why: shown to the member and kept in the timeline."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONG)


class ReturnForm(forms.Form):
    """Why the community gives something back."""

    reason = forms.CharField(label=gettext_lazy("Why it is returned"), max_length=LONG)


class EndForm(forms.Form):
    """How and when a registration ended."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=partial(choices, "end", [c for c in EndReason if c != EndReason.TRANSFERRED]),
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


class TransferForm(CityForm):
    """To which community, and why."""

    community = CommunityField(label=gettext_lazy("New community"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONG,
        initial=gettext_lazy("Moved house"),
    )


class IssueForm(CityForm):
    """For whom letters are issued; without a community the unit's policy chooses it."""

    community = CommunityField(
        label=gettext_lazy("Community"),
        required=False,
        help_text=gettext_lazy("Leave empty to follow the unit's policy."),
    )


class UnitContactForm(CityForm):
    """The unit's own registration with its partner community."""

    community = CommunityField(label=gettext_lazy("Partner community"))
    secretary = forms.CharField(label=gettext_lazy("Secretary of the unit"), max_length=SHORT)
    secretary_phone = forms.CharField(
        label=gettext_lazy("Telephone of the secretary"), max_length=40, required=False
    )
    contact_name = forms.CharField(label=gettext_lazy("Contact person"), max_length=SHORT)
    contact_phone = forms.CharField(label=gettext_lazy("Telephone of the contact"), max_length=40)
    resources = forms.CharField(
        label=gettext_lazy("What the unit can offer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs = forms.CharField(
        label=gettext_lazy("What the unit asks of the community"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExemptionForm(forms.Form):
    """Why somebody need not report, or not yet."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=partial(choices, "exemption"))
    effect = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        choices=partial(choices, "effect"),
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


class OwnFactsForm(CityForm):
    """What a member may correct about themselves without asking anybody."""

    specialty = forms.CharField(
        label=gettext_lazy("Professional specialty"), max_length=100, required=False
    )
    interests = forms.CharField(label=gettext_lazy("Interests"), max_length=100, required=False)
    wishes = forms.CharField(label=gettext_lazy("Wish to serve"), max_length=LONG, required=False)
    free_times = forms.CharField(label=gettext_lazy("Free times"), max_length=100, required=False)
    address = forms.CharField(label=gettext_lazy("Home address"), max_length=LONG, required=False)
    home_community = CommunityField(label=gettext_lazy("Community where you live"), required=False)


class IdentifyForm(forms.Form):
    """The last six characters of the identity number prove whose letter it is."""

    tail = forms.CharField(
        label=gettext_lazy("Last six characters of your ID number"),
        max_length=TAIL,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: sending it is the answer."""


class PlaceForm(forms.Form):
    """The name of a grid or of a service team."""

    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=100)


def home_of(home_community_id: int | None) -> str:
    """The member's community as the field shows it."""
    if home_community_id is None:
        return ""
    community = by_id(home_community_id)
    return place_name(ancestors(community)[-1])
