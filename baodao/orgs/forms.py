"""What is typed about organisations, their settings and division tables."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel.errors import Refused
from baodao.orgs.queries.policies import PolicyLine, words_of
from baodao.orgs.rules import NAME_LENGTH, NAMES, PARENTS, Kind
from baodao.orgs.rules.policies import Alternative, Amount, Policy, TimeOfDay
from baodao.ui.wording import worded

LARGEST_UPLOAD = 5 * 1024 * 1024


class AddForm(forms.Form):
    """A new organisation below one of `kind`."""

    kind = forms.ChoiceField(label=_("Kind"))
    name = forms.CharField(label=_("Name of the organisation"), max_length=NAME_LENGTH)
    code = forms.CharField(
        label=_("Organisation code"),
        max_length=32,
        required=False,
        help_text=_("A place has its 12-digit division code. Others get one when left empty."),
    )

    def __init__(self, *args: Any, below: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted((kind for kind in Kind if below in PARENTS[kind]), key=_order)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, _(NAMES[kind])) for kind in kinds]


def _order(kind: Kind) -> int:
    """Units and branches first: places come from the division table."""
    return list(reversed(Kind)).index(kind)


class NameForm(forms.Form):
    """Another name."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=NAME_LENGTH)


class ContactForm(forms.Form):
    """Who is to be asked."""

    contact_name = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = forms.CharField(
        label=_("Office telephone"),
        max_length=40,
        required=False,
        help_text=_("Printed on letters and receipts: a number of the office, not of a person."),
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)


class MoveForm(forms.Form):
    """Another place in the tree, by its code."""

    code = forms.CharField(
        label=_("Code of the organisation above"),
        max_length=32,
        help_text=_("It stands beside the name in the list of organisations."),
    )


class TableForm(forms.Form):
    """A city of the national table, or a file."""

    city = forms.CharField(
        label=_("Code of a city or district"),
        max_length=12,
        required=False,
        help_text=_("From the national table, e.g. 610100."),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        help_text=_("Columns code, name and, if there is one, parent; up to 5 MB."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("city") and not typed.get("file"):
            raise forms.ValidationError(_("Enter a code or choose a file."))
        if typed.get("file") and typed["file"].size > LARGEST_UPLOAD:
            self.add_error(
                "file",
                _("The file is larger than 5 MB. Use baodao divisions import on the server."),
            )
        return typed


class PolicyForm(forms.Form):
    """The value of one policy, beside which stands why it is refused."""

    def __init__(self, *args: Any, line: PolicyLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": f"{line.policy.key}-%s"})
        self.line = line
        self.fields["value"] = _field(line.policy, line.value)

    def clean_value(self) -> Any:
        """The typed value, within the bounds of the policy."""
        value = self.cleaned_data["value"]
        try:
            self.line.policy.check(value, self.line.value)
        except Refused as refused:
            raise forms.ValidationError(worded(refused)) from refused
        return value


def _field(policy: Policy[Any], value: Any) -> forms.Field:
    """The field in which a policy is set; its bounds stand below it."""
    label = gettext("Holds here and below")
    if isinstance(policy, Alternative):
        answers = [(code, gettext(words)) for code, words in policy.answers.items()]
        return forms.ChoiceField(label=label, choices=answers, initial=value)
    assert isinstance(policy, Amount | TimeOfDay)
    bounds = {"least": words_of(policy, policy.least), "most": words_of(policy, policy.most)}
    hint = gettext("From %(least)s to %(most)s.") % bounds
    if isinstance(policy, Amount):
        return forms.IntegerField(label=label, initial=value, help_text=hint)
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, initial=value, help_text=hint, widget=widget)
