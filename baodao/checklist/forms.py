"""To which communities letters go: one for all, or one in the row of each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.checklist.queries.destinations import Destination
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import place_name
from baodao.ui.fields import NameField
from baodao.ui.forms import NamingForm

_ROW = "community-"
_OFFERED = ("_row", "_words")
"""What the names of the fields end with that belong to the rows offered below a field."""


class DestinationField(NameField):
    """The community of one letter; the one that is `known` stays by its own words."""

    def __init__(self, known: Organisation | None, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.known = known
        self.known_words = place_name(known) if known else ""

    def clean(self, value: object) -> Any:
        words = str(value or "").strip()
        if value is None or words == self.known_words:
            return self.known
        if not words:
            raise forms.ValidationError(gettext("Write the community, or untick the member."))
        return super().clean(words)


class LettersForm(NamingForm):
    """For whom letters are issued; without a community for all each goes to that of its row.

    What stands in `typed`, the url of a page that was left for a while, stands in its fields again.
    """

    community = NameField(
        label=gettext_lazy("One community for all of them"),
        required=False,
        help_text=gettext_lazy(
            "For everybody ticked, also where a row shows another community; one that you write in "
            "a row yourself holds for that row."
        ),
    )

    def __init__(
        self, *args: Any, destinations: Sequence[Destination], typed: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.persons = {field_of(row.membership.person_id): row for row in destinations}
        self.initial = {"community": typed.get("community", "")}
        for name, row in self.persons.items():
            person = row.membership.person
            label = gettext("Community of %(name)s") % {"name": f"{person.name} {person.number}"}
            field = DestinationField(row.community, label=label)
            field.find = self.fields["community"].find  # type: ignore[attr-defined]
            self.fields[name] = field
            self.initial[name] = typed.get(name, field.known_words)

    @property
    def rows(self) -> Iterator[tuple[Destination, forms.BoundField]]:
        """Each destination with its field."""
        for name, row in self.persons.items():
            yield row, self[name]

    @property
    def named(self) -> dict[UUID, Organisation]:
        """The communities that were written in rows, by person, once the form is valid."""
        return {
            row.membership.person_id: self.cleaned_data[name]
            for name, row in self.persons.items()
            if self.cleaned_data[name] != row.community
        }

    @property
    def typed(self) -> dict[str, str]:
        """What was written in fields and differs from what is known, right or wrong."""
        written = {name: self.data[name].strip() for name in self.fields if name in self.data}
        known = {name: getattr(self.fields[name], "known_words", "") for name in written}
        return {name: words for name, words in written.items() if words != known[name]}


def field_of(person_id: UUID) -> str:
    """The name of the field in a person's row."""
    return f"{_ROW}{person_id}"


def persons_in(names: Iterable[str]) -> list[UUID]:
    """The persons whose rows have fields of these names; raises `Absent` for what is no id."""
    try:
        rows = [one for one in names if one.startswith(_ROW) and not one.endswith(_OFFERED)]
        return [UUID(name.removeprefix(_ROW)) for name in rows]
    except ValueError as error:
        raise Absent("person") from error
