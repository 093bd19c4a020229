"""What is typed about talents: at the window, by themselves, and what they served."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.kernel.choice_lists import ChoiceList
from baodao.people.rules.choices import FREE_TIMES, SPECIALTIES
from baodao.spreadsheets.fields import LengthField, PhoneField
from baodao.talents.models import Talent
from baodao.talents.rules.talents import (
    CONSENT,
    MOST_MINUTES,
    NAME,
    PLACE,
    RESULT,
    SKILLS,
    TIMES,
    WORDS,
    TalentDeed,
    TalentEnding,
    TalentFacts,
)
from baodao.ui.choices import WordsField
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import code_choices, question_choices


class TalentForm(forms.Form):
    """Who helps, with what and when, as the community's worker takes it down."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME)
    phone = PhoneField(label=gettext_lazy("Telephone"))
    skills = WordsField(
        choice=SPECIALTIES,
        label=gettext_lazy("What they can do"),
        max_length=SKILLS,
        help_text=gettext_lazy("The same words as those of members; others beside them."),
    )
    free_times = WordsField(
        choice=FREE_TIMES, columns=3, label=gettext_lazy("When"), max_length=TIMES
    )
    words = forms.CharField(
        label=gettext_lazy("Anything else one should know"),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "They agree that the community keeps name, telephone and what they can do in the list "
            "of talents, to ask them for help; nobody else sees it"
        ),
        required=False,
        help_text=gettext_lazy("They can take it back at any time; the entry is forgotten then."),
    )

    def __init__(self, *args: Any, lists: Mapping[str, ChoiceList], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, fact in (("skills", "specialty"), ("free_times", "free_times")):
            field = self.fields[name]
            assert isinstance(field, WordsField)
            field.offer(lists[fact])

    def facts(self) -> TalentFacts:
        """What was typed."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        consent = CONSENT if typed.pop("consent") else ""
        typed.pop("website", None)
        return TalentFacts(consent=consent, **typed)


class TalentAnewForm(TalentForm):
    """What is put right of an entry; the telephone is not shown, and stays where none is typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].required = False
        self.fields["phone"].help_text = gettext("Only where it is another one now.")


class OwnTalentForm(TalentForm):
    """The same, as a resident says it of themselves. `website` is hidden: whoever fills it is no
    person."""

    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = {
            "name": gettext("What should we call you?"),
            "phone": gettext("Your telephone"),
            "skills": gettext("What can you do?"),
            "free_times": gettext("When do you have time?"),
            "consent": gettext(
                "I agree that the community keeps my name, my telephone and what I can do in its "
                "list of talents, to ask me for help; nobody else sees it"
            ),
        }
        for name, label in own.items():
            self.fields[name].label = label
        self.fields["skills"].help_text = ""
        self.fields["consent"].help_text = gettext(
            "You can take it back at any time; the entry is forgotten then."
        )

    def clean_website(self) -> str:
        """Nobody who reads the page fills this."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext("Leave this empty"))
        return ""


def talent_known(talent: Talent) -> dict[str, object]:
    """What is kept of a talent as the form shows it; the consent is asked anew."""
    names = ("name", "skills", "free_times", "words")
    return {name: getattr(talent, name) for name in names}


class DeedForm(forms.Form):
    """What a talent did."""

    served_on = CalendarDay(label=gettext_lazy("Day of service"))
    minutes = LengthField(label=gettext_lazy("Time served, without travel"), most=MOST_MINUTES)
    category = forms.ChoiceField(label=gettext_lazy("Kind of service"))
    result = forms.CharField(
        label=gettext_lazy("What they did"),
        max_length=RESULT,
        help_text=gettext_lazy("In a few words, without the names of others."),
    )
    place = forms.CharField(label=gettext_lazy("Where"), max_length=PLACE, required=False)

    def __init__(self, *args: Any, categories: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = partial(question_choices, categories)  # type: ignore[attr-defined]

    def deed(self) -> TalentDeed:
        """What was typed."""
        return TalentDeed(**self.cleaned_data)


class RemoveTalentForm(forms.Form):
    """Why an entry ends."""

    ending = forms.ChoiceField(
        label=gettext_lazy("Why the entry ends"),
        widget=forms.RadioSelect,
        choices=partial(code_choices, (TalentEnding.WITHDRAWN, TalentEnding.REMOVED)),
    )
