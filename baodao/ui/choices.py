"""Choices that are shown open: a text ticked from a list of words, an hour from a list of days."""

from collections.abc import Sequence
from typing import Any, Protocol

from django import forms

MARK = "、"


class Pieces(Protocol):
    """What a text says of a list: the `words` that it names, and the `rest`."""

    @property
    def words(self) -> Sequence[str]: ...

    @property
    def rest(self) -> Sequence[str]: ...


class WordChoice(Protocol):
    """A list of words, and how a text is read by it."""

    @property
    def words(self) -> Sequence[str]: ...

    def read(self, text: str) -> Pieces: ...

    def tidy(self, text: str) -> str: ...


class WordsWidget(forms.Widget):
    """A box for each word and a line for what the list has not. All send one name, so that a text
    sent as a whole says the same.

    In `columns` the boxes stand as a table; `folded` ones are opened by a tap while none is ticked.
    """

    template_name = "ui/components/words.html"
    choice: WordChoice
    columns = 0
    folded = False

    def format_value(self, value: Any) -> Any:
        """What a browser sends of a kept text: the words ticked, in the order of the list, then
        the rest; a text that names none is the rest as it stands."""
        pieces = self.choice.read(value or "")
        rest = MARK.join(pieces.rest) if pieces.words else value or ""
        return [*pieces.words, rest]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:  # noqa: ARG002
        if name not in data:
            return None
        texts = data.getlist(name) if hasattr(data, "getlist") else [data[name]]
        return MARK.join(text for text in map(str.strip, texts) if text)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        *ticked, rest = self.format_value(value)
        boxes = [(word, word in ticked) for word in self.choice.words]
        shape = {"boxes": boxes, "rest": rest, "columns": self.columns}
        return context | shape | {"folded": self.folded and not ticked}

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002
        return ""


class DaysWidget(forms.RadioSelect):
    """A choice among many that stand by day: a line for each day, opened by a tap, without scripts.
    What is sent begins with its day as in ISO; the day of what was chosen is open, though that is
    not offered any more, else the first."""

    template_name = "ui/components/days.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        days = [(day, rows) for day, rows, _ in context["widget"]["optgroups"]]
        same = [str(rows[0]["value"])[:10] == str(value)[:10] for _, rows in days]
        first = same.index(True) if True in same else 0
        lines = [(day, rows, number == first) for number, (day, rows) in enumerate(days)]
        return context | {"days": lines}

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002
        return ""


class WordsField(forms.CharField):
    """A text of words of `choice` and of others; cleans to it as it is kept."""

    widget = WordsWidget

    def __init__(self, *, choice: WordChoice, columns: int = 0, folded: bool = False, **kw: Any):
        super().__init__(required=False, **kw)
        self.widget.columns, self.widget.folded = columns, folded
        self.offer(choice)

    def offer(self, choice: WordChoice) -> None:
        """Let the field choose from this list."""
        self.choice = self.widget.choice = choice

    def to_python(self, value: Any) -> str:
        return self.choice.tidy(super().to_python(value) or "")
