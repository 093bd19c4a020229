"""What a member ticks and types when they commit."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.commitments.queries.choices import CommitmentChoices, Tickable, Tickables, goes_on
from baodao.commitments.rules.commitments import (
    CONSENT,
    MOST_HOURS,
    MOST_TIMES,
    SERVICES,
    WORDS,
    CommitmentFacts,
)
from baodao.kernel.choice_lists import ChoiceList
from baodao.offers.models import Offer
from baodao.offers.queries.words import kind_word, when
from baodao.series.queries.words import rhythm_words
from baodao.ui.choices import WordsField
from baodao.ui.wording import unbroken_hours


def _boxes(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


class CommitmentForm(forms.Form):
    """One page: what is ticked, what one can do beside it, how often; and, where commitments are
    posted up, whether this one may be."""

    own = _boxes(gettext_lazy("What I have taken on and go on with"))
    others = _boxes(gettext_lazy("What I want to take on"))
    times = forms.IntegerField(
        label=gettext_lazy("Services in the year, at least"),
        min_value=1,
        max_value=MOST_TIMES,
        required=False,
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours in the year, at least"),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
    )
    words = forms.CharField(label=gettext_lazy("In my own words"), max_length=WORDS, required=False)
    agrees = forms.BooleanField(
        label=gettext_lazy("My name and this commitment may be posted up in the community."),
        required=False,
        help_text=gettext_lazy(
            "Only if you like. You can take it back at any time, and it is gone at once."
        ),
    )

    def __init__(
        self,
        *args: Any,
        choices: CommitmentChoices,
        skills: ChoiceList,
        posts: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["services"] = WordsField(
            choice=skills, folded=True, max_length=SERVICES, label=gettext("What I can do")
        )
        self.order_fields(("own", "others", "times", "hours", "services"))
        for name, rows in (("own", choices.own), ("others", choices.others)):
            self._offer(name, rows)
        if not posts:
            del self.fields["agrees"]

    def _offer(self, name: str, rows: Tickables) -> None:
        """Let these be ticked; where there is none, nothing is asked."""
        if not rows:
            del self.fields[name]
            return
        self.fields[name].choices = [(str(key), label_of(one)) for key, one in rows.items()]  # type: ignore[attr-defined]

    def facts(self) -> CommitmentFacts:
        """What was ticked and typed, once the form is valid."""
        typed = self.cleaned_data
        ticked = (*typed.get("own", ()), *typed.get("others", ()))
        return CommitmentFacts(
            ticked=frozenset(map(UUID, ticked)),
            services=typed["services"],
            times=typed["times"],
            hours=typed["hours"],
            words=typed["words"],
            consent=CONSENT if typed.get("agrees") else "",
        )


def label_of(one: Tickable) -> str:
    """What may be ticked, with what it is and when; what is over says so and stays ticked."""
    row = one.row
    if isinstance(row, Offer):
        notes = (kind_word(row.kind), when(row))
    else:
        notes = (gettext("Series"), rhythm_words(row))
    over = "" if goes_on(row) else gettext("is over")
    return unbroken_hours(f"{row.title}（{'，'.join(filter(None, (*notes, one.claim, over)))}）")
