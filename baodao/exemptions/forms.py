"""The shapes of what is typed about an exemption: the request and the decision."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy

from baodao.exemptions.rules.reasons import Effect, ExemptionReason
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import code_choices

LONG = 200


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
    from_on = CalendarDay(label=gettext_lazy("First day"))
    to_on = CalendarDay(label=gettext_lazy("Last day"), required=False)


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
