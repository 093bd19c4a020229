"""What is typed about organisations and their settings."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel.errors import Refused
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.obstacles import check_aim
from baodao.orgs.queries.policies import PolicyLine, words_of
from baodao.orgs.rules.dictionaries import WordList, words_in
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.policies import Alternative, Amount, Policy, TimeOfDay
from baodao.orgs.rules.tree import NAME_LENGTH, Kind, kinds_below
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.fields import NameField
from baodao.ui.wording import worded

HEIRS = ("first", "second", "third")


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
        kinds = sorted(kinds_below(below), key=_order)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, _(kind.words)) for kind in kinds]


def _order(kind: Kind) -> int:
    """Units and branches first: places come from the division table."""
    return list(reversed(Kind)).index(kind)


class ContactForm(forms.Form):
    """Who is to be asked."""

    contact_name = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = PhoneField(
        label=_("Office telephone"),
        required=False,
        help_text=_("Printed on letters and receipts: a number of the office, not of a person."),
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)


def contact_of(organisation: Organisation) -> dict[str, str]:
    """What the form of the contact begins with."""
    return {field: getattr(organisation, field) for field in ContactForm.base_fields}


class ReformForm(forms.Form):
    """What an organisation is to become: its new name, what it shall stand below, or who takes
    over. Organisations are named among the `candidates`, by name or code."""

    def __init__(
        self,
        typed: Mapping[str, str] | None,
        *,
        organisation: Organisation,
        reform: Reform,
        candidates: QuerySet[Organisation],
    ) -> None:
        super().__init__(typed)
        self.organisation, self.reform, self.candidates = organisation, reform, candidates
        self.children = list(organisation.children.filter(closed_at=None))
        if reform is Reform.RENAMED:
            label = gettext("New name")
            # no edit: the confirmation carries what was looked at
            name = forms.CharField(label=label, max_length=NAME_LENGTH, initial=organisation.name)
            self.fields["name"] = name
        elif reform is Reform.MOVED:
            self.fields["parent"] = self._named(gettext("Stands below from now on"))
        elif reform is Reform.MERGED:
            self.fields["first"] = self._named(gettext("Taken over by"))
        elif reform is Reform.SPLIT:
            self._add_heirs()

    def _named(self, label: str, *, required: bool = True) -> NameField:
        field = NameField(label=label, required=required)
        field.find = Choices(self.candidates)
        return field

    def _add_heirs(self) -> None:
        first = gettext("Taken over by (all that is not given to the others)")
        self.fields["first"] = self._named(first)
        self.fields["second"] = self._named(gettext("And by"))
        self.fields["third"] = self._named(gettext("And by (if there is a third)"), required=False)

    def _add_shares(self, heirs: Mapping[str, Organisation]) -> None:
        """Who gets each of what hangs below, among those who take over, by their names."""
        choices = [(name, row.name) for name, row in heirs.items()]
        for child in self.children if len(heirs) > 1 else ():
            share, label = _share_of(child), gettext("%(name)s goes to") % {"name": child.name}
            self.fields[share] = forms.ChoiceField(label=label, choices=choices)
            if self.data.get(share, "first") not in heirs:
                self.add_error(share, gettext("Name that one above first."))

    @property
    def is_complete(self) -> bool:
        """Whether everything was asked: who gets what hangs below is, once it is known who takes
        over."""
        shares = map(_share_of, self.children)
        return all(share in self.data for share in shares if share in self.fields)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and self.reform is Reform.SPLIT:
            self._add_shares({name: typed[name] for name in HEIRS if typed.get(name)})
        if self.errors:
            return typed
        try:
            check_aim(self.organisation, self.aim())
        except Refused as refused:
            raise forms.ValidationError(worded(refused)) from refused
        return typed

    def aim(self) -> Aim:
        """What is wanted, once the form is valid."""
        typed = self.cleaned_data
        heirs = {name: typed[name].pk for name in HEIRS if typed.get(name)}
        return Aim(
            self.reform,
            name=typed.get("name", ""),
            parent_id=typed["parent"].pk if "parent" in typed else None,
            successor_id=heirs.get("first"),
            shares=self._shares(heirs),
            further=tuple(heirs.values())[1:],
        )

    def _shares(self, heirs: Mapping[str, int]) -> dict[int, int]:
        """Of each organisation below that was given to somebody, to whom."""
        if self.reform is not Reform.SPLIT:
            return {}
        names = {child.pk: self.data.get(_share_of(child)) for child in self.children}
        return {child: heirs[str(name)] for child, name in names.items() if name in heirs}


def _share_of(child: Organisation) -> str:
    """The field that says who gets an organisation below one that is split."""
    return f"share-{child.pk}"


class PolicyForm(forms.Form):
    """The value of one policy, beside which stands why it is refused."""

    def __init__(self, *args: Any, line: PolicyLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": f"{line.policy.key}-%s"})
        self.line = line
        self.fields["value"] = _field(line.policy)

    def clean_value(self) -> Any:
        """The typed value, within the bounds of the policy."""
        value = self.cleaned_data["value"]
        try:
            self.line.policy.check(value, self.line.value)
        except Refused as refused:
            raise forms.ValidationError(worded(refused)) from refused
        return value


class WordListField(forms.CharField):
    """Words on one line; cleans to them."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "、".join(value or ())

    def clean(self, value: Any) -> Any:
        return words_in(super().clean(value))


def _field(policy: Policy[Any]) -> forms.Field:
    """The field in which a policy is set; its bounds stand below it."""
    label = gettext("Holds here and below")
    if isinstance(policy, Alternative):
        answers = [(code, gettext(words)) for code, words in policy.answers.items()]
        return forms.ChoiceField(label=label, choices=answers)
    if isinstance(policy, WordList):
        hint = gettext("Divided by commas; at most %(most)s characters each.")
        hint = hint % {"most": policy.length}
        return WordListField(label=label, required=False, help_text=hint)
    assert isinstance(policy, Amount | TimeOfDay)
    bounds = {"least": words_of(policy, policy.least), "most": words_of(policy, policy.most)}
    hint = gettext("From %(least)s to %(most)s.") % bounds
    if isinstance(policy, Amount):
        return forms.IntegerField(label=label, help_text=hint)
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, help_text=hint, widget=widget)
