"""What is chosen before a policy is tried."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel import clock
from baodao.policies.models import PolicyVersion
from baodao.ui.fields import CalendarDay


class PolicyTrialForm(forms.Form):
    """As of which day a policy is tried, and beside which other."""

    day = CalendarDay(
        label=_("As of the end of this day"),
        help_text=_("The year, or the other time of the policy, that holds this day is looked at."),
    )
    against = forms.ChoiceField(label=_("What changes beside"), required=False)

    def __init__(self, others: Mapping[str, PolicyVersion], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._others = others
        choices = [(key, f"{one.name}（{one.number}）") for key, one in others.items()]
        field = self.fields["against"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("nothing: only this one")), *choices]

    def clean_day(self) -> date:
        """A day that is over or today."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(gettext("This day is yet to come; nothing is known of it."))
        return day

    def clean(self) -> dict[str, Any]:
        """The day and the id of the other version."""
        cleaned = super().clean() or {}
        other = self._others.get(cleaned.get("against", ""))
        return {"day": cleaned.get("day"), "against_id": other.pk if other else None}
