"""What is typed about needs at the desk: taken down, screened, closed, called about."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.needs.queries.residents import just_asked
from baodao.needs.rules.life import REASON, REMARK, AskerWord, opening_of
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.needs.rules.requests import (
    ASKER,
    COLLECTED_BY_HAND,
    CONSENT,
    LONGEST,
    PLACE,
    NeedFacts,
    NeedSource,
    Urgency,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.forms import AnotherForm
from baodao.ui.wording import choices_of, code_choices

_TEXT = forms.Textarea(attrs={"rows": 4})


class ChoicesForm(forms.Form):
    """A form whose categories are those in force where the need belongs."""

    def __init__(self, *args: Any, categories: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "category": [("", "—"), *choices_of(categories)],
            "urgency": code_choices(Urgency),
            "source": code_choices(COLLECTED_BY_HAND),
        }
        for name in choices.keys() & self.fields.keys():
            self.fields[name].choices = choices[name]  # type: ignore[attr-defined]


class UnitAskForm(ChoicesForm):
    """What a unit asks of its partner community."""

    text = forms.CharField(
        label=gettext_lazy("What help is needed"), max_length=LONGEST, widget=_TEXT
    )
    category = forms.ChoiceField(label=gettext_lazy("Category of the need"))
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon"), widget=forms.RadioSelect, initial=Urgency.NORMAL
    )
    place = forms.CharField(label=gettext_lazy("Where it is"), max_length=PLACE, required=False)

    def facts(self) -> NeedFacts:
        """What was typed."""
        return NeedFacts(**self.cleaned_data)


class CollectForm(AnotherForm, UnitAskForm):
    """What a worker takes down for somebody; name and telephone only when they want them kept. What
    came in the same words a moment ago is asked about."""

    question = gettext_lazy(
        "The same was asked a few minutes ago: %(others)s. If this is another, tick it and save."
    )
    source = forms.ChoiceField(
        label=gettext_lazy("How we heard of it"),
        widget=forms.RadioSelect,
        initial=NeedSource.WINDOW,
    )
    asker = forms.CharField(
        label=gettext_lazy("Who asks"),
        max_length=ASKER,
        required=False,
        help_text=gettext_lazy("May stay empty."),
    )
    phone = PhoneField(label=gettext_lazy("Telephone of whoever asks"), required=False)
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Whoever asks agrees that the telephone is kept for this need alone, and told to who "
            "comes to help"
        ),
        required=False,
    )

    def __init__(self, *args: Any, community: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = gettext(
            "Only to ask back about this need; forgotten %(time)s after its end. May stay empty."
        ) % {"time": values_at(community.path).words(KEPT_DAYS)}
        place, asker = (self._typed(name) for name in ("place", "asker"))
        others = just_asked(community, self._words(), place, asker) if self.is_bound else ()
        self.ask([f"{opening_of(row.text)}（{row.get_source_display()}）" for row in others[:1]])

    def _typed(self, name: str) -> str:
        return str(self.data.get(name, "")).strip()

    def _words(self) -> str:
        """The text that is kept of it."""
        return self._typed("text")

    def facts(self) -> NeedFacts:
        return self._facts()

    def _facts(self, **more: object) -> NeedFacts:
        """What was typed, and `more` that is not."""
        typed = dict(self.cleaned_data) | more
        typed.pop("another", None)
        return NeedFacts(**typed | {"consent": CONSENT if typed["consent"] else ""})


class AskerWordForm(forms.Form):
    """What whoever asked says at the window or on the telephone once they were helped."""

    satisfied = forms.ChoiceField(
        label=gettext_lazy("The asker's own word"), widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=gettext_lazy("In their words"), max_length=REMARK, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["satisfied"].choices = code_choices(AskerWord)  # type: ignore[attr-defined]


class ScreenForm(ChoicesForm):
    """What is put right when a need is taken on."""

    category = forms.ChoiceField(label=gettext_lazy("Category of the need"))
    urgency = forms.ChoiceField(label=gettext_lazy("How soon"), widget=forms.RadioSelect)
    place = forms.CharField(label=gettext_lazy("Where it is"), max_length=PLACE, required=False)


class CloseNeedForm(forms.Form):
    """How a need ends; without help the asker reads why."""

    met = forms.TypedChoiceField(
        label=gettext_lazy("How it ends"),
        choices=[("yes", gettext_lazy("Met")), ("no", gettext_lazy("Not met"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it could not be met"),
        max_length=REASON,
        required=False,
        help_text=gettext_lazy(
            "Whoever asked reads this, and whoever takes it on. Not needed when it is met."
        ),
    )
