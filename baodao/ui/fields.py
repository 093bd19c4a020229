"""Fields that several forms have: the browser's own for days and hours, and a row by its name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.kernel.days import YEARS
from baodao.kernel.errors import Refused
from baodao.ui.wording import worded


class DateInput(forms.DateInput):
    """A day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CalendarDay(forms.DateField):
    """A day of the years that are read anywhere; another is a slip of the finger."""

    widget = DateInput

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value.year not in YEARS:
            message = gettext("Write a year from %(first)s to %(last)s.")
            raise forms.ValidationError(message % {"first": YEARS[0], "last": YEARS[-1]})


class SeenText(forms.CharField):
    """The hash of a text that its page shows, sent back hidden with the signature below it. A page
    that is shown again after a refusal shows the text of now, and so carries the hash of now."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        """What the page shows, whatever was sent."""
        return initial


class TimeInput(forms.TimeInput):
    """An hour and minute of the day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class NameChoice(Protocol):
    """A row that can be named: `words` name it and no other, `above` says where it stands."""

    @property
    def words(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def above(self) -> str: ...


class TreeLine(Protocol):
    """What stands in a tree: a `row` that can be chosen, or None; more can be chosen below it where
    it `opens`, which its `code` asks for."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def row(self) -> NameChoice | None: ...
    @property
    def opens(self) -> bool: ...


class NameTree(Protocol):
    """What hangs below a place of a tree, and what stands `above` it, from the top down."""

    @property
    def above(self) -> Sequence[TreeLine]: ...
    @property
    def lines(self) -> Sequence[TreeLine]: ...


class NameFinder(Protocol):
    """Knows the rows that may be named in a field, and no others."""

    @property
    def note(self) -> str:
        """What is said beside the field of the row that stands in it; empty where nothing is."""
        ...

    def __call__(self, words: str) -> Any:
        """The row; raises `Refused` of words that fit none or several."""
        ...

    def candidates(self, words: str, most: int) -> Sequence[NameChoice]:
        """Rows that the words can mean."""
        ...

    def tree(self, code: str) -> NameTree:
        """What can be chosen, and opened, below the place of this code; "" for the top."""
        ...


def opener_of(name: str) -> str:
    """What the buttons send that open a place of the tree below the field of this name."""
    return f"{name}_open"


def opens_tree(form: forms.Form) -> bool:
    """Whether a form was sent to open the tree below one of its fields, and not for its act: a page
    without scripts keeps what was typed so."""
    names = [
        form.add_prefix(name) for name, one in form.fields.items() if isinstance(one, NameField)
    ]
    return any(opener_of(name) in form.data for name in names)


class NameInput(forms.TextInput):
    """Words, or the row that was chosen in the list which was made for just these words."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        words = super().value_from_datadict(data, files, name)
        row = data.get(f"{name}_row")
        return row if row and data.get(f"{name}_words") == words else words


class NameField(forms.CharField):
    """A row that people name in words, such as a community; cleans to the row, or to None.

    `find` gives the row, and those that are offered below the field while one types, or after it
    was sent with words that fit none or several.
    """

    find: NameFinder
    widget = NameInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs.setdefault("placeholder", gettext_lazy("Name, pinyin initials or code"))

    def clean(self, value: object) -> Any:
        words = str(super().clean(value) or "")
        try:
            return self.find(words) if words else None
        except Refused as refused:
            raise forms.ValidationError(worded(refused)) from refused
