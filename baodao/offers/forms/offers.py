"""What is asked about offers beside themselves: reasons, the month's theme."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel import clock
from baodao.offers.kinds.forms import OfferForm, TimedForm
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import choice_name

LONG = 200
FIXED = frozenset({"on", "begins", "ends", "approval"})
"""Of a published offer these stand."""


def known(offer: Offer) -> dict[str, object]:
    """An offer as the form shows it."""
    names = ("title", "category", "text", "place", "places", "specialties", "bring", "schedule")
    shared = {name: getattr(offer, name) for name in (*names, "approval")}
    return {**shared, "organiser": offer.organiser_id, **hours_known(offer), **offer.particulars}


def fix(form: OfferForm, offer: Offer) -> None:
    """Of a published offer hours and approval stand; they are shown, not asked."""
    if offer.state == OfferState.PUBLISHED:
        for name in FIXED & form.fields.keys():
            form.fields[name].disabled = True


def hours_known(offer: Offer) -> dict[str, object]:
    """The hours of an offer as the form shows them; nothing where it has none."""
    if offer.starts_at is None or offer.ends_at is None:
        return {}
    begins, ends = clock.local(offer.starts_at), clock.local(offer.ends_at)
    hours = (offer.starts_at, offer.ends_at)
    return {"on": begins.date(), "begins": begins.time(), "ends": ends.time(), "hours": hours}


def names_of(organisations: list[Organisation]) -> dict[int, str]:
    """Organisations as choices."""
    return {row.pk: choice_name(row) for row in organisations}


class ProposalForm(TimedForm):
    """What a unit wants to organise: it stands behind it, and whoever claims has a place."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, organisers={}, **options)
        del self.fields["organiser"], self.fields["approval"]

    def shared(self) -> dict[str, Any]:
        return super().shared() | {"organiser": None}


class WhyForm(forms.Form):
    """Why: those concerned read it."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONG)


class CloseForm(forms.Form):
    """Closing: a word if one likes, and which needs were met by it."""

    reason = forms.CharField(label=gettext_lazy("Note"), max_length=LONG, required=False)
    met_ids = forms.MultipleChoiceField(
        label=gettext_lazy("Needs met by it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, needs: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        if needs:
            self.fields["met_ids"].choices = list(needs.items())  # type: ignore[attr-defined]
        else:
            del self.fields["met_ids"]
