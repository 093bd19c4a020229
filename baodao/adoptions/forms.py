"""How a policy is adopted and ended, as people type it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from baodao.adoptions.commands.adoptions import AdoptionTerms
from baodao.adoptions.rules.adoptions import BASIS, MOST_SETTLE_DAYS, SETTLE_DAYS
from baodao.adoptions.rules.periods import has_periods, period_at
from baodao.kernel import clock
from baodao.kernel.lives import MOST_WORDS
from baodao.policies.rules.grammar import RuleSet

DAY = timedelta(days=1)
PERIODS = 3


def first_days(rules: RuleSet) -> list[date]:
    """Days on which it can begin: of the present period and the next ones, else today."""
    day, rows = clock.today(), []
    if not has_periods(rules):
        return [day]
    for _ in range(PERIODS):
        period = period_at(rules, day)
        rows.append(period.first)
        day = period.last + DAY
    return rows


def last_days(rules: RuleSet) -> list[date]:
    """Days on which it can end."""
    if not has_periods(rules):
        return [clock.today()]
    return [period_at(rules, day).last for day in first_days(rules)]


def _days(rows: list[date]) -> list[tuple[str, str]]:
    return [(day.isoformat(), date_format(day)) for day in rows]


class AdoptionForm(forms.Form):
    """From when on it holds, on which document it rests, what organisations below may do."""

    from_on = forms.ChoiceField(label=gettext_lazy("First day"), widget=forms.RadioSelect)
    basis = forms.CharField(
        label=gettext_lazy("Document it rests on"),
        max_length=BASIS,
        required=False,
        help_text=gettext_lazy("Name and number, as members shall read it."),
    )
    settle_days = forms.IntegerField(
        label=gettext_lazy("Days after a period in which late records still count"),
        min_value=0,
        max_value=MOST_SETTLE_DAYS,
        initial=SETTLE_DAYS,
    )
    may_be_stricter = forms.BooleanField(
        label=gettext_lazy("Organisations below may adopt a stricter policy of their own."),
        required=False,
    )
    is_stricter = forms.BooleanField(
        label=gettext_lazy(
            "I compared it with the policy from above: it asks at least as much as that one."
        ),
        required=False,
    )

    def __init__(self, *args: Any, rules: RuleSet, is_below: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["from_on"].choices = _days(first_days(rules))  # type: ignore[attr-defined]
        self.fields["from_on"].initial = first_days(rules)[0].isoformat()
        if not is_below:
            del self.fields["is_stricter"]

    def terms(self) -> AdoptionTerms:
        """What was chosen, once the form is valid."""
        typed = dict(self.cleaned_data)
        return AdoptionTerms(**typed | {"from_on": date.fromisoformat(typed["from_on"])})


class AdoptionEndForm(forms.Form):
    """The last day, and why."""

    until_on = forms.ChoiceField(label=gettext_lazy("Last day"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until_on"].choices = _days(last_days(rules))  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What was chosen, once the form is valid."""
        typed = self.cleaned_data
        return {"until_on": date.fromisoformat(typed["until_on"]), "reason": typed["reason"]}


class WithdrawalForm(forms.Form):
    """Why it never shall hold."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
