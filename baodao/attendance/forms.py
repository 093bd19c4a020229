"""Who came and for how long, and a day's service, as people type them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.attendance.rules.check_ins import CheckSide
from baodao.ledger.rules.records import DAY_MINUTES
from baodao.ui.fields import CalendarDay

LONG = 200


def minutes_field() -> forms.IntegerField:
    """How long it was, once for everybody."""
    return forms.IntegerField(
        label=gettext_lazy("Minutes served, without travel"), min_value=1, max_value=DAY_MINUTES
    )


class RollForm(forms.Form):
    """How long it was, which needs were met by it, and whether more will come; where somebody
    checked in and out (`by_code`), whether that says how long."""

    minutes = minutes_field()
    met_ids = forms.MultipleChoiceField(
        label=gettext_lazy("Needs met by it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    by_code = forms.BooleanField(
        label=gettext_lazy("Who checked in and out served for as long as that"), required=False
    )
    more = forms.BooleanField(
        label=gettext_lazy("Leave the list open for latecomers"), required=False
    )

    def __init__(self, *args: Any, needs: Mapping[str, str], by_code: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not by_code:
            del self.fields["by_code"]
        if needs:
            self.fields["met_ids"].choices = list(needs.items())  # type: ignore[attr-defined]
        else:
            del self.fields["met_ids"]


class DayForm(forms.Form):
    """One day's service."""

    on = CalendarDay(label=gettext_lazy("Day"))
    minutes = minutes_field()
    result = forms.CharField(label=gettext_lazy("Result"), max_length=LONG, required=False)


class CheckInForm(forms.Form):
    """Coming or going, as the button that was tapped says."""

    side = forms.TypedChoiceField(
        choices=[(side.value, side.words) for side in CheckSide],
        coerce=CheckSide,
        widget=forms.HiddenInput,
    )
