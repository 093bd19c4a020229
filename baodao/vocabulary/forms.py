"""A word of a table and what it means."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.vocabulary.rules.words import LONGEST, NOT_USED, UNUSED, WordRole, WordTable

PARTED = "|"


class WordForm(forms.Form):
    """`tables` are those whose words may be taught; a meaning is table, role and fact in one."""

    word = forms.CharField(
        label=_("Word in a table"),
        max_length=LONGEST,
        help_text=_("As it stands in your table: a column name with its brackets, or a status."),
    )
    meaning = forms.ChoiceField(label=_("Means"))

    def __init__(self, *args: object, tables: Iterable[WordTable], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        field = self.fields["meaning"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (f"{gettext(table.label)} · {gettext(role.words)}", list(_choices(table, role)))
            for table in tables
            for role in table.meanings
        ]


def _choices(table: WordTable, role: WordRole) -> Iterable[tuple[str, str]]:
    for meaning, label in table.meanings[role].items():
        yield PARTED.join((table.name, role, meaning)), gettext(label)
    if role is WordRole.HEADER:
        yield PARTED.join((table.name, role, UNUSED)), gettext(NOT_USED)
