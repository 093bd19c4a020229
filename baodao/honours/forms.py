"""What is judged of which time; who is named; another word with its reason; who votes until when;
objections and their answers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.honours.models import HonourRound
from baodao.honours.queries.words import words_of_verdict
from baodao.honours.rules.lives import (
    BY_NAME,
    KINDS_AT,
    VERDICTS,
    HonourKind,
    HonourVerdict,
)
from baodao.honours.rules.rounds import GROUND, MOST_HONOURED, WORDS, HonourRoundFacts
from baodao.honours.rules.votes import VoteFacts, VoterGroup
from baodao.kernel import clock
from baodao.kernel.lives import MOST_WORDS
from baodao.kernel.moments import AsOf, periods_until, read_period
from baodao.orgs.rules.tree import Kind
from baodao.ui.fields import CalendarDay
from baodao.ui.forms import SignForm
from baodao.ui.wording import code_choices, period_words

USUAL_VOTE = timedelta(days=7)


def _now() -> AsOf:
    return AsOf(clock.now())


def _periods() -> list[tuple[str, str]]:
    """Years, halves and quarters until now, the latest year first."""
    rows = [row for row in periods_until(_now()) if not row.text[5:].isdecimal()]
    newest = sorted(rows, key=lambda row: (len(row.text) > 4, -row.first.toordinal()))
    return [(row.text, period_words(row)) for row in newest]


class HonourRoundForm(forms.Form):
    """What is judged, of which time, and how many of those named are chosen."""

    kind = forms.ChoiceField(label=gettext_lazy("What is judged"), widget=forms.RadioSelect)
    period = forms.ChoiceField(label=gettext_lazy("Of which time"))
    most = forms.IntegerField(
        label=gettext_lazy("How many are honoured at most"),
        min_value=1,
        max_value=MOST_HONOURED,
        required=False,
        help_text=gettext_lazy(
            "Only where people or units are named; a word on every member needs no number."
        ),
    )

    def __init__(self, *args: Any, place_kind: str, rated: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [one for one in KINDS_AT[Kind(place_kind)] if rated or one != HonourKind.RATING]
        words = [(one.value, gettext(one.words)) for one in kinds]
        self.fields["kind"].choices = words  # type: ignore[attr-defined]
        self.fields["period"].choices = _periods()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """How many is asked where people or units are named."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("kind") in BY_NAME and not typed.get("most") and "most" not in self.errors:
            self.add_error("most", gettext("Say how many are honoured at most."))
        return typed

    def facts(self) -> HonourRoundFacts:
        """What was chosen, once the form is valid."""
        typed = self.cleaned_data
        period = read_period(typed["period"], _now())
        return HonourRoundFacts(HonourKind(typed["kind"]), period, typed["most"] or 0)


class NominationForm(forms.Form):
    """Who is named, and why."""

    name = forms.CharField(
        label=gettext_lazy("Whole name, volunteer number or code"), max_length=100
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, from what was done in this time"),
        max_length=GROUND,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VerdictForm(SignForm):
    """Another word, and why."""

    verdict = forms.ChoiceField(label=gettext_lazy("The word"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why (the person reads it, nobody else)"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        words = [(one.value, words_of_verdict(one)) for one in VERDICTS[HonourKind(kind)]]
        self.fields["verdict"].choices = words  # type: ignore[attr-defined]

    def clean_verdict(self) -> HonourVerdict:
        return HonourVerdict(self.cleaned_data["verdict"])


class VoteForm(forms.Form):
    """Who votes, until when."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Who votes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    names = forms.CharField(
        label=gettext_lazy("Others who vote"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Names to sign in with or volunteer numbers, one a line."),
    )
    until = CalendarDay(label=gettext_lazy("Last day of the vote"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["groups"].choices = code_choices(VoterGroup)  # type: ignore[attr-defined]
        self.fields["until"].initial = clock.today() + USUAL_VOTE

    def facts(self) -> VoteFacts:
        """What was chosen, once the form is valid."""
        typed = self.cleaned_data
        groups = frozenset(VoterGroup(one) for one in typed["groups"])
        return VoteFacts(groups, tuple(typed["names"].split()), typed["until"])


class ExtensionForm(forms.Form):
    """Until when the vote goes on."""

    until = CalendarDay(label=gettext_lazy("Last day of the vote"))


class TieForm(forms.Form):
    """Who of several with the same number of votes is chosen, and why; nothing where there is no
    tie."""

    def __init__(
        self, *args: Any, tied: list[tuple[str, str]], places: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if not tied:
            return
        self.fields["picks"] = forms.MultipleChoiceField(
            label=gettext("With the same number of votes; choose %(places)s") % {"places": places},
            choices=tied,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["reason"] = forms.CharField(
            label=gettext("Why they"), max_length=MOST_WORDS,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    def clean_picks(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["picks"]]


class BallotForm(forms.Form):
    """Whom one votes for, in the order of the tree and of names."""

    def __init__(
        self, *args: Any, candidates: list[tuple[str, str]], most: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["proposal_ids"] = forms.MultipleChoiceField(
            label=gettext("Tick %(most)s at most") % {"most": most},
            choices=candidates,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_proposal_ids(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["proposal_ids"]]


class HonourReasonForm(forms.Form):
    """Why a round is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )


class KeepForm(HonourReasonForm, SignForm):
    """Why a word stays."""


class HonourObjectionForm(forms.Form):
    """What somebody objects to, and of what they know."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong, and how you know"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class HonourAnswerForm(SignForm):
    """What was found, and the word that follows."""

    words = forms.CharField(
        label=gettext_lazy("What was found (who objected reads it)"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("The word from now on"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "With another word than the one objected to the objection is upheld, and the list says "
            "so."
        ),
    )

    def __init__(self, *args: Any, round: HonourRound, present: str, **options: Any) -> None:  # noqa: A002 - the field's own term
        super().__init__(*args, **options)
        words = [(one.value, words_of_verdict(one)) for one in VERDICTS[HonourKind(round.kind)]]
        stays = gettext("Stays: %(word)s")
        choices = [
            (code, stays % {"word": name} if code == present else name) for code, name in words
        ]
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]

    def clean_verdict(self) -> HonourVerdict:
        return HonourVerdict(self.cleaned_data["verdict"])
