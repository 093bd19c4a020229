"""What people type about the kinds of service."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, gettext_lazy

from baodao.orgs.rules.dictionaries import Word, check_word

TYPED = 40
"""Longer than a name may be: the words of the scheme in another language are, and stay."""


def _attributes(label: str, word: str, kind: str = "text") -> dict[str, str]:
    """A field in a table is called by its row, aloud."""
    look = {"text": "form-control", "check": "form-check-input"}
    return {"aria-label": label % {"word": word}, "class": look[kind]}


class CategoriesForm(forms.Form):
    """Each kind with its name and whether it is offered, and a place for a new one."""

    fresh = forms.CharField(label=gettext_lazy("New kind"), max_length=TYPED, required=False)

    def __init__(self, *args: Any, words: Sequence[Word], prefix_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words, self._prefix = words, prefix_code
        for word in words:
            called = gettext(word.words)
            self.fields[f"words-{word.code}"] = forms.CharField(
                max_length=TYPED,
                widget=forms.TextInput(_attributes(gettext("Name of %(word)s"), called)),
            )
            self.fields[f"shown-{word.code}"] = forms.BooleanField(
                required=False,
                widget=forms.CheckboxInput(_attributes(gettext("Offer %(word)s"), called, "check")),
            )

    @staticmethod
    def known(words: Sequence[Word]) -> dict[str, object]:
        """The fields as they stand for `words`."""
        names = {f"words-{word.code}": gettext(word.words) for word in words}
        return {**names, **{f"shown-{word.code}": word.is_offered for word in words}}

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two fields of each kind."""
        for word in self._words:
            yield self[f"words-{word.code}"], self[f"shown-{word.code}"]

    def typed(self) -> list[Word]:
        """The dictionary as it was typed; a name left alone stays the word it was."""
        typed = self.cleaned_data
        words = [
            Word(
                word.code,
                word.words
                if typed[f"words-{word.code}"] == gettext(word.words)
                else check_word(typed[f"words-{word.code}"]),
                typed[f"shown-{word.code}"],
            )
            for word in self._words
        ]
        fresh = check_word(typed["fresh"])
        return [*words, Word(self._next_code(), fresh)] if fresh else words

    def _next_code(self) -> str:
        """A code that no other authority gives: with the code of the place in it."""
        mine = [word.code for word in self._words if word.code.startswith(f"{self._prefix}-")]
        return f"{self._prefix}-{len(mine) + 1}"
