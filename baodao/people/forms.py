"""What is typed about one person and what happens to them."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import choice_name
from baodao.orgs.rules.tree import NAME_LENGTH
from baodao.people.facts import FACTS, FactKind, Facts, PersonFact, Viewer, written_by
from baodao.people.queries.choices import choice_lists_at
from baodao.people.rules.dates import date_of
from baodao.people.rules.departures import Ending
from baodao.people.rules.identity_documents import ISSUER_LENGTH, OTHER_DOCUMENTS
from baodao.people.rules.standing import Sex
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.choices import WordsField
from baodao.ui.fields import CalendarDay, NameField, NameFinder
from baodao.ui.forms import NamingForm
from baodao.ui.wording import code_choices


class DayField(CalendarDay):
    """A day in any way in which officials write one."""

    def __init__(self, fact: PersonFact) -> None:
        super().__init__(required=False)
        self._read = fact.read

    def to_python(self, value: Any) -> Any:
        day = self._read(value) if isinstance(value, str) else None
        return day or super().to_python(value)


class ExactDay(CalendarDay):
    """A day on which something happened, in any way of writing that names the day itself."""

    def to_python(self, value: Any) -> Any:
        day = date_of(value) if isinstance(value, str) else None
        return super().to_python(value) if day is None or day.by_month else day.on


def _name(fact: PersonFact) -> forms.Field:
    return forms.CharField(max_length=fact.length)


def _text(fact: PersonFact) -> forms.Field:
    if fact.choice_list:
        return WordsField(choice=fact.choice_list, columns=fact.table, max_length=fact.length)
    return forms.CharField(max_length=fact.length, required=False)


def _code(fact: PersonFact) -> forms.Field:
    return forms.ChoiceField(choices=lambda: code_choices(fact.codes or ()))


def _flag(_fact: PersonFact) -> forms.Field:
    return forms.BooleanField(required=False)


def _phone(fact: PersonFact) -> forms.Field:
    text = _("Empty: the one that is held stays.")
    return PhoneField(max_length=fact.length, required=False, help_text=text)


def _branch(_fact: PersonFact) -> forms.Field:
    return forms.TypedChoiceField()


def _community(_fact: PersonFact) -> forms.Field:
    return NameField(required=False)


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


def offer_branches(field: forms.Field, branches: Sequence[Organisation]) -> None:
    """Let a field choose one of these branches, and clean to it."""
    assert isinstance(field, forms.TypedChoiceField)
    rows = {str(branch.pk): branch for branch in branches}
    field.choices = [(key, choice_name(branch)) for key, branch in rows.items()]
    field.coerce = rows.__getitem__


def _ask_for(form: forms.Form, facts: Facts, branches: Sequence[Organisation], path: str) -> None:
    """Give the form a field for each of the facts; a branch is one of `branches`, or a new one;
    words are those to choose at `path`."""
    lists = choice_lists_at(path, facts)
    for fact in facts:
        field = form.fields[fact.name] = FIELDS[fact.kind](fact)
        field.label = _(fact.label)
        if isinstance(field, forms.TypedChoiceField):
            offer_branches(field, branches)
            form.fields["new_branch"] = _new_branch()
        if isinstance(field, WordsField):
            field.offer(lists[fact.name])


def _new_branch() -> forms.Field:
    text = _("Only where the branch of the member is not in the list: it is added, and chosen.")
    return forms.CharField(
        label=_("Another branch"), max_length=NAME_LENGTH, required=False, help_text=text
    )


class FactsForm(forms.Form):
    """The facts of a person that `writer` may change, as they are declared.

    One of `branches` is chosen, which cleans to it; `find` gives the community that words name;
    what is ticked is what may be chosen at `path`, else where the branches are.
    """

    def __init__(
        self,
        *args: Any,
        writer: Viewer,
        branches: Sequence[Organisation] = (),
        find: NameFinder | None = None,
        path: str = "",
        facts: Facts = FACTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        path = path or next((branch.path for branch in branches), "")
        _ask_for(self, written_by(writer, facts), branches, path)
        for field in self.fields.values():
            if isinstance(field, NameField) and find is not None:
                field.find, field.help_text = find, find.note


class NewMemberForm(FactsForm):
    """What is known of a member who is added: the facts that a unit writes, the identity number,
    the day, and whether somebody who seems to be a member already is somebody else."""

    id_number = forms.CharField(label=_("ID number"), max_length=40)
    from_on = ExactDay(label=_("Member here since"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, writer=Viewer.UNIT, **options)
        self.fields["phone"].help_text = ""
        self.fields["is_other"] = forms.BooleanField(
            label=_("This is somebody else than the member of the same name"), required=False
        )
        self.order_fields(["name", "id_number", "phone", "branch", "new_branch", "from_on"])


UNCHOSEN = ("", "—")


class DocumentMemberForm(NewMemberForm):
    """A new member who has no identity card: which document instead, and what a card would tell.

    Nothing is chosen beforehand: a guess that nobody corrects would stand as a fact.
    """

    document = forms.ChoiceField(
        label=_("Document"),
        choices=lambda: [UNCHOSEN, *code_choices(OTHER_DOCUMENTS)],
    )
    country = forms.CharField(
        label=_("Country of the passport"),
        max_length=ISSUER_LENGTH,
        required=False,
        help_text=_("Only of a passport; empty is China."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=lambda: [UNCHOSEN, *code_choices(Sex)])
    born_on = ExactDay(label=_("Date of birth"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["id_number"].label = _("Number of the document")
        text = _("As it stands there; of an officer's certificate with 军字第 or 武字第.")
        self.fields["id_number"].help_text = text
        self.order_fields(["name", "document", "id_number", "country", "sex", "born_on"])


class Happening(Code):
    """What a unit records of a member who does not go to another unit of the city."""

    RETIRED = "retired", gettext_noop("Retired, and stays a member of the unit")
    LEFT = Ending.LEFT.value, gettext_noop("Left the unit")
    DIED = Ending.DIED.value, gettext_noop("Died")


class DepartureForm(forms.Form):
    """What happened, on which day."""

    happening = forms.ChoiceField(
        label=_("What became of the member"),
        choices=lambda: code_choices(Happening),
        widget=forms.RadioSelect,
        help_text=_(
            "Who left or died is no longer reported here: letters, registration and claims end."
        ),
    )
    on = ExactDay(label=_("On which day"))


class UnitTransferForm(NamingForm):
    """To which unit a member goes, as of which day."""

    unit = NameField(label=_("To which unit"))
    on = ExactDay(label=_("As of"))
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class BranchForm(forms.Form):
    """One of these branches, which cleans to it."""

    branch = forms.TypedChoiceField(label=_("Branch"))

    def __init__(self, *args: Any, branches: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_branches(self.fields["branch"], branches)
