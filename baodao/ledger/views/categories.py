"""活动类型, as the authority one acts for edits them."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel.authz import Actor, Permission
from baodao.ledger.commands import set_categories
from baodao.ledger.queries import dictionary_of
from baodao.ledger.rules.policies import KINDS_OF_SERVICE
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import line_of
from baodao.orgs.rules import PLACES
from baodao.orgs.rules.dictionaries import WORD_LENGTH, Word, check_word
from baodao.ui.guards import acting_for, asking, writing
from baodao.ui.posts import kept, send
from baodao.ui.requests import ActorRequest


def _attributes(label: str, word: str, kind: str = "text") -> dict[str, str]:
    """A field in a table is called by its row, aloud."""
    look = {"text": "form-control", "check": "form-check-input"}
    return {"aria-label": label % {"word": word}, "class": look[kind]}


TYPED = 40
"""Longer than a name may be: the words of the scheme in another language are, and stay."""


class CategoriesForm(forms.Form):
    """Each kind with its name and whether it is offered, and a place for a new one."""

    fresh = forms.CharField(label=_("New kind"), max_length=TYPED, required=False)

    def __init__(self, *args: Any, words: Sequence[Word], prefix_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words, self._prefix = words, prefix_code
        for word in words:
            called = gettext(word.words)
            self.fields[f"words-{word.code}"] = forms.CharField(
                max_length=TYPED,
                initial=called,
                widget=forms.TextInput(_attributes(gettext("Name of %(word)s"), called)),
            )
            self.fields[f"shown-{word.code}"] = forms.BooleanField(
                required=False,
                initial=word.shown,
                widget=forms.CheckboxInput(_attributes(gettext("Offer %(word)s"), called, "check")),
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two fields of each kind."""
        for word in self._words:
            yield self[f"words-{word.code}"], self[f"shown-{word.code}"]

    def typed(self) -> list[Word]:
        """The dictionary as it was typed; a name left alone stays the word it was."""
        told = self.cleaned_data
        words = [
            Word(
                word.code,
                word.words
                if told[f"words-{word.code}"] == gettext(word.words)
                else check_word(told[f"words-{word.code}"]),
                told[f"shown-{word.code}"],
            )
            for word in self._words
        ]
        fresh = check_word(told["fresh"])
        return [*words, Word(self._next_code(), fresh)] if fresh else words

    def _next_code(self) -> str:
        """A code that no other authority gives: with the code of the place in it."""
        mine = [word.code for word in self._words if word.code.startswith(f"{self._prefix}-")]
        return f"{self._prefix}-{len(mine) + 1}"


def _place(request: ActorRequest) -> Organisation:
    place: Organisation = acting_for(request, PLACES, Permission.SETTING_EDIT)
    return place


@asking
def categories(request: ActorRequest) -> HttpResponse:
    """The kinds of service offered here and below: names, hidden ones, a new one."""
    place = _place(request)
    words = dictionary_of(place)
    sent = request.POST if request.method == "POST" else None
    form = CategoriesForm(sent, words=words, prefix_code=place.code)
    here = reverse("ledger:categories")
    if form.is_valid() and kept(request, form, partial(_keep, place.pk, form), to=here):
        form = CategoriesForm(words=dictionary_of(place), prefix_code=place.code)
    own = line_of(KINDS_OF_SERVICE, place).own
    context = {"form": form, "place": place, "own": own, "most": WORD_LENGTH}
    status = 422 if form.errors else 200
    return render(request, "ledger/categories.html", context, status=status)


def _keep(place_id: int, form: CategoriesForm, actor: Actor) -> None:
    set_categories(actor, organisation_id=place_id, words=form.typed())


@writing
def as_above(request: ActorRequest) -> HttpResponse:
    """Take the place's own kinds back: those of the authority above hold again."""
    place = _place(request)

    def act(actor: Actor) -> None:
        set_categories(actor, organisation_id=place.pk, words=())

    said = gettext("The kinds of the authority above hold again.")
    return send(request, act, to=reverse("ledger:categories"), said=said)
