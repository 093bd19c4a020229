"""How an offer comes to answer a need: made of it, or chosen among those published."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from baodao.offers.models import Offer
from baodao.offers.queries.words import kind_choices


class KindForm(forms.Form):
    """What kind of offer is made of a need."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it becomes"),
        choices=kind_choices,
        widget=forms.RadioSelect,
    )


class AnswerWithForm(forms.Form):
    """Which published offer answers a need."""

    offer_id = forms.TypedChoiceField(
        label=gettext_lazy("Published offers"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(row.pk), row.title) for row in offers]
        self.fields["offer_id"].choices = titles  # type: ignore[attr-defined]
