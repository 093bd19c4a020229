"""What an authority chooses before a proposal is calculated, and with what a unit agrees."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, ngettext

from baodao.allocation.rules.choices import (
    MINIMA,
    AllocationAim,
    AllocationChoices,
    Emphasis,
    Grouping,
)
from baodao.orgs.models import Organisation
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.wording import code_choices


def _minimum_words(count: int) -> str:
    if not count:
        return gettext("No minimum")
    return ngettext("At least %(n)s helper", "At least %(n)s helpers", count) % {"n": count}


def _minima() -> list[tuple[str, str]]:
    return [(str(count), _minimum_words(count)) for count in MINIMA]


def _emphasis(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=partial(code_choices, Emphasis),
        widget=forms.RadioSelect,
        initial=Emphasis.SOME,
    )


class AllocationForm(forms.Form):
    """For whom, among which communities, who stays together, and what counts how much."""

    aim = forms.ChoiceField(
        label=gettext_lazy("For whom a community is sought"),
        choices=partial(code_choices, AllocationAim),
        widget=forms.RadioSelect,
        initial=AllocationAim.MEMBERS,
    )
    place = forms.ChoiceField(label=gettext_lazy("Communities of"))
    grouping = forms.ChoiceField(
        label=gettext_lazy("Who stays together"),
        choices=partial(code_choices, Grouping),
        initial=Grouping.ALONE,
        help_text=gettext_lazy("Of units nothing is divided: each goes as a whole."),
    )
    weak = _emphasis(gettext_lazy("Weak places first: how much does it count?"))
    near = _emphasis(gettext_lazy("A short way: how much does it count?"))
    wish = _emphasis(gettext_lazy("Wishes: how much do they count?"))
    minimum = forms.TypedChoiceField(
        label=gettext_lazy("Helpers for every community"), choices=_minima, coerce=int, initial=0
    )

    def __init__(self, *args: Any, places: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(place.pk), place.name) for place in places]

    def clean(self) -> dict[str, Any]:
        """The choices as one, of which the act makes something."""
        facts = self.cleaned_data
        if self.errors:
            return facts
        choices = AllocationChoices(
            AllocationAim(facts["aim"]),
            int(facts["place"]),
            Grouping(facts["grouping"]),
            Emphasis(facts["weak"]),
            Emphasis(facts["near"]),
            Emphasis(facts["wish"]),
            facts["minimum"],
        )
        return {"choices": choices}


class AgreementForm(forms.Form):
    """With whom the community speaks, as on the contact form that is presented by it."""

    secretary = forms.CharField(label=gettext_lazy("Secretary of the unit"), max_length=60)
    contact_name = forms.CharField(label=gettext_lazy("Contact person"), max_length=60)
    contact_phone = PhoneField(label=gettext_lazy("Telephone of the contact"))
