"""The page on which somebody says what the columns of a file hold, and what else of it is read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baodao.spreadsheets.column_lines import ColumnLine
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound

FORM, REMEMBER, HIDDEN_SHEETS = "form", "remember", "include_hidden"
"""Fields of the page: that it was sent at all, whether words are remembered, and whether hidden
sheets are read."""


class ColumnsForm(forms.Form):
    """What each header of a file holds and each status means, and whether hidden sheets are read;
    a field for each of the `lines`."""

    include_hidden = forms.BooleanField(label=_("Read hidden sheets as well"), required=False)

    def __init__(self, *args: Any, lines: Sequence[ColumnLine], **options: Any) -> None:
        super().__init__(*args, **options)
        for line in lines:
            choices = [(value, label) for value, label, _is_chosen in line.choices]
            field = forms.ChoiceField(
                label=line.label, choices=choices, required=False, initial=line.meaning
            )
            self.fields[line.name] = field


def columns_page(
    request: ActorRequest,
    headers: Sequence[ColumnLine],
    context: Mapping[str, object],
    statuses: Sequence[ColumnLine] = (),
) -> FormPage:
    """The page of these columns, and of statuses that were not understood. `context` says of the
    file its name, where `back` leads, for whom words are remembered (`remembered_for`, none for
    nobody), and in `note` why the page is shown without being asked for."""
    form = bound(request, ColumnsForm, lines=[*headers, *statuses])
    fields = {
        "headers": [form[line.name] for line in headers],
        "statuses": [form[line.name] for line in statuses],
    }
    return FormPage(form, "spreadsheets/columns.html", {**context, **fields})
