"""What is typed about the time bank: consent, orders, kin, gifts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.spreadsheets.fields import LengthField
from baodao.timebank.models import TimeAccount
from baodao.timebank.queries.accounts import kin_of
from baodao.timebank.rules.accounts import CONSENT, NAME, POOL_NAME, KinFacts, KinRelation
from baodao.timebank.rules.orders import BY_HAND, MOST_MINUTES, WORDS, TimeOrderFacts
from baodao.ui.wording import code_choices

MOST_GIFT = 100 * 60


def kin_choices(account: TimeAccount) -> Mapping[str, str]:
    """For whom an owner may order: themselves, and whom they named."""
    named = {str(row.pk): f"{row.name} · {row.get_relation_display()}" for row in kin_of(account)}
    return {"": gettext("For the owner"), **named}


class TimeConsentForm(forms.Form):
    """The consent to an account."""

    consent = forms.BooleanField(
        label=gettext_lazy(
            "I agree that the community keeps an account of my hours: what I served, spent and gave"
        ),
        required=False,
        help_text=gettext_lazy("You can close it at any time; your service records stay."),
    )

    def consents(self) -> str:
        """The version agreed to, or none."""
        return CONSENT if self.cleaned_data["consent"] else ""


class TimeOrderForm(forms.Form):
    """Help that is ordered for hours."""

    words = forms.CharField(
        label=gettext_lazy("Which help?"),
        max_length=WORDS,
        help_text=gettext_lazy("Such as 陪妈妈去医院, and when; without names of others."),
    )
    minutes = LengthField(label=gettext_lazy("For how long?"), most=MOST_MINUTES, initial=60)
    kin = forms.ChoiceField(label=gettext_lazy("For whom?"), required=False)
    code = forms.CharField(
        label=gettext_lazy("Code of the order or appointment that it is for"),
        max_length=24,
        required=False,
        help_text=gettext_lazy(
            "Where the menu was ordered from, or an hour was booked: what becomes of it is then "
            "noted here by itself."
        ),
    )

    def __init__(self, *args: Any, kin: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kin"].choices = list(kin.items())  # type: ignore[attr-defined]
        if len(kin) == 1:
            del self.fields["kin"]

    def facts(self) -> TimeOrderFacts:
        """What was typed."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        kin = typed.pop("kin", "")
        return TimeOrderFacts(kin_id=UUID(kin) if kin else None, **typed)


class OrderByHandForm(TimeOrderForm):
    """Help ordered for hours, taken down at the window."""

    way = forms.ChoiceField(
        label=gettext_lazy("How the community heard of it"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["way"].choices = code_choices(BY_HAND)  # type: ignore[attr-defined]


class KinForm(forms.Form):
    """Somebody for whom hours are spent."""

    name = forms.CharField(label=gettext_lazy("How are they called?"), max_length=NAME)
    relation = forms.ChoiceField(label=gettext_lazy("What they are to the owner"))
    consent = forms.BooleanField(
        label=gettext_lazy("They know that they are named here, and agree"),
        required=False,
        help_text=gettext_lazy("The name is kept sealed and deleted once they are named no more."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["relation"].choices = code_choices(KinRelation)  # type: ignore[attr-defined]

    def facts(self) -> KinFacts:
        """What was typed."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        return KinFacts(**typed | {"consent": CONSENT if typed["consent"] else ""})


class PoolGiftForm(forms.Form):
    """Hours given to the pool."""

    minutes = LengthField(label=gettext_lazy("How much time?"), most=MOST_GIFT, initial=60)


class PersonGiftForm(PoolGiftForm):
    """Hours given to somebody."""

    number = forms.CharField(label=gettext_lazy("Volunteer number of who gets them"), max_length=12)


class PoolForm(forms.Form):
    """How a pool is called."""

    name = forms.CharField(label=gettext_lazy("Name of the pool"), max_length=POOL_NAME)


class AccountNumberForm(forms.Form):
    """Whose account is looked for."""

    number = forms.CharField(label=gettext_lazy("Volunteer number"), max_length=12)
