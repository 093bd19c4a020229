"""What is typed about one person, and the file of a roster."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import choice_name
from baodao.orgs.queries.communities import place_name
from baodao.people.facts import FACTS, FactKind, Facts, PersonFact, Viewer, written_by
from baodao.people.models import Person
from baodao.ui.edits import EditForm
from baodao.ui.fields import DateInput, NameField
from baodao.ui.wording import code_choices


class DayField(forms.DateField):
    """A day in any way in which officials write one."""

    widget = DateInput

    def __init__(self, fact: PersonFact) -> None:
        super().__init__(required=False)
        self._read = fact.read

    def to_python(self, value: Any) -> Any:
        day = self._read(value) if isinstance(value, str) else None
        return day or super().to_python(value)


def _name(fact: PersonFact) -> forms.Field:
    return forms.CharField(max_length=fact.length)


def _text(fact: PersonFact) -> forms.Field:
    return forms.CharField(max_length=fact.length, required=False)


def _code(fact: PersonFact) -> forms.Field:
    return forms.ChoiceField(choices=lambda: code_choices(fact.codes or ()))


def _flag(_fact: PersonFact) -> forms.Field:
    return forms.BooleanField(required=False)


def _phone(fact: PersonFact) -> forms.Field:
    text = _("Empty: the one that is held stays.")
    return forms.CharField(max_length=fact.length, required=False, help_text=text)


def _branch(_fact: PersonFact) -> forms.Field:
    return forms.TypedChoiceField()


def _community(_fact: PersonFact) -> forms.Field:
    return NameField(options="communities", required=False)


FIELDS: dict[FactKind, Callable[[PersonFact], forms.Field]] = {
    FactKind.NAME: _name,
    FactKind.TEXT: _text,
    FactKind.DAY: DayField,
    FactKind.CODE: _code,
    FactKind.FLAG: _flag,
    FactKind.PHONE: _phone,
    FactKind.BRANCH: _branch,
    FactKind.COMMUNITY: _community,
}
"""How each kind of fact is asked for; an identity number is asked by no form."""


class FactsForm(EditForm[Person]):
    """The facts of a person that `writer` may change, as they are declared.

    One of `branches` is chosen, which cleans to it; `find` gives the community that words name.
    """

    def __init__(
        self,
        *args: Any,
        writer: Viewer,
        branches: Sequence[Organisation] = (),
        find: Callable[[str], Any] | None = None,
        facts: Facts = FACTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for fact in written_by(writer, facts):
            field = self.fields[fact.name] = FIELDS[fact.kind](fact)
            field.label = _(fact.label)
            if isinstance(field, forms.TypedChoiceField):
                rows = {str(branch.pk): branch for branch in branches}
                field.choices = [(key, choice_name(branch)) for key, branch in rows.items()]
                field.coerce = rows.__getitem__
            elif isinstance(field, NameField) and find is not None:
                field.find = partial(_kept_or_named, self.row.home_community, find)


def _kept_or_named(
    kept: Organisation | None, find: Callable[[str], Organisation], words: str
) -> Organisation:
    """The community that stands there already, though it was closed since, or that of the words."""
    return kept if kept is not None and words == place_name(kept) else find(words)


class RosterFileForm(forms.Form):
    """The file of a roster, as it is."""

    file = forms.FileField(
        label=_("Roster file"),
        help_text=_(
            "Excel (.xlsx, .xls) or .csv, as you have it: titles, merged cells and several sheets "
            "are understood. Nothing is changed before you have seen what would change."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.csv,.txt,.et"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file holds no rows. Choose the file that holds the roster."),
        },
    )
