"""An own table as it is typed: its title, its rows, a line for each column, the note below."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel.errors import Refused
from baodao.reporttables.models import OwnReportTable
from baodao.reporttables.queries.own import definition_of, latest_version, metric_words
from baodao.reporttables.rules.formulas import Formula, key_of, read_formula
from baodao.reporttables.rules.own import (
    LONGEST_FORMULA,
    LONGEST_HEADING,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_COLUMNS,
    OwnColumn,
    OwnDefinition,
    OwnRows,
    TypedColumn,
    check_column,
    check_width,
    read_note,
    written_note,
)
from baodao.ui.wording import worded

EMPTY_LINES = 6
"""So many empty lines stand below those that are filled."""


class OwnTableForm(forms.Form):
    """A table of one's own. Each column is a line: the heading above its heading, its heading, and
    a figure or a formula; what is wrong stands at its line."""

    title = forms.CharField(label=_("Name of the table"), max_length=LONGEST_TITLE)
    rows = forms.ChoiceField(
        label=_("Rows"), choices=[(one.value, _(one.words)) for one in OwnRows]
    )
    quarterly = forms.BooleanField(
        label=_("Of the quarter that is due; else of the year"), required=False
    )
    only = forms.CharField(
        label=_("Only rows with"),
        help_text=_("A figure or a formula; rows in which it is 0 are left out. Empty: all rows."),
        max_length=LONGEST_FORMULA,
        required=False,
        widget=forms.TextInput({"list": "figures"}),
    )
    note = forms.CharField(
        label=_("Note below the table"),
        help_text=_("The name of a figure in braces stands for its total."),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, MOST_COLUMNS + 1):
            for name, label, longest in _LINE:
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=label, max_length=longest, required=False
                )
            self.fields[f"formula_{number}"].widget.attrs["list"] = "figures"

    @property
    def lines(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The lines of columns that are shown: those with anything in them, and some empty ones."""
        lines = [[self[f"{name}_{at}"] for name, _label, _long in _LINE] for at in _NUMBERS]
        filled = [at for at, line in zip(_NUMBERS, lines, strict=True) if any(map(_value, line))]
        return zip(_NUMBERS, lines[: max(filled, default=0) + EMPTY_LINES], strict=False)

    @property
    def names(self) -> list[str]:
        """The names of figures that are offered while one types."""
        return sorted(metric_words().names.values())

    def clean(self) -> dict[str, Any]:
        """What is typed as a definition, in which every name is known."""
        cleaned = super().clean() or {}
        rows = OwnRows(cleaned.get("rows") or OwnRows.ALL)
        columns = self._columns(cleaned, rows)
        note, only = "", self._only(cleaned.get("only", ""))
        if not self.errors:
            try:
                note = read_note(cleaned["note"], metric_words(), columns)
            except Refused as refused:
                self.add_error("note", worded(refused))
        if self.errors:
            return {}
        title, quarterly = cleaned["title"], cleaned["quarterly"]
        definition = OwnDefinition(title, rows, tuple(columns), note, quarterly, only)
        return {"definition": definition}

    def _only(self, text: str) -> Formula | None:
        """The figure without which a row is left out."""
        try:
            return read_formula(text, metric_words()) if text else None
        except Refused as refused:
            self.add_error("only", worded(refused))
            return None

    def _beyond(self) -> Iterator[int]:
        """The numbers of all columns in which anything was sent, also of those that are no lines
        here."""
        for name, value in self.data.items():
            match = _COLUMN_FIELD.fullmatch(name)
            if match and value:
                yield int(match[1])

    def _columns(self, cleaned: dict[str, Any], rows: OwnRows) -> list[OwnColumn]:
        lines = {
            at: TypedColumn(*(cleaned.get(f"{name}_{at}", "") for name, _label, _long in _LINE))
            for at in _NUMBERS
        }
        numbers = [
            at for at, line in lines.items() if any((line.group, line.heading, line.formula))
        ]
        typed = [lines[at] for at in numbers]
        columns: list[OwnColumn] = []
        earlier: dict[str, Formula | None] = {}
        for place, at in enumerate(numbers):
            try:
                column = check_column(typed, place, earlier, rows, metric_words())
            except Refused as refused:
                words = gettext("Column %(number)s: %(words)s")
                words %= {"number": at, "words": worded(refused)}
                self.add_error(f"formula_{at}", words)
                continue
            columns.append(column)
            earlier[key_of(column.heading)] = column.formula
        try:
            check_width(self._beyond())
        except Refused as refused:
            self.add_error(f"formula_{MOST_COLUMNS}", worded(refused))
        if not numbers:
            self.add_error("formula_1", gettext("Write at least one column."))
        return columns


_COLUMN_FIELD = re.compile(r"(?:group|heading|formula)_([0-9]{1,4})")
_NUMBERS = range(1, MOST_COLUMNS + 1)
_LINE = (
    ("group", _("Heading above"), LONGEST_HEADING),
    ("heading", _("Heading"), LONGEST_HEADING),
    ("formula", _("Figure or formula"), LONGEST_FORMULA),
)


def _value(bound: BoundField) -> bool:
    return bool(bound.value())


def typed_values(table: OwnReportTable) -> dict[str, object]:
    """An own table as its form shows it: in the Chinese names of figures."""
    definition, words = definition_of(latest_version(table)), metric_words()
    values: dict[str, object] = {
        "title": definition.title,
        "rows": definition.rows.value,
        "quarterly": definition.quarterly,
        "note": written_note(definition.note, words),
        "only": definition.only.written(words.names) if definition.only else "",
    }
    for at, column in enumerate(definition.columns, start=1):
        values[f"group_{at}"] = column.group
        values[f"heading_{at}"] = column.heading
        values[f"formula_{at}"] = column.formula.written(words.names)
    return values
