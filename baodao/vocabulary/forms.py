"""A word of a table and what it means."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.orgs.models import Organisation
from baodao.vocabulary.models import TableWord
from baodao.vocabulary.queries import word_taught_by
from baodao.vocabulary.rules.words import (
    LONGEST,
    NOT_USED,
    UNUSED,
    WORD_TABLES,
    WordRole,
    WordTable,
)

PARTED = "|"


class WordForm(forms.Form):
    """`tables` are those whose words may be taught; a meaning is table, role and fact in one."""

    word = forms.CharField(
        label=_("Word in a table"),
        max_length=LONGEST,
        help_text=_("As it stands in your table: a column name with its brackets, or a status."),
    )
    meaning = forms.ChoiceField(label=_("Means"))
    replaces = forms.BooleanField(label=_("What was taught before gives way"), required=False)

    def __init__(
        self, *args: object, tables: Iterable[WordTable], place: Organisation, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self._place = place
        if not self.is_bound:
            del self.fields["replaces"]
        field = self.fields["meaning"]
        assert isinstance(field, forms.ChoiceField)
        groups = [
            (f"{gettext(table.label)} · {gettext(role.words)}", list(_choices(table, role)))
            for table in tables
            for role in table.meanings
        ]
        field.choices = [("", gettext("Choose")), *groups]

    def clean(self) -> dict[str, Any]:
        """Asked before a word that the place has taught otherwise is taught anew."""
        typed = super().clean() or {}
        replaces = typed.pop("replaces", False)
        before = None if self.errors else self._otherwise(typed["word"], typed["meaning"])
        if before is None:
            del self.fields["replaces"]
        elif not replaces:
            words = gettext("%(name)s taught here that it means “%(meaning)s”. Tick this if not.")
            label = WORD_TABLES[before.table].label_of(before.role, before.meaning)
            facts = {"name": before.taught_by, "meaning": gettext(label)}
            self.add_error("replaces", words % facts)
        return typed

    def _otherwise(self, word: str, meaning: str) -> TableWord | None:
        table, role, fact = meaning.split(PARTED)
        before = word_taught_by(self._place, table, role, word)
        return before if before is not None and before.meaning != fact else None


def _choices(table: WordTable, role: WordRole) -> Iterable[tuple[str, str]]:
    for meaning, label in table.meanings[role].items():
        yield PARTED.join((table.name, role, meaning)), gettext(label)
    if role is WordRole.HEADER:
        yield PARTED.join((table.name, role, UNUSED)), gettext(NOT_USED)
